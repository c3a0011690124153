//! The appointment request: filled in, checked, sealed in the browser, sent.
//!
//! `view` renders every screen natively · [`session`] what was typed and what became of it ·
//! [`display`] shows and fills what was rendered · [`setup`] what the clinic's file gives.

mod display;
mod ids;
mod session;
pub mod setup;
#[cfg(not(target_arch = "wasm32"))]
pub mod view;
#[cfg(not(target_arch = "wasm32"))]
pub mod words;

use guide_core::request::form::Field;
use leptos::prelude::*;

use crate::assessment::finished::finished;
use crate::browser::{focus, form, page};
use crate::packed::Packed;
use session::Session;
use setup::Setup;

/// Where the request stands on the page.
#[cfg(not(target_arch = "wasm32"))]
pub const LINK: &str = "#appointment-request";

/// The appointment request. Its screens are rendered already and stand in `children`.
#[island]
pub fn AppointmentRequest(
    /// What the clinic's file gives.
    setup: Packed<Setup>,
    /// Every screen; all but the form are hidden.
    children: Children,
) -> impl IntoView {
    let session = Session::new(setup.0);
    Effect::new(move |_| session.arrive());
    Effect::new(move |_| display::offer_assessment(finished().as_ref()));
    view! {
        <div
            class="panel request"
            on:click=move |event| {
                if let Some(field) = page::followed_error(&event) {
                    focus::now(&field);
                } else if let Some(action) = page::action(&event) {
                    act(session, &action);
                }
            }
            on:submit=move |event| {
                event.prevent_default();
                session.check();
            }
            on:change=move |event| {
                let name = form::changed_name(&event);
                session.left(name.and_then(|name| Field::from_id(&name)));
            }
            on:input=move |_| session.count()
        >
            {children()}
        </div>
    }
}

/// Does what a button asks for, see `data-action` in `view`.
fn act(session: Session, action: &str) {
    match action.split_once(' ').unwrap_or((action, "")) {
        ("change", field) => session.change(Field::from_id(field).unwrap_or(Field::Name)),
        ("send", _) => session.send(),
        ("print", _) => page::print(),
        _ => {}
    }
}
