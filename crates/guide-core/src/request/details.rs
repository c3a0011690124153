//! An accepted form, as typed values.

use serde::{Deserialize, Serialize};

use super::choices::{ContactBy, CoverageKind, Day, PartOfDay};
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
    /// As typed, trimmed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// As typed, trimmed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// The way in which to get in touch.
    pub contact_by: ContactBy,
    /// The patient has been here before, if that was answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub returning: Option<bool>,
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
}

redacted!(Details, Patient, Coverage);
