//! The payload, as the clinic reads it: JSON of the schema `appointment-request/1`.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::details::Details;
pub use super::details::{Coverage, Patient, Preferred};
use crate::assessment::{Answers, Assessment, Score};
use crate::by_id::ById;
use crate::redacted::redacted;

/// The only schema there is.
pub const SCHEMA: &str = "appointment-request/1";
/// A payload's length is a multiple of this: most requests are of one length, whatever was written.
pub const BLOCK: usize = 1_024;

/// A request, as it is sealed and as it is opened.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AppointmentRequest {
    /// Always [`SCHEMA`].
    pub schema: String,
    /// Made once, when "Check your request" opens; every retry carries it.
    pub request_id: Uuid,
    /// RFC 3339, with offset.
    pub created_at: String,
    /// Language of the page, e.g. `en`.
    pub language: String,
    /// The patient, and ways to reach them.
    pub patient: Patient,
    /// The location and the days asked for.
    pub preferred: Preferred,
    /// The way in which it would be paid for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub coverage: Option<Coverage>,
    /// A message to the clinic.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// The finished self-assessment, if the patient chose to include it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assessment: Option<IncludedAssessment>,
    /// The text that the patient agreed to.
    pub consent: Consent,
    /// Fills the JSON to a multiple of [`BLOCK`] bytes.
    pub pad: String,
}

/// A finished self-assessment, as answered and as scored then.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IncludedAssessment {
    /// Of the definition that asked and scored.
    pub version: String,
    /// To the questions that were asked.
    pub answers: Answers,
    /// Points by criterion id.
    pub criteria: ById<u32>,
    /// Sum of the criteria.
    pub total: u32,
    /// Ids of the flags raised.
    pub flags: Vec<String>,
    /// Id of the outcome.
    pub outcome: String,
}

/// The text that the patient agreed to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Consent {
    /// Version of the text beside the checkbox.
    pub text_version: String,
}

/// Everything that a request carries beside the form and the self-assessment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Circumstances {
    /// See [`AppointmentRequest::request_id`].
    pub request_id: Uuid,
    /// See [`AppointmentRequest::created_at`].
    pub created_at: String,
    /// See [`AppointmentRequest::language`].
    pub language: String,
    /// See [`Consent::text_version`].
    pub consent_version: String,
}

redacted!(AppointmentRequest, IncludedAssessment);

impl IncludedAssessment {
    /// The part of a finished assessment that is sent; `None` if an answer stopped it.
    pub fn new(assessment: &Assessment, answers: &Answers, score: &Score) -> Option<Self> {
        match score.clone() {
            Score::Complete { criteria, total, flags, outcome } => Some(Self {
                version: assessment.version.clone(),
                answers: assessment.relevant(answers),
                criteria,
                total,
                flags,
                outcome,
            }),
            Score::Stopped { .. } => None,
        }
    }
}

impl AppointmentRequest {
    /// A request, not padded yet.
    pub fn new(
        details: Details,
        assessment: Option<IncludedAssessment>,
        circumstances: Circumstances,
    ) -> Self {
        let Details { patient, preferred, coverage, message } = details;
        let Circumstances { request_id, created_at, language, consent_version } = circumstances;
        Self {
            schema: SCHEMA.to_owned(),
            request_id,
            created_at,
            language,
            patient,
            preferred,
            coverage,
            message,
            assessment,
            consent: Consent { text_version: consent_version },
            pad: String::new(),
        }
    }

    /// The bytes to seal: JSON, padded to a multiple of [`BLOCK`].
    ///
    /// # Errors
    /// Those of the JSON writer, which has none for these types.
    pub fn to_padded_json(mut self) -> Result<Vec<u8>, serde_json::Error> {
        self.pad.clear();
        let length = serde_json::to_vec(&self)?.len();
        self.pad = "0".repeat(length.next_multiple_of(BLOCK) - length);
        serde_json::to_vec(&self)
    }
}

/// Opening is native: the browser never reads a payload.
#[cfg(not(target_arch = "wasm32"))]
mod opened {
    use time::OffsetDateTime;
    use time::format_description::well_known::Rfc3339;

    use super::{AppointmentRequest, SCHEMA};
    use crate::request::email::has_form;
    use crate::request::fields::{
        Field, FieldError, MAX_COVERAGE, MAX_MESSAGE, contact_error, email_error, length_error,
        name_error, phone_error,
    };

    /// Why opened bytes are not a request.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub enum PayloadError {
        /// Not JSON with the members of [`AppointmentRequest`]; with category and position.
        Shape(String),
        /// Another schema.
        Schema(String),
        /// `created_at` is not RFC 3339.
        CreatedAt,
        /// A field that the form would not have accepted.
        Field(Field, FieldError),
    }

    impl AppointmentRequest {
        /// Reads the opened bytes. The rules of the form hold here too, but for those that depend
        /// on the day it was sent.
        ///
        /// # Errors
        /// The first [`PayloadError`] found.
        pub fn from_json(bytes: &[u8]) -> Result<Self, PayloadError> {
            let request: Self = serde_json::from_slice(bytes)
                .map_err(|error| PayloadError::Shape(shape(&error)))?;
            request.check()?;
            Ok(request)
        }

        fn check(&self) -> Result<(), PayloadError> {
            if self.schema != SCHEMA {
                return Err(PayloadError::Schema(self.schema.clone()));
            }
            if OffsetDateTime::parse(&self.created_at, &Rfc3339).is_err() {
                return Err(PayloadError::CreatedAt);
            }
            let patient = &self.patient;
            let (phone, email) =
                (patient.phone.as_deref().unwrap_or(""), patient.email.as_deref().unwrap_or(""));
            let coverage = self.coverage.as_ref();
            let carrier = coverage.and_then(|it| it.carrier.as_deref());
            let member_number = coverage.and_then(|it| it.member_number.as_deref());
            let neither = phone.is_empty() && email.is_empty();
            let contact = contact_error(patient.contact_by, !phone.is_empty(), !email.is_empty());
            let no_location = self.preferred.location.is_empty();
            let found = [
                (Field::Name, name_error(&patient.name)),
                (Field::Phone, neither.then_some(FieldError::NoWayToReach)),
                // Earlier forms accepted more, and their requests have to open.
                (Field::Phone, phone_error(phone, |_| true)),
                (Field::Email, email_error(email, has_form)),
                (Field::ContactBy, contact),
                (Field::Location, no_location.then_some(FieldError::LocationMissing)),
                (Field::Carrier, length_error(carrier, MAX_COVERAGE)),
                (Field::MemberNumber, length_error(member_number, MAX_COVERAGE)),
                (Field::Message, length_error(self.message.as_deref(), MAX_MESSAGE)),
            ];
            match found.into_iter().find_map(|(field, error)| Some((field, error?))) {
                Some((field, error)) => Err(PayloadError::Field(field, error)),
                None => Ok(()),
            }
        }
    }

    /// Category and position of an error of the JSON reader. Its own message may quote the value,
    /// which must not reach a log.
    fn shape(error: &serde_json::Error) -> String {
        format!("{:?} at line {}, column {}", error.classify(), error.line(), error.column())
    }
}
#[cfg(not(target_arch = "wasm32"))]
pub use opened::PayloadError;
