//! What an acceptable form says, typed.

use serde::{Deserialize, Serialize};

use super::choices::{ContactBy, CoverageKind, Day, PartOfDay};
use crate::date::CalendarDate;
use crate::redacted::redacted;

/// An acceptable draft, typed.
#[derive(Clone, PartialEq, Eq)]
pub struct Details {
    /// Who asks, and how to reach them.
    pub patient: Patient,
    /// Where and when.
    pub preferred: Preferred,
    /// How it would be paid for.
    pub coverage: Option<Coverage>,
    /// What the clinic should know.
    pub message: Option<String>,
}

/// Who asks.
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
    /// How to get in touch.
    pub contact_by: ContactBy,
    /// Been here before, where that was answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub returning: Option<bool>,
}

/// Where and when.
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

/// How the visit would be paid for.
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
