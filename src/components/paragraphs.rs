//! Paragraphs.

use leptos::prelude::*;

/// A paragraph a text.
pub fn paragraphs(texts: &[String]) -> AnyView {
    texts.iter().map(|text| view! { <p>{text.clone()}</p> }).collect::<Vec<_>>().into_any()
}
