//! The island of the self-assessment: events of the page become actions of the session.

use leptos::prelude::*;

use super::ids;
use super::session::{self, Session};
use crate::browser::packed::unpack;
use crate::browser::{form, page, pointer};

/// The self-assessment. Its screens are rendered already and stand in `children`.
#[island]
pub fn SelfAssessment(
    /// Every screen; only the first is shown.
    children: Children,
) -> impl IntoView {
    if cfg!(target_arch = "wasm32")
        && let Some(rules) = unpack(&page::text(ids::RULES))
    {
        session::begin(rules);
    }
    view! {
        <div
            id=ids::PANEL
            class="panel assessment"
            on:click=|event| {
                if pointer::is_repeated(&event) {
                    event.prevent_default();
                } else if let Some(action) = page::action(&event) {
                    session::with(|session| act(session, &action));
                }
            }
            on:submit=|event| {
                event.prevent_default();
                pointer::cancel_pending(ids::PANEL);
                if let Some(index) = page::form_id(&event).and_then(|id| ids::question_index(&id)) {
                    session::with(|session| session.proceed(index));
                }
            }
            on:change=|event| {
                form::keep_exclusive(&event);
                if let Some(index) = page::form_id(&event).and_then(|id| ids::question_index(&id)) {
                    pointer::after_press(ids::PANEL, move || {
                        session::with(|session| session.changed(index));
                    });
                }
            }
        >
            {children()}
        </div>
    }
}

/// Does what a button asks for, see `data-action` in `view`.
fn act(session: &mut Session, action: &str) {
    match action.split_once(' ').unwrap_or((action, "")) {
        ("start", _) => session.start(),
        ("back", _) => session.back(),
        ("reconsider", _) => session.reconsider(),
        ("change", index) => {
            if let Ok(index) = index.parse() {
                session.change(index);
            }
        }
        ("check", _) => session.check(),
        ("finish", _) => session.finish(),
        ("clear", _) => session.clear(),
        ("print", _) => page::print(),
        _ => {}
    }
}
