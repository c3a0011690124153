//! The link to the table of contents, in view on a phone while an article is read.

use leptos::prelude::*;

use super::quick_links;
use crate::content::interface::SiteWords;

/// The link, the last element of an article.
pub fn view(words: &SiteWords) -> AnyView {
    view! { <p class="contents"><a href=quick_links::ADDRESS>{words.contents.clone()}</a></p> }
        .into_any()
}
