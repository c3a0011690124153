//! A checked request, ready to be encrypted.

use guide_core::request::form::{Draft, Field, Rules};
use guide_core::request::payload::{AppointmentRequest, Circumstances, Included, IncludedMatters};
use uuid::Uuid;

use super::setup::Setup;
use super::{finished, ids};
use crate::browser::{clock, form};

/// A checked request: the same from "Check your request" through every retry.
pub struct Prepared {
    /// What was typed.
    pub draft: Draft,
    /// The rules that accepted the draft: the day may change before it is sent.
    pub rules: Rules,
    /// What the patient agreed to include.
    pub included: Included,
    /// The id of the request, which is encrypted once only.
    pub request_id: Uuid,
}

impl Prepared {
    /// A request with a new id; `None` if the browser has no source of randomness.
    pub fn new(draft: Draft, rules: Rules, included: Included) -> Option<Self> {
        Some(Self { draft, rules, included, request_id: web_jwe::new_id()? })
    }

    /// Returns `true` if something that it includes has been cleared or changed since.
    pub fn is_outdated(&self) -> bool {
        let Included { assessment, matters } = &self.included;
        assessment.is_some() && *assessment != finished::included()
            || matters.is_some() && *matters != self::matters(&draft())
    }

    /// The same request under a new id.
    pub fn with_new_id(self) -> Option<Self> {
        Self::new(self.draft, self.rules, self.included)
    }

    /// The padded JSON to encrypt.
    pub fn payload(&self, setup: &Setup) -> Option<Vec<u8>> {
        let circumstances = Circumstances {
            request_id: self.request_id,
            created_at: clock::now(),
            language: setup.language.clone(),
            consent_version: setup.consent_version.clone(),
        };
        // Smaller in the app than a copy of the details.
        let details = self.draft.validate(&self.rules).ok()?;
        let included = self.included.clone();
        AppointmentRequest::new(details, included, circumstances).to_padded_json().ok()
    }
}

/// What is typed into the form.
pub fn draft() -> Draft {
    Draft::new(form::entries(ids::FORM))
}

/// What the draft asks to include.
pub fn included(draft: &Draft) -> Included {
    let assessment =
        if draft.text(Field::IncludeAssessment).is_empty() { None } else { finished::included() };
    Included { assessment, matters: matters(draft) }
}

/// What matters to the patient, which `src/scripts/decision_aid/matters.js` writes into the value of its checkbox.
fn matters(draft: &Draft) -> Option<IncludedMatters> {
    IncludedMatters::read(draft.text(Field::IncludeMatters))
}
