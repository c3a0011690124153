//! The payload of the current schemas, `appointment-request/2` and `/3`.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::assessment::{Answers, Assessment, Judgement};
use crate::by_id::ById;
use crate::redacted::redacted;
use crate::request::choices::Weight;
use crate::request::details::{Coverage, Details, Patient, Preferred};

/// The schema of a new request.
pub const SCHEMA: &str = "appointment-request/2";
/// The schema of one with [`AppointmentRequest::matters`], which is all that it has more: programs that do
/// not know them yet open every other request.
pub const SCHEMA_WITH_MATTERS: &str = "appointment-request/3";
/// A payload's length is a multiple of this. Hardly a request is longer, with all fields filled in and the
/// self-assessment: so nearly all are of one length, whatever was written, answered and included.
pub const BLOCK: usize = 8_192;

/// A request, as it is sealed and as it is opened.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AppointmentRequest {
    /// The schema in which it was written: [`SCHEMA`], [`SCHEMA_WITH_MATTERS`], or an earlier one that still
    /// opens.
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
    /// What matters to the patient, if they chose to include it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub matters: Option<IncludedMatters>,
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

/// Everything that is sent along where the patient chose so.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Included {
    /// See [`AppointmentRequest::assessment`].
    pub assessment: Option<IncludedAssessment>,
    /// See [`AppointmentRequest::matters`].
    pub matters: Option<IncludedMatters>,
}

/// What matters to the patient who chooses, as they weighed it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IncludedMatters {
    /// Of the list that was weighed.
    pub version: String,
    /// In the patient's order.
    pub weighed: Vec<WeighedMatter>,
}

/// Something that matters to the patient.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WeighedMatter {
    /// Its id.
    pub matter: String,
    /// How much.
    pub weight: Weight,
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

redacted!(AppointmentRequest, Included, IncludedAssessment, IncludedMatters, WeighedMatter);

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

/// The longest id that is repeated, in characters.
const MAX_ID: usize = 40;

/// Returns `true` for a text that can be an id of the content. A sender can write any text in the place of one.
pub fn is_id(text: &str) -> bool {
    (1..=MAX_ID).contains(&text.len())
        && text.bytes().all(|it| it.is_ascii_lowercase() || it.is_ascii_digit() || it == b'-')
}

impl WeighedMatter {
    /// Its id; `None` if it is none: what is none is not repeated, since it would pass for a sentence of the clinic.
    pub fn id(&self) -> Option<&str> {
        is_id(&self.matter).then_some(&*self.matter)
    }
}

impl IncludedMatters {
    /// Reads the version of the list, then id and weight of each, in the patient's order, separated by spaces:
    /// `2026.12 cost much driving some`. `None` if nothing is weighed.
    pub fn read(text: &str) -> Option<Self> {
        let mut words = text.split(' ');
        let version = words.next()?.to_owned();
        let mut weighed = Vec::new();
        while let Some(matter) = words.next() {
            let weight = Weight::from_id(words.next()?)?;
            weighed.push(WeighedMatter { matter: matter.to_owned(), weight });
        }
        (!weighed.is_empty()).then_some(Self { version, weighed })
    }
}

impl AppointmentRequest {
    /// A request, not padded yet.
    pub fn new(details: Details, included: Included, circumstances: Circumstances) -> Self {
        let Details { patient, preferred, coverage, message } = details;
        let Included { assessment, matters } = included;
        let Circumstances { request_id, created_at, language, consent_version } = circumstances;
        Self {
            schema: if matters.is_some() { SCHEMA_WITH_MATTERS } else { SCHEMA }.to_owned(),
            request_id,
            created_at,
            language,
            patient,
            preferred,
            coverage,
            message,
            assessment,
            matters,
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
