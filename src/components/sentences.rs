//! Sentences that stand out of sight until the app puts them in their places.

use leptos::prelude::*;

/// Sentences that the app puts in other places, by key: kept in the page, out of sight.
pub fn sentences<'a>(all: impl IntoIterator<Item = (&'a str, &'a str)>) -> AnyView {
    let all: Vec<_> = all
        .into_iter()
        .map(|(key, text)| view! { <span id=["say-", key].concat()>{text.to_owned()}</span> })
        .collect();
    view! { <div hidden>{all}</div> }.into_any()
}
