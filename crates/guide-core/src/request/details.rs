//! An accepted form, as typed values.

use serde::{Deserialize, Serialize};

use super::choices::{ContactBy, CoverageKind, Day, Need, PartOfDay};
use crate::date::CalendarDate;
use crate::redacted::redacted;

/// An accepted form.
#[derive(Clone, PartialEq, Eq)]
pub struct Details {
    /// The patient, and ways to reach them.
    pub patient: Patient,
    /// The location and the days asked for.
    pub preferred: Preferred,
    /// The way in which it would be paid for.
    pub coverage: Option<Coverage>,
    /// A message to the clinic.
    pub message: Option<String>,
}

/// The patient.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Patient {
    /// As typed, trimmed.
    pub name: String,
    /// Name of the person who fills the form in, where that is not the patient.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub filled_in_by: Option<String>,
    /// As typed, trimmed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// As typed, trimmed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// The way in which to get in touch.
    pub contact_by: ContactBy,
    /// A voicemail or a text message may name the practice.
    #[serde(default, skip_serializing_if = "is_false")]
    pub message_ok: bool,
    /// Asked beside an insurance alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date_of_birth: Option<CalendarDate>,
    /// The patient has been here before, if that was answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub returning: Option<bool>,
    /// Everything that the visit needs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub needs: Option<Needs>,
}

/// Everything that the visit needs; at least one of them is given.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Needs {
    /// Chosen among those that the form names.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub kinds: Vec<Need>,
    /// Language of the interpreter, as typed, trimmed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// Anything else, in the patient's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub words: Option<String>,
}

/// The location and the days asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Preferred {
    /// Id of a location in `clinic.toml`.
    pub location: String,
    /// Not before this day, in the clinic's time zone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub earliest: Option<CalendarDate>,
    /// Empty: any.
    pub days: Vec<Day>,
    /// Empty: any.
    pub times: Vec<PartOfDay>,
    /// Parts of the day for a call or a text message; empty: any.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub call_times: Vec<PartOfDay>,
}

/// The way in which the visit would be paid for.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Coverage {
    /// By whom.
    pub kind: CoverageKind,
    /// Name of the insurance.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub carrier: Option<String>,
    /// As typed, trimmed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub member_number: Option<String>,
    /// The person in whose name the insurance is, if that was answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub policyholder: Option<Policyholder>,
}

/// The person in whose name an insurance is. In JSON `"self"`, or `{"other": "…"}`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Policyholder {
    /// The patient.
    #[serde(rename = "self")]
    Patient,
    /// Another person, by name.
    Other(String),
}

redacted!(Details, Patient, Needs, Coverage, Policyholder);

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
const fn is_false(flag: &bool) -> bool {
    !*flag
}
