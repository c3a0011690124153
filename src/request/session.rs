//! The state of one request, from the first input to the confirmation.

use std::cell::RefCell;
use std::rc::Rc;

use guide_core::request::email;
use guide_core::request::form::{Details, Draft, Field, InvalidField, Rules};
use guide_core::request::outbox::Notice;
use guide_core::request::payload::Included;
use leptos::prelude::{Set as _, Update as _};
use web_jwe::SealingKey;

use super::keys::{AfterKeys, FetchedKeys};
use super::prepared::{Prepared, draft, included};
use super::screen::{Failure, Screen};
use super::setup::Setup;
use super::state::State;
use super::{dom, finished, ids, words};
use crate::browser::events::{GuideEvent, emit};
use crate::browser::history::{self, Island};
use crate::browser::outbox::{self, Outgoing, Update};
use crate::browser::{clock, focus, form, keys, page, state};

/// Milliseconds from the start of navigation within which no person reads and fills in the form.
const MIN_FILL_TIME: f64 = 3_000.0;
/// The status of a request that is encrypted for a key which intake does not know (any more).
const UNKNOWN_KEY: u16 = 422;

/// One person's request.
pub struct Session {
    setup: Setup,
    /// What the screens show.
    state: Rc<State>,
    /// The errors shown at the fields.
    errors: Vec<InvalidField>,
    /// The last Continue found errors, so the error summary is visible.
    summary_shown: bool,
    prepared: Option<Prepared>,
    /// The form was filled in like by a robot: a proof of work comes before sending.
    suspicious: bool,
    /// The request has not arrived yet; the outbox retries it.
    pending: bool,
    /// The clinic's keys as the server has them now.
    fetched_keys: FetchedKeys,
    /// A request arrived. Only its reference is kept, on the page.
    arrived: bool,
    /// The field that gets the focus when the form is shown again.
    return_to: Field,
    /// The e-mail address for which a correction was suggested.
    corrected: String,
}

thread_local! {
    // One request for each page: its screens are found by their ids.
    static SESSION: RefCell<Option<Session>> = const { RefCell::new(None) };
}

/// Begins a session: reads today's date, the input from before the app started and the entries of an
/// earlier visit, and registers its screens for Back and Forward.
pub fn begin(setup: Setup, state: Rc<State>) {
    let session = Session {
        setup,
        state: Rc::clone(&state),
        errors: Vec::new(),
        summary_shown: false,
        prepared: None,
        suspicious: false,
        pending: false,
        fetched_keys: FetchedKeys::default(),
        arrived: false,
        return_to: Field::Name,
        corrected: String::new(),
    };
    dom::count(message_length());
    let endpoint = session.setup.endpoint.clone();
    SESSION.set(Some(session));
    history::begin(Island::AppointmentRequest, |step| with(|session| session.go_to(step)));
    outbox::begin(&endpoint, move |update| on_update(&state, update));
    // In a task of its own: the first date of a page takes long.
    clock::soon(|| with(|session| session.read_date()));
}

fn on_update(state: &State, update: Update) {
    match update {
        Update::Pending(report) => {
            // What waits may have been removed before, and sent again.
            if report.is_some() {
                state.removed.set(false);
            }
            state.pending.set(report);
        }
        Update::Delivered { reference } => state.delivered.update(|all| all.push(reference)),
        Update::Working(share) => state.work.set(share),
        Update::SeenAgain => with(|session| session.read_date()),
        Update::CannotSeal => with(|session| session.failed(Failure::CannotSeal, false)),
        Update::Notice(notice) => with(|session| session.on_notice(notice)),
    }
}

/// Runs `act` on the session, if it has begun.
pub fn with(act: impl FnOnce(&mut Session)) {
    state::with(&SESSION, act);
}

/// The number of characters in the message.
pub fn message_length() -> usize {
    draft().message_length()
}

impl Session {
    /// Limits the preferred date, and shows before the patient types in vain that no key is valid today.
    fn read_date(&mut self) {
        let today = self.rules().today;
        dom::dates(&today.to_string(), &today.next_year().to_string());
        if self.keys().is_none() {
            self.fetch_keys(AfterKeys::Fill);
        }
    }

    /// The keys to encrypt for; `None` if all have expired.
    fn keys(&self) -> Option<Vec<SealingKey>> {
        self.fetched_keys.or_of_page(&self.setup, self.rules().today)
    }

    /// Fetches the clinic's keys, and goes on: the page may be open since before they changed, or the clock of
    /// the device is wrong.
    fn fetch_keys(&self, then: AfterKeys) {
        let Setup { keys_url, time_zone, .. } = &self.setup;
        keys::fetch(keys_url.clone(), time_zone.clone(), move |keys| {
            with(|session| session.go_on(then, keys))
        });
    }

