//! The island of the self-assessment: turns events of the page into calls of the session.
//!
//! Its listeners capture, since others bring Leptos' event delegation along: 1.8 KB (Brotli 11).

use leptos::prelude::*;

use super::action::Action;
use super::ids;
use super::session::{self, Session};
use crate::browser::packed::unpack;
use crate::browser::{form, page, pointer};

/// The self-assessment. Its screens are rendered natively, as `children`.
#[island]
pub fn SelfAssessment(
    /// Every screen; all but the first are hidden.
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
            on:click:capture=|event| {
                if let Some(action) = page::action(&event).and_then(|it| Action::parse(&it)) {
                    session::with(|session| act(session, action));
                }
            }
            on:submit:capture=|event| {
                event.prevent_default();
                pointer::cancel_deferred(ids::PANEL);
                if let Some(index) = page::form_id(&event).and_then(|id| ids::question_index(&id)) {
                    session::with(|session| session.proceed(index));
                }
            }
            on:change:capture=|event| {
                form::keep_exclusive(&event);
                if let Some(index) = page::form_id(&event).and_then(|id| ids::question_index(&id)) {
                    pointer::after_press(ids::PANEL, move || {
                        session::with(|session| session.changed(index));
                    });
                }
            }
        >
            {page::rendered(children)}
        </div>
    }
}

fn act(session: &mut Session, action: Action) {
    match action {
        Action::Start => session.start(),
        Action::Back => session.back(),
        Action::Reconsider => session.reconsider(),
        Action::Change(index) => session.change(index),
        Action::Review => session.review(),
        Action::Finish => session.finish(),
        Action::Early => session.see_early(),
        Action::Clear => session.clear(),
        Action::Print => page::print(),
    }
}
