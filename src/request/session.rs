//! What was typed, what was sealed, and what became of it.

use std::cell::RefCell;

use guide_core::request::email;
use guide_core::request::form::{Details, Draft, Field, InvalidField, Rules};
use guide_core::request::outbox::Notice;
use guide_core::request::payload::{AppointmentRequest, Circumstances, IncludedAssessment};
use uuid::Uuid;

use super::screen::{Failure, Screen};
use super::setup::Setup;
use super::{dom, finished, ids};
use crate::browser::history::{self, Island};
use crate::browser::outbox::{self, Outgoing, Update};
use crate::browser::{clock, crypto, focus, form, state};

/// Nobody fills in the form and reads it in less, counted from when the page was asked for.
/// Milliseconds.
const HASTY: f64 = 3_000.0;

/// A checked request: the same from "Check your request" through every retry.
struct Prepared {
    details: Details,
    included: Option<IncludedAssessment>,
    request_id: Uuid,
}

/// One person's request.
pub struct Session {
    setup: Setup,
    shown: Screen,
    /// Said at the fields.
    errors: Vec<InvalidField>,
    /// Said above the form too, since the last Continue.
    summed_up: bool,
    prepared: Option<Prepared>,
    /// Filled in as a robot would: work is done before it is sent.
    suspicious: bool,
    /// Send was pressed, and there is nothing to say of it yet.
    sending: bool,
    /// It did not arrive yet, and is sent again by itself.
    waits: bool,
    /// A request arrived; nothing of it is kept but its reference, on the page.
    arrived: bool,
    /// Where the focus goes when the form is shown again.
    return_to: Field,
    /// The e-mail address that a correction was offered for.
    corrected: String,
}

thread_local! {
    // There is one request on a page: its screens are found by their ids.
    static SESSION: RefCell<Option<Session>> = const { RefCell::new(None) };
}

/// Readies a session: learns what only a browser knows, which is today, what was typed before the
/// program came and what an earlier visit left to be sent, and lets Back and Forward move through
/// its screens.
pub fn begin(setup: Setup) {
    let session = Session {
        setup,
        shown: Screen::Form,
        errors: Vec::new(),
        summed_up: false,
        prepared: None,
        suspicious: false,
        sending: false,
        waits: false,
        arrived: false,
        return_to: Field::Name,
        corrected: String::new(),
    };
    let today = session.rules().today;
    dom::dates(&today.to_string(), &today.next_year().to_string());
    dom::count(message_length());
    // Better said before anything is typed.
    dom::cannot_seal(session.setup.keys(today).is_none().then_some(Failure::NoKey));
    let endpoint = session.setup.endpoint.clone();
    SESSION.set(Some(session));
    history::begin(Island::AppointmentRequest, |step| with(|session| session.go_to(step)));
    outbox::begin(&endpoint, on_update);
}

fn on_update(update: Update) {
    match update {
        Update::Pending(report) => dom::pending(report.as_ref()),
        Update::Delivered { reference } => dom::delivered(&reference),
        Update::Working(share) => dom::working(share),
        Update::CannotSeal => with(|session| session.failed(Failure::CannotSeal, false)),
        Update::Notice(notice) => with(|session| session.on_notice(notice)),
    }
}

/// Does something with the session, if it has begun.
pub fn with(act: impl FnOnce(&mut Session)) {
    state::with(&SESSION, act);
}

/// Characters of the message.
pub fn message_length() -> usize {
    draft().message_length()
}

impl Session {
    /// After a field was changed and left: says what is wrong with it, and no longer says what is
    /// right by now. That something is missing is said at Continue only.
    pub fn left(&mut self, field: Option<Field>) {
        let draft = draft();
        let mut found = draft.validate(&self.rules()).err().unwrap_or_default();
        found.retain(|InvalidField { field: at, .. }| {
            let typed = Some(*at) == field && !draft.text(*at).is_empty();
            typed || self.errors.iter().any(|it| it.field == *at)
        });
        dom::errors(&found);
        if self.summed_up {
            dom::summary(&found);
        }
        self.errors = found;
        if field == Some(Field::Email) {
            self.offer_correction(&draft);
        }
    }

