//! The payload of the current schema, `appointment-request/2`.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::assessment::{Answers, Assessment, Judgement};
use crate::by_id::ById;
use crate::redacted::redacted;
use crate::request::details::{Coverage, Details, Patient, Preferred};

/// The schema of every new request.
pub const SCHEMA: &str = "appointment-request/2";
/// A payload's length is a multiple of this. Hardly a request is longer, with all fields filled in and the
/// self-assessment: so nearly all are of one length, whatever was written, answered and included.
pub const BLOCK: usize = 8_192;

/// A request, as it is sealed and as it is opened.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AppointmentRequest {
    /// The schema in which it was written: [`SCHEMA`], or an earlier one that still opens.
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
    /// The self-assessment, if the patient chose to include it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assessment: Option<IncludedAssessment>,
    /// The text that the patient agreed to.
    pub consent: Consent,
    /// Fills the JSON to a multiple of [`BLOCK`] bytes.
    pub pad: String,
}

/// A self-assessment, as answered and as scored then.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IncludedAssessment {
    /// Of the definition that asked and scored.
    pub version: String,
    /// Every question was asked; `false` for an early result.
    pub complete: bool,
    /// To the questions that were asked.
    pub answers: Answers,
    /// Points by criterion id; of an early result, those that are known.
    pub criteria: ById<u32>,
    /// Sum of the criteria: in requests of `appointment-request/1` alone.
    #[serde(skip_deserializing, skip_serializing_if = "Option::is_none")]
    pub total: Option<u32>,
    /// Ids of the flags raised.
    pub flags: Vec<String>,
    /// Id of the outcome.
    pub outcome: String,
    /// Ids of the outcome's reasons that hold.
    pub because: Vec<String>,
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
    /// The part of a self-assessment that is sent; `None` before its outcome is decided, or if an answer
    /// stopped it.
    pub fn new(assessment: &Assessment, answers: &Answers, judged: &Judgement<'_>) -> Option<Self> {
        let outcome = judged.outcome.filter(|it| !it.immediate)?;
        let known = judged.criteria.iter();
        let known = known.filter_map(|it| Some((it.criterion.id.clone(), it.known()?)));
        Some(Self {
            version: assessment.version.clone(),
            complete: judged.complete,
            answers: assessment.relevant(answers),
            criteria: known.collect(),
            total: None,
            flags: judged.flags.iter().map(|it| it.id.clone()).collect(),
            outcome: outcome.id.clone(),
            because: judged.because.iter().map(|it| it.id.clone()).collect(),
        })
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
