//! The content of the inbox: every sentence, and what it must know of the clinic and of the forms. The build of
//! the site makes it of `content/`, and the app reads it at its start, so that changing a sentence changes no
//! byte of the app.

#[cfg(not(target_arch = "wasm32"))]
mod gaps;
pub mod words;

use std::collections::BTreeMap;

use guide_core::key::PublicKey;
use serde::{Deserialize, Serialize};

use words::InboxWords;

/// The file beside the app.
pub const FILE: &str = "inbox.json";

/// The content of the inbox.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Content {
    /// The language, as in `lang`.
    pub language: String,
    /// Facts of the clinic.
    pub clinic: Clinic,
    /// What the ids in requests mean.
    pub labels: Labels,
    /// Every sentence.
    pub words: InboxWords,
}

/// Facts of the clinic.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Clinic {
    /// The name of the practice.
    pub name: String,
    /// Of the IANA database.
    pub time_zone: String,
    /// The hours in which somebody is in the office; the age of requests is counted in them.
    pub office_hours: Vec<OfficeHours>,
    /// The keys that pages seal for, and notes are sealed for.
    pub keys: Vec<PublicKey>,
    /// It is a trial copy: requests reach nobody.
    pub trial: bool,
}

/// Hours in which somebody is in the office, on some days of the week.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OfficeHours {
    /// Days of the week as ids of the form: `mon` to `sun`.
    pub days: Vec<String>,
    /// Minutes after midnight.
    pub from: u16,
    /// Minutes after midnight, later than `from`.
    pub to: u16,
}

/// What the ids in requests mean, each by its id.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Labels {
    /// Locations.
    pub locations: BTreeMap<String, String>,
    /// Outcomes of the self-assessment.
    pub outcomes: BTreeMap<String, String>,
    /// Flags of the self-assessment.
    pub flags: BTreeMap<String, Flag>,
    /// Questions of the self-assessment.
    pub questions: BTreeMap<String, Question>,
    /// What can matter to a patient who chooses.
    pub matters: BTreeMap<String, String>,
}

/// A flag of the self-assessment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Flag {
    /// Its sentence.
    pub text: String,
    /// It calls for caution.
    pub caution: bool,
}

/// A question of the self-assessment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// The few words that lists of answers use for it.
    pub short: String,
    /// Its options by their ids.
    pub options: BTreeMap<String, String>,
}