    /// Offers another e-mail address, where the one typed looks like a slip. `true` where this one
    /// was not offered a correction before.
    fn offer_correction(&mut self, draft: &Draft) -> bool {
        let typed = draft.text(Field::Email);
        let meant = email::suggestion(typed);
        let first = meant.is_some() && self.corrected != typed;
        if first {
            self.corrected = typed.to_owned();
        }
        dom::suggest(meant);
        first
    }

    /// Takes the address that was offered.
    pub fn take_suggestion(&mut self) {
        let email = ids::field(Field::Email);
        if let Some(meant) = email::suggestion(draft().text(Field::Email)) {
            form::set_value(&email, &meant);
        }
        dom::suggest(None);
        focus::now(&email);
        self.left(Some(Field::Email));
    }

    /// Goes on to "Check your request", or says what is wrong. A slip in the e-mail address that was
    /// not shown yet is shown once before that. `after` is the time since the page was asked for, in
    /// milliseconds.
    pub fn check(&mut self, after: f64) {
        let draft = draft();
        let checked = draft.validate(&self.rules());
        self.errors = checked.as_ref().err().cloned().unwrap_or_default();
        dom::errors(&self.errors);
        dom::summary(&self.errors);
        self.summed_up = checked.is_err();
        let offered = self.offer_correction(&draft);
        let Ok(details) = checked else {
            dom::focus_summary();
            return;
        };
        if offered {
            focus::now(&ids::field(Field::Email));
            return;
        }
        self.suspicious |= after < HASTY || form::is_filled(ids::FORM, ids::TRAP);
        let failure = self.prepare(details, included(&draft)).err();
        dom::cannot_seal(failure);
        if failure.is_none() {
            history::push(Island::AppointmentRequest, Screen::Check as usize);
            self.show(Screen::Check);
        }
    }

    /// The finished self-assessment is another, or none any more: what was agreed to send is no
    /// longer what would be sent. A request that is on its way is looked at when it is refused.
    pub fn assessment_changed(&mut self) {
        let on_its_way = self.sending || self.waits;
        if !on_its_way && self.prepared.as_ref().is_some_and(Prepared::is_outdated) {
            self.prepared = None;
            if self.shown == Screen::Check {
                dom::swap(Screen::Check, Screen::Form);
                self.shown = Screen::Form;
            }
            history::forget(Island::AppointmentRequest);
        }
    }

    /// Back to the form, at this field.
    pub fn change(&mut self, field: Field) {
        self.return_to = field;
        let form = Screen::Form as usize;
        if !self.sending && !history::back(Island::AppointmentRequest, form) {
            history::push(Island::AppointmentRequest, form);
            self.show(Screen::Form);
        }
    }

    /// Seals what was checked and sends it. Does nothing while an answer is being waited for.
    pub fn send(&mut self) {
        if self.sending || self.prepared.is_none() {
            return;
        }
        match self.outgoing() {
            Ok(outgoing) => {
                self.sending = true;
                dom::failure(None);
                dom::sending(true);
                outbox::send(outgoing);
            }
            Err(failure) => self.failed(failure, false),
        }
    }

    /// The checked request, for the outbox.
    fn outgoing(&self) -> Result<Outgoing, Failure> {
        let prepared = self.prepared.as_ref().ok_or(Failure::CannotSeal)?;
        Ok(Outgoing {
            id: prepared.request_id,
            payload: prepared.payload(&self.setup).ok_or(Failure::CannotSeal)?,
            keys: self.setup.keys(self.rules().today).ok_or(Failure::NoKey)?,
            throttled: self.suspicious,
        })
    }

    /// Shows how the request goes.
    fn on_notice(&mut self, notice: Notice) {
        match notice {
            Notice::Arrived { reference } => {
                self.stop_waiting();
                self.confirm(&reference);
            }
            Notice::Pending => {
                self.stop_waiting();
                self.waits = true;
                dom::waits();
                self.show(Screen::Waiting);
            }
            // The form is as it was.
            Notice::Removed if self.waits => {
                self.waits = false;
                self.change(Field::Name);
            }
            // The button that was pressed is gone, and the focus must not go with it.
            Notice::Removed if self.shown == Screen::Form => {
                focus::now(&ids::field(Field::Name));
            }
            Notice::Removed => dom::focus_heading(self.shown),
            Notice::Refused { status, uncertain } => {
                // Its id is taken, or its keys are unknown: as it is, it is refused again.
                if matches!(status, 409 | 422) {
                    self.prepared = self.prepared.take().and_then(|it| it.anew());
                }
                let missing = matches!(status, 404 | 405);
                let failure = if missing { Failure::NoIntake } else { Failure::Refused };
                self.failed(failure, uncertain);
            }
        }
    }

