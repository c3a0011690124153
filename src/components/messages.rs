//! Sentences that the app puts in other places.

use leptos::prelude::*;

/// The sentences, by key, out of sight: the app copies them to where they are shown.
pub fn sentences<'a>(all: impl IntoIterator<Item = (&'a str, &'a str)>) -> AnyView {
    let all: Vec<_> = all
        .into_iter()
        .map(|(key, text)| view! { <span id=["message-", key].concat()>{text.to_owned()}</span> })
        .collect();
    view! { <div hidden>{all}</div> }.into_any()
}
