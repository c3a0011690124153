//! The island of the appointment request: turns events of the page into calls of the session. Its listeners
//! capture, like those of the self-assessment.

use std::rc::Rc;
use std::time::Duration;

use guide_core::request::form::Field;
use leptos::prelude::*;

use super::action::Action;
use super::finished::{self, Finished};
use super::part::Part;
use super::screen::Failure;
use super::session::{self, Session};
use super::state::State;
use super::{dom, ids};
use crate::browser::packed::unpack;
use crate::browser::{focus, form, live, outbox, page, pointer};

/// The pause in typing after which the number of characters left is announced. At every key it would
/// interrupt the screen reader's echo.
const PAUSE_IN_TYPING: Duration = Duration::from_secs(1);

/// The appointment request. Its screens are rendered natively, as `children`.
#[island]
pub fn AppointmentRequest(
    /// Every screen; all but the form are hidden.
    children: Children,
) -> impl IntoView {
    if cfg!(target_arch = "wasm32") {
        let state = Rc::new(State::default());
        let shown = Rc::clone(&state);
        live::bind(ids::ISLAND, Part::parse, move |part, element| part.show(&shown, element));
        match unpack(&page::text(ids::SETUP)) {
            Some(setup) => session::begin(setup, state),
            None => state.show_cannot_seal(Some(Failure::NoKey)),
        }
    }
    let mut announce = debounce(PAUSE_IN_TYPING, dom::announce_count);
    view! {
        <div
            id=ids::ISLAND
            class="panel request"
            on:click:capture=|event| {
                if let Some(field) = page::followed_error(&event) {
                    focus::now(&field);
                } else if let Some(action) = page::action(&event).and_then(|it| Action::parse(&it)) {
                    session::with(|session| act(session, action));
                }
            }
            on:submit:capture=|event| {
                event.prevent_default();
                pointer::cancel_deferred(ids::ISLAND);
                session::with(|session| session.review(event.time_stamp()));
            }
            on:change:capture=|event| {
                let name = form::changed_name(&event);
                let field = name.and_then(|name| Field::from_id(&name));
                pointer::after_press(ids::ISLAND, move || {
                    session::with(|session| session.changed(field));
                });
            }
            on:input:capture=move |event| {
                let name = form::changed_name(&event);
                if name.as_deref() == Some(Field::Message.id()) {
                    let length = session::message_length();
                    dom::count(length);
                    announce(length);
                }
            }
        >
            {page::rendered(children)}
        </div>
    }
}

/// Offers to include a finished self-assessment, or withdraws the offer.
pub fn offer_assessment(finished: Option<Finished>) {
    if finished::set(finished) {
        // A tick agreed to the result before, not to this one.
        if form::untick(&ids::field(Field::IncludeAssessment)) {
            finished::dropped().set(true);
        }
        session::with(Session::included_changed);
    }
}

fn act(session: &mut Session, action: Action) {
    match action {
        Action::Change(field) => session.change(field),
        Action::Send => session.send(),
        Action::SendNow => outbox::send_now(),
        Action::Save => outbox::save(),
        Action::Remove => outbox::remove(),
        Action::TakeSuggestion => session.take_suggestion(),
        Action::Print => page::print(),
    }
}