    fn go_on(&mut self, then: AfterKeys, fetched: Option<Vec<SealingKey>>) {
        let changed = fetched.is_some() && fetched != self.keys();
        if let (true, Some(keys)) = (changed, fetched) {
            self.state.keys.set(words::keys(&keys));
            self.fetched_keys.replace(keys);
            // It is encrypted once only.
            self.prepared = self.prepared.take().and_then(Prepared::with_new_id);
        }
        let failure = self.keys().is_none().then_some(Failure::NoKey);
        match then {
            AfterKeys::Fill => self.state.show_cannot_seal(failure),
            // Pressed twice, it is shown once.
            AfterKeys::Review if self.state.shown() == Screen::Form => match failure {
                None => self.review(f64::INFINITY),
                failure => self.state.show_cannot_seal(failure),
            },
            AfterKeys::Review => {}
            AfterKeys::Send => self.post(),
            AfterKeys::Refused(uncertain) => {
                // By itself never twice, and never with less than the patient has agreed to.
                let outdated = self.prepared.as_ref().is_none_or(Prepared::is_outdated);
                if changed && !uncertain && !outdated {
                    self.post();
                } else {
                    self.failed(Failure::Refused, uncertain);
                }
            }
        }
    }

    /// Validates a field that was changed and left. Shows its new error and clears errors that are
    /// corrected; a missing value is an error at Continue only.
    pub fn changed(&mut self, field: Option<Field>) {
        let draft = draft();
        let mut found = draft.validate(&self.rules()).err().unwrap_or_default();
        found.retain(|InvalidField { field: at, .. }| {
            let typed = Some(*at) == field && !draft.text(*at).is_empty();
            typed || self.errors.iter().any(|it| it.field == *at)
        });
        dom::errors(&found);
        if self.summary_shown {
            dom::summary(&found);
        }
        self.errors = found;
        if field == Some(Field::Email) {
            self.suggest_correction(&draft);
        } else if field == Some(Field::IncludeAssessment) {
            finished::forget_dropped();
        } else if field == Some(Field::IncludeMatters) {
            self.included_changed();
        }
    }

    /// Suggests another e-mail address if the typed one looks misspelled. Returns `true` if no correction
    /// was suggested for this one before.
    fn suggest_correction(&mut self, draft: &Draft) -> bool {
        let typed = draft.text(Field::Email);
        let suggestion = email::suggestion(typed);
        let first = suggestion.is_some() && self.corrected != typed;
        if first {
            self.corrected = typed.to_owned();
        }
        dom::suggest(suggestion);
        first
    }

    /// Accepts the suggested e-mail address.
    pub fn take_suggestion(&mut self) {
        let email = ids::field(Field::Email);
        if let Some(suggestion) = email::suggestion(draft().text(Field::Email)) {
            form::set_value(&email, &suggestion);
        }
        dom::suggest(None);
        focus::now(&email);
        self.changed(Some(Field::Email));
    }

    /// Goes on to "Check your request", or shows the errors. A misspelled e-mail address stops it once,
    /// to show the suggestion. `elapsed` is the time since navigation started, in milliseconds.
    pub fn review(&mut self, elapsed: f64) {
        let (draft, rules) = (draft(), self.rules());
        let checked = draft.validate(&rules);
        self.errors = checked.as_ref().err().cloned().unwrap_or_default();
        dom::errors(&self.errors);
        dom::summary(&self.errors);
        self.summary_shown = checked.is_err();
        let suggested = self.suggest_correction(&draft);
        let Ok(details) = checked else {
            dom::focus_summary();
            return;
        };
        if suggested {
            focus::now(&ids::field(Field::Email));
            return;
        }
        self.suspicious |= elapsed < MIN_FILL_TIME || form::is_filled(ids::FORM, ids::HONEYPOT);
        let failure = self.prepare(draft, rules, &details).err();
        if failure == Some(Failure::NoKey) {
            self.fetch_keys(AfterKeys::Review);
            return;
        }
        self.state.show_cannot_seal(failure);
        if failure.is_none() {
            history::push(Island::AppointmentRequest, Screen::Review as usize);
            self.show(Screen::Review);
        }
    }

    /// Discards the checked request if something that it includes has changed: the patient has not agreed to
    /// send it as it is now. A request that is being sent is dealt with when it is refused.
    pub fn included_changed(&mut self) {
        let under_way = self.state.is_sending() || self.pending;
        if !under_way && self.prepared.as_ref().is_some_and(Prepared::is_outdated) {
            self.prepared = None;
            if self.state.shown() == Screen::Review {
                self.state.screen.set(Screen::Form);
            }
            history::forget(Island::AppointmentRequest);
        }
    }

    /// Goes back to this field of the form.
    pub fn change(&mut self, field: Field) {
        self.return_to = field;
        let form = Screen::Form as usize;
        if !self.state.is_sending() && !history::back(Island::AppointmentRequest, form) {
            history::push(Island::AppointmentRequest, form);
            self.show(Screen::Form);
        }
    }

    /// Encrypts and sends the checked request. Does nothing while it is being sent.
    pub fn send(&mut self) {
        if self.state.is_sending() || self.prepared.is_none() {
            return;
        }
        self.state.failure.set(None);
        self.state.send(true);
        if self.keys().is_some() {
            self.post();
        } else {
            self.fetch_keys(AfterKeys::Send);
        }
    }

    /// Passes the checked request to the outbox.
    fn post(&mut self) {
        match self.outgoing() {
            Ok(outgoing) => outbox::send(outgoing),
            Err(failure) => self.failed(failure, false),
        }
    }