    fn stop_waiting(&mut self) {
        self.sending = false;
        self.waits = false;
        dom::sending(false);
    }

    fn failed(&mut self, failure: Failure, uncertain: bool) {
        self.stop_waiting();
        self.leave_out_outdated();
        self.show(Screen::Check);
        dom::failure(Some((failure, uncertain)));
    }

    /// Leaves out a self-assessment that was cleared or changed while the request was on its way.
    fn leave_out_outdated(&mut self) {
        if let Some(outdated) = self.prepared.take_if(|it| it.is_outdated()) {
            dom::check(&outdated.details, false);
            self.prepared = Prepared::new(outdated.details, None);
        }
    }

    /// Readies a request, the same as before where nothing was changed.
    fn prepare(
        &mut self,
        details: Details,
        included: Option<IncludedAssessment>,
    ) -> Result<(), Failure> {
        self.setup.keys(self.rules().today).ok_or(Failure::NoKey)?;
        dom::check(&details, included.is_some());
        dom::failure(None);
        let same = |it: &Prepared| it.details == details && it.included == included;
        if !self.prepared.as_ref().is_some_and(same) {
            self.prepared = Prepared::new(details, included);
        }
        // Encrypted while it is read, so that Send only stores and posts.
        outbox::prepare(self.outgoing()?);
        Ok(())
    }

    /// Nothing that was typed is needed any more.
    fn confirm(&mut self, reference: &str) {
        self.arrived = true;
        self.prepared = None;
        form::reset(ids::FORM);
        dom::forget_checked();
        dom::reference(reference);
        history::push(Island::AppointmentRequest, Screen::Sent as usize);
        self.show(Screen::Sent);
    }

    fn go_to(&mut self, step: usize) {
        match step {
            0 => self.show(Screen::Form),
            1 if self.shown == Screen::Form => self.check_again(),
            1 => self.show(Screen::Check),
            _ => self.show(Screen::Sent),
        }
    }

    /// Forward to "Check your request": shows what the form holds by now, or what is wrong with it.
    fn check_again(&mut self) {
        let draft = draft();
        match draft.validate(&self.rules()) {
            Ok(details) => {
                if self.prepare(details, included(&draft)).is_ok() {
                    self.show(Screen::Check);
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
            // Waiting for an answer, there is nothing to change.
            _ if self.sending => Screen::Check,
            _ if self.waits => Screen::Waiting,
            Screen::Check if self.prepared.is_some() => Screen::Check,
            _ => Screen::Form,
        };
        if screen != self.shown {
            dom::change(self.shown, screen, self.return_to);
            self.shown = screen;
        }
    }

    fn rules(&self) -> Rules {
        Rules {
            locations: self.setup.locations.clone(),
            today: clock::today(&self.setup.time_zone),
        }
    }
}

impl Prepared {
    /// With a new id; none where the browser has no source of randomness.
    fn new(details: Details, included: Option<IncludedAssessment>) -> Option<Self> {
        Some(Self { details, included, request_id: crypto::new_id()? })
    }

    /// `true` if it includes a self-assessment that is not the finished one (any more).
    fn is_outdated(&self) -> bool {
        self.included.is_some() && self.included != finished::included()
    }

    /// The same, as another request.
    fn anew(self) -> Option<Self> {
        Self::new(self.details, self.included)
    }

    /// What is sealed.
    fn payload(&self, setup: &Setup) -> Option<Vec<u8>> {
        let circumstances = Circumstances {
            request_id: self.request_id,
            created_at: clock::now(),
            language: setup.language.clone(),
            consent_version: setup.consent_version.clone(),
        };
        let (details, included) = (self.details.clone(), self.included.clone());
        AppointmentRequest::new(details, included, circumstances).to_padded_json().ok()
    }
}

fn draft() -> Draft {
    Draft::new(form::entries(ids::FORM))
}

/// The finished self-assessment, where the draft says to include it.
fn included(draft: &Draft) -> Option<IncludedAssessment> {
    if draft.text(Field::IncludeAssessment).is_empty() { None } else { finished::included() }
}
