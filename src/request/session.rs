//! What was typed, what was sealed, and what became of it.

use std::cell::RefCell;
use std::rc::Rc;

use guide_core::request::form::{Details, Draft, Field, Mistake, Rules};
use guide_core::request::payload::{AppointmentRequest, Circumstances, IncludedAssessment};
use leptos::task::spawn_local;
use uuid::Uuid;

use super::setup::Setup;
use super::{display, ids};
use crate::assessment::finished;
use crate::browser::history::{self, Entry, Steps};
use crate::browser::post::{self, Reply};
use crate::browser::{clock, crypto, form};

/// The name of the request in the browser's history.
const ISLAND: &str = "appointment-request";

/// What is shown. The numbers are those of the history's steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Screen {
    /// To be filled in.
    Form = 0,
    /// To be looked through and sent.
    Check = 1,
    /// Arrived.
    Sent = 2,
}

/// Why a request did not arrive, as far as is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure {
    /// The browser cannot seal. Nothing was sent.
    CannotSeal,
    /// No answer came.
    NoAnswer,
    /// Intake cannot take it now.
    Later,
    /// Intake will not take it as it is.
    Refused,
}

/// A checked request: the same from "Check your request" through every retry.
#[derive(Clone)]
struct Prepared {
    details: Details,
    included: Option<IncludedAssessment>,
    request_id: Uuid,
    /// The envelope, once sealed: a retry sends the same bytes, so that it is the same request.
    sealed: Option<String>,
}

/// One person's request.
pub struct Session {
    setup: Rc<Setup>,
    shown: Screen,
    /// Said at the fields.
    mistakes: Vec<(Field, Mistake)>,
    /// Said above the form too, since the last Continue.
    summed_up: bool,
    prepared: Option<Prepared>,
    sending: bool,
    /// A request arrived; nothing of it is kept but its reference, on the page.
    arrived: bool,
    /// Where the focus goes when the form is shown again.
    return_to: Field,
    steps: Steps,
}

thread_local! {
    // There is one request on a page: its screens are found by their ids.
    static SESSION: RefCell<Option<Session>> = const { RefCell::new(None) };
}

/// Readies a session: learns what only a browser knows, which is today and what was typed before
/// the program came, and lets Back and Forward move through its screens.
pub fn begin(setup: Setup) {
    let session = Session {
        setup: Rc::new(setup),
        shown: Screen::Form,
        mistakes: Vec::new(),
        summed_up: false,
        prepared: None,
        sending: false,
        arrived: false,
        return_to: Field::Name,
        steps: Steps::new(ISLAND),
    };
    let today = session.rules().today;
    display::dates(&today.to_string(), &today.next_year().to_string());
    count();
    SESSION.set(Some(session));
    history::on_step(ISLAND, |entry| with(|session| session.go_to(entry)));
}

/// Does something with the session, if it has begun.
pub fn with(act: impl FnOnce(&mut Session)) {
    SESSION.with(|session| {
        // Never taken twice at once: nothing done with a session handles another event.
        if let Ok(mut session) = session.try_borrow_mut()
            && let Some(session) = session.as_mut()
        {
            act(session);
        }
    });
}

/// Counts the characters of the message.
pub fn count() {
    display::count(draft().message_length());
}

impl Session {
    /// After a field was changed and left: says what is wrong with it, and no longer says what is
    /// right by now. That something is missing is said at Continue only.
    pub fn left(&mut self, field: Option<Field>) {
        let draft = draft();
        let mut found = draft.validate(&self.rules()).err().unwrap_or_default();
        found.retain(|(at, _)| {
            let typed = Some(*at) == field && !draft.text(*at).is_empty();
            typed || self.mistakes.iter().any(|(said, _)| said == at)
        });
        display::mistakes(&found);
        if self.summed_up {
            display::summary(&found);
        }
        self.mistakes = found;
    }

    /// Goes on to "Check your request", or says what is wrong.
    pub fn check(&mut self) {
        let draft = draft();
        let checked = draft.validate(&self.rules());
        self.mistakes = checked.as_ref().err().cloned().unwrap_or_default();
        display::mistakes(&self.mistakes);
        display::summary(&self.mistakes);
        self.summed_up = checked.is_err();
        let Ok(details) = checked else {
            display::focus_summary();
            return;
        };
        let wanted = !draft.text(Field::IncludeAssessment).is_empty();
        let included = if wanted { finished::included() } else { None };
        let ready = self.prepare(details, included);
        display::cannot_seal(!ready);
        if ready {
            self.steps.mark(Screen::Form as usize);
            self.steps.push(Screen::Check as usize);
            self.show(Screen::Check);
        }
    }

    /// The finished self-assessment is another, or none any more: what was agreed to send is no
    /// longer what would be sent.
    pub fn assessment_changed(&mut self, now: Option<&IncludedAssessment>) {
        let stale =
            |prepared: &Prepared| prepared.included.is_some() && prepared.included.as_ref() != now;
        if !self.sending && self.prepared.as_ref().is_some_and(stale) {
            self.prepared = None;
            if self.shown == Screen::Check {
                display::swap(Screen::Check, Screen::Form);
                self.shown = Screen::Form;
            }
        }
    }

