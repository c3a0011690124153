//! What was typed, what was sealed, and what became of it.

use guide_core::request::form::{Details, Draft, Field, Mistake, Rules};
use guide_core::request::payload::{AppointmentRequest, Circumstances, IncludedAssessment};
use leptos::prelude::*;
use leptos::task::spawn_local;
use uuid::Uuid;

use super::setup::Setup;
use super::{display, ids};
use crate::assessment::finished::finished;
use crate::browser::post::{self, Answer};
use crate::browser::{clock, crypto, form, history};

/// The name of the request's steps in the browser's history.
const STEPS: &str = "appointment-request";

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
#[derive(Clone, Copy)]
pub struct Session(StoredValue<State>);

struct State {
    setup: Setup,
    shown: Screen,
    /// Said at the fields.
    mistakes: Vec<(Field, Mistake)>,
    prepared: Option<Prepared>,
    sending: bool,
    /// A request arrived; nothing of it is kept but its reference, on the page.
    arrived: bool,
    /// Where the focus goes when the form is shown again.
    return_to: Field,
}

impl Session {
    /// A session in which nothing is typed.
    pub fn new(setup: Setup) -> Self {
        Self(StoredValue::new(State {
            setup,
            shown: Screen::Form,
            mistakes: Vec::new(),
            prepared: None,
            sending: false,
            arrived: false,
            return_to: Field::Name,
        }))
    }

    /// What only a browser knows: today, what was typed before the program came, Back and Forward.
    pub fn arrive(self) {
        self.0.with_value(|state| {
            let today = state.rules().today;
            display::dates(&today.to_string(), &today.next_year().to_string());
        });
        self.count();
        history::on_step(STEPS, move |step| {
            let screen = match step {
                0 => Screen::Form,
                1 => Screen::Check,
                _ => Screen::Sent,
            };
            self.0.update_value(|state| state.show(screen));
        });
    }

    /// After a field was changed and left: says what is wrong with it, and no longer says what is
    /// right by now. That something is missing is said at Continue only.
    pub fn left(self, field: Option<Field>) {
        self.0.update_value(|state| {
            let draft = draft();
            let mut found = draft.validate(&state.rules()).err().unwrap_or_default();
            found.retain(|(at, _)| {
                let typed = Some(*at) == field && !draft.text(*at).is_empty();
                typed || state.mistakes.iter().any(|(said, _)| said == at)
            });
            display::mistakes(&found);
            state.mistakes = found;
        });
    }

    /// Counts the characters of the message.
    pub fn count(self) {
        display::count(draft().message_length());
    }

    /// Goes on to "Check your request", or says what is wrong.
    pub fn check(self) {
        let finished = untrack(finished);
        self.0.update_value(|state| {
            let draft = draft();
            let checked = draft.validate(&state.rules());
            state.mistakes = checked.as_ref().err().cloned().unwrap_or_default();
            display::mistakes(&state.mistakes);
            display::summary(&state.mistakes);
            let Ok(details) = checked else { return };
            let wanted = !draft.text(Field::IncludeAssessment).is_empty();
            let included = finished.filter(|_| wanted).map(|finished| finished.included);
            let ready = state.prepare(details, included);
            display::cannot_seal(!ready);
            if ready {
                history::mark(STEPS, Screen::Form as usize);
                history::push(STEPS, Screen::Check as usize);
                state.show(Screen::Check);
            }
        });
    }

    /// Back to the form, at this field.
    pub fn change(self, field: Field) {
        self.0.update_value(|state| {
            state.return_to = field;
            if !history::back_from(STEPS, Screen::Check as usize) {
                history::push(STEPS, Screen::Form as usize);
                state.show(Screen::Form);
            }
        });
    }

    /// Seals what was checked, if that is not done yet, and sends it. Does nothing while an answer
    /// is being waited for.
    pub fn send(self) {
        let ready = self.0.try_update_value(|state| {
            let prepared = state.prepared.clone().filter(|_| !state.sending)?;
            state.sending = true;
            Some((prepared, state.setup.clone()))
        });
        let Some((mut prepared, setup)) = ready.flatten() else { return };
        display::failure(None);
        display::sending(true);
        spawn_local(async move {
            let outcome = deliver(&setup, &mut prepared).await;
            self.0.update_value(|state| {
                state.sending = false;
                display::sending(false);
                match outcome {
                    Ok(reference) => state.confirm(&reference),
                    Err(failure) => {
                        // A request that was changed since keeps what it was changed to.
                        if let Some(now) = &mut state.prepared
                            && now.request_id == prepared.request_id
                        {
                            now.sealed = prepared.sealed;
                        }
                        display::failure(Some(failure));
                    }
                }
            });
        });
    }
}

impl State {
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
        display::reference(reference);
        history::push(STEPS, Screen::Sent as usize);
        self.show(Screen::Sent);
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
        Answer::Accepted { reference } if reference == expected => Ok(reference),
        Answer::Accepted { .. } | Answer::NoAnswer => Err(Failure::NoAnswer),
        Answer::Later => Err(Failure::Later),
        Answer::Refused => Err(Failure::Refused),
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
