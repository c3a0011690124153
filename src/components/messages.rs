//! Messages that the app shows in other places: errors, progress, states of a request.

use leptos::prelude::*;

/// The messages, hidden, each with an id from its key. The app copies them to where they are shown.
pub fn messages<'a>(all: impl IntoIterator<Item = (&'a str, &'a str)>) -> AnyView {
    let all: Vec<_> = all
        .into_iter()
        .map(|(key, text)| view! { <span id=["message-", key].concat()>{text.to_owned()}</span> })
        .collect();
    view! { <div hidden>{all}</div> }.into_any()
}
