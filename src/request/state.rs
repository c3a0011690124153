//! What the screens of the request show, as signals. The session and the outbox set them, and each
//! [`Part`](super::part::Part) of a screen follows.

use guide_core::request::form::Field;
use guide_core::request::outbox::Report;
use leptos::prelude::{ArcRwSignal, GetUntracked as _, Set as _, Update as _};

use super::screen::{Failure, Screen};
use super::{dom, ids, words};
use crate::browser::events::{GuideEvent, emit};
use crate::browser::{focus, page};

/// What the screens show.
pub struct State {
    /// The screen.
    pub screen: ArcRwSignal<Screen>,
    /// The rows of "Check your request" with their values.
    pub checked: ArcRwSignal<Vec<(Field, String)>>,
    /// The names of the keys that were fetched in place of those in the page; empty before.
    pub keys: ArcRwSignal<String>,
    /// The reason why a request cannot be encrypted.
    pub cannot_seal: ArcRwSignal<Option<Failure>>,
    /// The reason why a request failed. `true` means that an earlier response was missing, so that it may
    /// have arrived.
    pub failure: ArcRwSignal<Option<(Failure, bool)>>,
    /// The request is being sent.
    pub sending: ArcRwSignal<bool>,
    /// The text of the live region.
    pub status: ArcRwSignal<String>,
    /// The requests that have not arrived yet.
    pub pending: ArcRwSignal<Option<Report>>,
    /// References of earlier visits' requests that have arrived now.
    pub delivered: ArcRwSignal<Vec<String>>,
    /// A request was removed since Send was pressed last.
    pub removed: ArcRwSignal<bool>,
    /// The share done of a proof of work.
    pub work: ArcRwSignal<Option<f64>>,
    /// The reference of the request that arrived.
    pub reference: ArcRwSignal<String>,
}

impl Default for State {
    /// The form.
    fn default() -> Self {
        Self {
            screen: ArcRwSignal::new(Screen::Form),
            checked: ArcRwSignal::default(),
            keys: ArcRwSignal::default(),
            cannot_seal: ArcRwSignal::default(),
            failure: ArcRwSignal::default(),
            sending: ArcRwSignal::default(),
            status: ArcRwSignal::default(),
            pending: ArcRwSignal::default(),
            delivered: ArcRwSignal::default(),
            removed: ArcRwSignal::default(),
            work: ArcRwSignal::default(),
            reference: ArcRwSignal::default(),
        }
    }
}

impl State {
    /// The screen that is shown.
    pub fn shown(&self) -> Screen {
        self.screen.get_untracked()
    }

    /// Shows another screen, and moves the focus to its heading, or to the field `at` of the form.
    pub fn change(&self, to: Screen, at: Field) {
        // A person who reads on while a request is pending keeps the focus; the change is announced.
        let reads_on =
            self.shown() == Screen::Pending && to != Screen::Form && !focus::is_within(ids::ISLAND);
        self.screen.set(to);
        if reads_on {
            self.status.set(page::text(&dom::heading(to)));
        } else {
            self.focus(to, at);
        }
    }

    /// Moves the focus to the heading of a screen, or to the field `at` of the form. The notice of a removal stands above
    /// the first field, and is to be seen with it.
    pub fn focus(&self, to: Screen, at: Field) {
        if self.removed.get_untracked() && to == Screen::Form && at == Field::Name {
            focus::top(ids::ISLAND);
        }
        dom::focus(to, at);
    }

    /// Returns `true` if Send was pressed, and the outbox has not reported the result yet.
    pub fn is_sending(&self) -> bool {
        self.sending.get_untracked()
    }

    /// Shows that a request is being sent, or no longer is.
    pub fn send(&self, sending: bool) {
        self.sending.set(sending);
        if sending {
            self.removed.set(false);
        }
        self.status.set(if sending { words::send(true) } else { String::new() });
    }

    /// Shows why a request failed and what to do, and emits it to the host page.
    pub fn fail(&self, failure: Failure, uncertain: bool) {
        self.failure.set(Some((failure, uncertain)));
        emit(GuideEvent::Error { code: failure.code() });
        dom::focus_failure();
    }

    /// Shows the reason why a request cannot be encrypted, or hides it.
    pub fn show_cannot_seal(&self, failure: Option<Failure>) {
        self.cannot_seal.set(failure);
        if let Some(failure) = failure {
            emit(GuideEvent::Error { code: failure.code() });
        }
    }

    /// Shows that nothing is included.
    pub fn exclude(&self) {
        self.checked.update(|rows| {
            for (field, value) in rows {
                if matches!(field, Field::IncludeAssessment | Field::IncludeMatters) {
                    *value = words::yes_no(false);
                }
            }
        });
    }

    /// Shows the reference of a request that arrived, and emits it to the host page. None of its answers stays
    /// in the page.
    pub fn arrive(&self, reference: &str) {
        self.checked.set(Vec::new());
        self.reference.set(reference.to_owned());
        emit(GuideEvent::Submitted { reference });
    }
}