    /// Back to the form, at this field.
    pub fn change(&mut self, field: Field) {
        self.return_to = field;
        if !self.sending && !self.steps.back(Screen::Check as usize) {
            self.steps.push(Screen::Form as usize);
            self.show(Screen::Form);
        }
    }

    /// Seals what was checked, if that is not done yet, and sends it. Does nothing while an answer
    /// is being waited for.
    pub fn send(&mut self) {
        let Some(mut prepared) = self.prepared.clone().filter(|_| !self.sending) else { return };
        let setup = self.setup.clone();
        self.sending = true;
        display::failure(None);
        display::sending(true);
        spawn_local(async move {
            let outcome = deliver(&setup, &mut prepared).await;
            with(|session| session.sent(prepared, outcome));
        });
    }

    fn sent(&mut self, prepared: Prepared, outcome: Result<String, Failure>) {
        self.sending = false;
        display::sending(false);
        match outcome {
            Ok(reference) => self.confirm(&reference),
            Err(failure) => {
                // A request that was changed since keeps what it was changed to.
                if let Some(now) = &mut self.prepared
                    && now.request_id == prepared.request_id
                {
                    now.sealed = prepared.sealed;
                }
                display::failure(Some(failure));
            }
        }
    }

    /// Readies a request, the same as before where nothing was changed. `false` where the browser
    /// cannot.
    fn prepare(&mut self, details: Details, included: Option<IncludedAssessment>) -> bool {
        display::check(&details, included.is_some());
        display::failure(None);
        let same = |it: &Prepared| it.details == details && it.included == included;
        if !self.prepared.as_ref().is_some_and(same) {
            self.prepared = crypto::new_id()
                .map(|request_id| Prepared { details, included, request_id, sealed: None })
                .ok();
        }
        self.prepared.is_some()
    }

    /// Nothing that was typed is needed any more.
    fn confirm(&mut self, reference: &str) {
        self.arrived = true;
        self.prepared = None;
        form::reset(ids::FORM);
        display::forget_checked();
        display::reference(reference);
        self.steps.push(Screen::Sent as usize);
        self.show(Screen::Sent);
    }

    fn go_to(&mut self, entry: Entry) {
        match self.steps.step(entry) {
            // Waiting for an answer, there is nothing to change.
            Some(0) if self.sending => self.steps.push(Screen::Check as usize),
            Some(0) => self.show(Screen::Form),
            Some(1) if self.shown == Screen::Form => self.check_again(),
            Some(1) => self.show(Screen::Check),
            Some(_) => self.show(Screen::Sent),
            None => {}
        }
    }

    /// Forward to "Check your request": shows what the form holds by now, or what is wrong with it.
    fn check_again(&mut self) {
        let draft = draft();
        match draft.validate(&self.rules()) {
            Ok(details) => {
                let wanted = !draft.text(Field::IncludeAssessment).is_empty();
                let included = if wanted { finished::included() } else { None };
                if self.prepare(details, included) {
                    self.show(Screen::Check);
                }
            }
            Err(found) => {
                display::mistakes(&found);
                self.mistakes = found;
            }
        }
    }

    fn show(&mut self, wanted: Screen) {
        let screen = match wanted {
            _ if self.arrived => Screen::Sent,
            Screen::Check if self.prepared.is_some() => Screen::Check,
            _ => Screen::Form,
        };
        if screen != self.shown {
            display::change(self.shown, screen, self.return_to);
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

fn draft() -> Draft {
    Draft::new(form::entries(ids::FORM))
}

async fn deliver(setup: &Setup, prepared: &mut Prepared) -> Result<String, Failure> {
    let request_id = prepared.request_id;
    let expected =
        crypto::reference(request_id).await.map_err(|_| Failure::CannotSeal)?.to_string();
    let sealed = match &prepared.sealed {
        Some(sealed) => sealed.clone(),
        None => seal(setup, prepared).await?,
    };
    prepared.sealed = Some(sealed.clone());
    match post::envelope(&setup.endpoint, request_id, sealed).await {
        // Another reference comes from something that is not intake: nothing is known then.
        Reply::Accepted { reference } if reference == expected => Ok(reference),
        Reply::Accepted { .. } | Reply::Missing => Err(Failure::NoAnswer),
        Reply::Later => Err(Failure::Later),
        Reply::Refused => Err(Failure::Refused),
    }
}

async fn seal(setup: &Setup, prepared: &Prepared) -> Result<String, Failure> {
    let request_id = prepared.request_id;
    let circumstances = Circumstances {
        request_id,
        created_at: clock::now(),
        language: setup.language.clone(),
        consent_version: setup.consent_version.clone(),
    };
    let request =
        AppointmentRequest::new(prepared.details.clone(), prepared.included.clone(), circumstances);
    let payload = request.to_padded_json().map_err(|_| Failure::CannotSeal)?;
    let envelope =
        crypto::seal(&payload, request_id, &setup.keys).await.map_err(|_| Failure::CannotSeal)?;
    envelope.to_json().map_err(|_| Failure::CannotSeal)
}
