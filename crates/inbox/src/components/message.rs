//! Messages: what happened, in a place that screen readers follow.

use leptos::prelude::*;

use crate::desk::{Connection, Desk};

/// The last thing that happened, and how the connection is.
#[component]
pub fn Messages(
    /// The inbox.
    desk: Desk,
) -> impl IntoView {
    let words = &desk.content().words.site;
    let connection = move || match desk.connection.get() {
        Connection::Fine => None,
        Connection::Offline => Some(words.offline.as_str()),
        Connection::Down => Some(words.down.as_str()),
    };
    let clock = move || desk.clock_off.get().map(|_| words.clock_off.as_str());
    view! {
        <div class="messages" role="status" aria-live="polite">
            <p class="message caution" hidden=move || connection().is_none()>{connection}</p>
            <p class="message caution" hidden=move || clock().is_none()>{clock}</p>
            <p
                class="message"
                class:wrong=move || desk.message.with(|it| it.as_ref().is_some_and(|it| it.is_error))
                hidden=move || desk.message.with(Option::is_none)
            >
                {move || desk.message.with(|it| it.as_ref().map(|it| it.text.clone()))}
            </p>
        </div>
    }
}
