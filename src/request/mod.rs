//! The appointment request: filled in, checked, sealed in the browser, sent.
//!
//! `view` renders every screen natively · [`session`] what was typed and what became of it ·
//! [`display`] shows and fills what was rendered · [`setup`] what the clinic's file gives ·
//! `browser::outbox` seals, stores and sends.

mod display;
mod ids;
mod session;
pub mod setup;
#[cfg(not(target_arch = "wasm32"))]
pub mod view;
#[cfg(not(target_arch = "wasm32"))]
pub mod words;

use std::time::Duration;

use guide_core::request::form::Field;
use leptos::prelude::*;

use crate::assessment::finished::Finished;
use crate::browser::{focus, form, outbox, page, pointer};
use crate::packed::unpack;
use session::{Failure, Session};

/// After so long without a key, what was counted is announced: not at every key.
const PAUSE_IN_TYPING: Duration = Duration::from_secs(1);

/// Where the request stands on the page.
#[cfg(not(target_arch = "wasm32"))]
pub const LINK: &str = "#appointment-request";

/// The appointment request. Its screens are rendered already and stand in `children`.
#[island]
pub fn AppointmentRequest(
    /// Every screen; all but the form are hidden.
    children: Children,
) -> impl IntoView {
    if cfg!(target_arch = "wasm32") {
        match unpack(&page::text(ids::SETUP)) {
            Some(setup) => session::begin(setup),
            None => display::cannot_seal(Some(Failure::NoKey)),
        }
    }
    let mut announce = debounce(PAUSE_IN_TYPING, display::announce_count);
    view! {
        <div
            id=ids::ISLAND
            class="panel request"
            on:click=|event| {
                if pointer::is_repeated(&event) {
                    event.prevent_default();
                } else if let Some(field) = page::followed_error(&event) {
                    focus::now(&field);
                } else if let Some(action) = page::action(&event) {
                    session::with(|session| act(session, &action));
                }
            }
            on:submit=|event| {
                event.prevent_default();
                pointer::cancel_pending(ids::ISLAND);
                session::with(|session| session.check(event.time_stamp()));
            }
            on:change=|event| {
                let name = form::changed_name(&event);
                let field = name.and_then(|name| Field::from_id(&name));
                pointer::after_press(ids::ISLAND, move || {
                    session::with(|session| session.left(field));
                });
            }
            on:input=move |event| {
                let name = form::changed_name(&event);
                if name.as_deref() == Some(Field::Message.id()) {
                    let length = session::message_length();
                    display::count(length);
                    announce(length);
                }
            }
        >
            {children()}
        </div>
    }
}

/// Offers to include a finished self-assessment in place of the one before.
pub fn offer_assessment(before: Option<&Finished>, now: Option<&Finished>) {
    if before != now {
        display::offer_assessment(before, now);
        session::with(|session| session.assessment_changed(now.map(|it| &it.included)));
    }
}

/// Does what a button asks for, see `data-action` in `view`.
fn act(session: &mut Session, action: &str) {
    match action.split_once(' ').unwrap_or((action, "")) {
        ("change", field) => session.change(Field::from_id(field).unwrap_or(Field::Name)),
        ("send", _) => session.send(),
        ("send-now", _) => outbox::send_now(),
        ("save", _) => outbox::save(),
        ("remove", _) => outbox::remove(),
        ("take-suggestion", _) => session.take_suggestion(),
        ("print", _) => page::print(),
        _ => {}
    }
}