    /// The checked request, for the outbox.
    fn outgoing(&self) -> Result<Outgoing, Failure> {
        let prepared = self.prepared.as_ref().ok_or(Failure::CannotSeal)?;
        Ok(Outgoing {
            id: prepared.request_id,
            payload: prepared.payload(&self.setup).ok_or(Failure::CannotSeal)?,
            keys: self.keys().ok_or(Failure::NoKey)?,
            throttled: self.suspicious,
        })
    }

    /// Shows the result that the outbox reports.
    fn on_notice(&mut self, notice: Notice) {
        match notice {
            Notice::Arrived { reference } => {
                self.clear_status();
                self.confirm(&reference);
            }
            Notice::Pending => {
                self.clear_status();
                self.pending = true;
                emit(GuideEvent::Error { code: "later" });
                self.show(Screen::Pending);
            }
            Notice::Removed { own } => {
                self.state.removed.set(true);
                if own {
                    // Keeps the input: only the sending is canceled.
                    self.clear_status();
                    self.change(Field::Name);
                } else if [ids::PENDING, &ids::field(Field::Name)].into_iter().any(focus::is_within)
                {
                    // The pressed button is hidden now, which would drop the focus; or what was above the field is.
                    self.state.focus(self.state.shown(), Field::Name);
                }
            }
            Notice::Refused { status, uncertain } => {
                // The id is taken, or a key is unknown: the same request would be refused again.
                if matches!(status, 409 | UNKNOWN_KEY) {
                    self.prepared = self.prepared.take().and_then(|it| it.with_new_id());
                }
                if status == UNKNOWN_KEY {
                    self.pending = false;
                    self.state.send(true);
                    self.show(Screen::Review);
                    self.fetch_keys(AfterKeys::Refused(uncertain));
                    return;
                }
                let missing = matches!(status, 404 | 405);
                let failure = if missing { Failure::NoIntake } else { Failure::Refused };
                self.failed(failure, uncertain);
            }
        }
    }

    fn clear_status(&mut self) {
        self.pending = false;
        self.state.send(false);
    }

    fn failed(&mut self, failure: Failure, uncertain: bool) {
        self.clear_status();
        self.drop_outdated();
        self.show(Screen::Review);
        self.state.fail(failure, uncertain);
    }

    /// Drops what was included, and was cleared or changed while the request was being sent.
    fn drop_outdated(&mut self) {
        if let Some(outdated) = self.prepared.take_if(|it| it.is_outdated()) {
            self.state.exclude();
            self.prepared = Prepared::new(outdated.draft, outdated.rules, Included::default());
        }
    }

    /// Prepares a request; the same one, with the same id, if nothing has changed.
    fn prepare(&mut self, draft: Draft, rules: Rules, details: &Details) -> Result<(), Failure> {
        self.keys().ok_or(Failure::NoKey)?;
        let included = included(&draft);
        let location = &details.preferred.location;
        self.state.checked.set(words::checked(&draft, location, &included));
        self.state.failure.set(None);
        let same = |it: &Prepared| it.draft == draft && it.included == included;
        if !self.prepared.as_ref().is_some_and(same) {
            self.prepared = Prepared::new(draft, rules, included);
        }
        // Encrypted while it is read, so that Send only stores and posts.
        outbox::prepare(self.outgoing()?);
        Ok(())
    }

    /// Shows the confirmation and clears all input.
    fn confirm(&mut self, reference: &str) {
        self.arrived = true;
        self.prepared = None;
        form::reset(ids::FORM);
        finished::forget_dropped();
        self.state.arrive(reference);
        history::push(Island::AppointmentRequest, Screen::Sent as usize);
        self.show(Screen::Sent);
    }

    fn go_to(&mut self, step: usize) {
        match step {
            0 => self.show(Screen::Form),
            1 if self.state.shown() == Screen::Form => self.review_again(),
            1 => self.show(Screen::Review),
            _ => self.show(Screen::Sent),
        }
    }

    /// Shows "Check your request" after Forward, with the present input, or the errors in it.
    fn review_again(&mut self) {
        let (draft, rules) = (draft(), self.rules());
        match draft.validate(&rules) {
            Ok(details) => {
                if self.prepare(draft, rules, &details).is_ok() {
                    self.show(Screen::Review);
                }
            }
            Err(found) => {
                dom::errors(&found);
                self.errors = found;
            }
        }
    }

    fn show(&mut self, wanted: Screen) {
        let screen = match wanted {
            _ if self.arrived => Screen::Sent,
            // The request that is being sent cannot be changed.
            _ if self.state.is_sending() => Screen::Review,
            _ if self.pending => Screen::Pending,
            Screen::Review if self.prepared.is_some() => Screen::Review,
            _ => Screen::Form,
        };
        if screen != self.state.shown() {
            self.state.change(screen, self.return_to);
        }
    }

    fn rules(&self) -> Rules {
        Rules {
            locations: self.setup.locations.clone(),
            today: clock::today(&self.setup.time_zone),
            all_fields_shown: page::root_has("data-all-fields"),
        }
    }
}
