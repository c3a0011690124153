//! Outcomes, and what they say.

use serde::{Deserialize, Serialize};

use super::condition::Condition;

/// A result of the assessment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Outcome {
    /// Unique, kebab-case.
    pub id: String,
    /// The reason for its place among the outcomes, for the clinician's copy.
    #[cfg(not(target_arch = "wasm32"))]
    #[serde(default, skip_serializing)]
    pub why_here: Option<String>,
    /// Holds if this does; left out, it holds always.
    #[serde(default)]
    pub when: Option<Condition>,
    /// Stops the assessment as soon as it holds, whatever else was answered; nothing is scored.
    #[serde(default)]
    pub immediate: bool,
    /// The next thing to do, in one sentence.
    #[cfg(not(target_arch = "wasm32"))]
    #[serde(skip_serializing)]
    pub headline: String,
    /// Paragraphs under it.
    #[cfg(not(target_arch = "wasm32"))]
    #[serde(skip_serializing)]
    pub text: Vec<String>,
    /// Things to do, one a line.
    #[cfg(not(target_arch = "wasm32"))]
    #[serde(default, skip_serializing)]
    pub steps: Vec<String>,
    /// Places of the guide to read on.
    #[cfg(not(target_arch = "wasm32"))]
    #[serde(default, skip_serializing)]
    pub links: Vec<Link>,
    /// Numbers to call, most urgent first.
    #[cfg(not(target_arch = "wasm32"))]
    #[serde(default, skip_serializing)]
    pub calls: Vec<Call>,
    /// The reasons, each said only if it holds.
    #[serde(default)]
    pub because: Vec<Because>,
    /// The place that the offer of an appointment has.
    #[cfg(not(target_arch = "wasm32"))]
    #[serde(skip_serializing)]
    pub appointment: Offer,
}

/// A reason for an outcome.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Because {
    /// Unique within the outcome, kebab-case.
    pub id: String,
    /// Said if this holds.
    pub when: Condition,
    /// The sentence.
    #[cfg(not(target_arch = "wasm32"))]
    #[serde(skip_serializing)]
    pub text: String,
}

/// The place that the offer of an appointment has on a result.
#[cfg(not(target_arch = "wasm32"))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Offer {
    /// The main action.
    First,
    /// Offered quietly, after what comes first.
    Second,
    /// Not offered.
    None,
}

/// A number to call.
#[cfg(not(target_arch = "wasm32"))]
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Call {
    /// The text of the link.
    pub text: String,
    /// Digits of the number.
    pub tel: String,
    /// Begins a text message rather than a call.
    #[serde(default)]
    pub sms: bool,
}

/// A link to a section of the guide.
#[cfg(not(target_arch = "wasm32"))]
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Link {
    /// The text of the link.
    pub text: String,
    /// `#` and the id of the section.
    pub to: String,
}

/// Help that is always named.
#[cfg(not(target_arch = "wasm32"))]
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Support {
    /// A few words.
    pub title: String,
    /// Its purpose.
    pub text: String,
    /// The numbers to call.
    pub calls: Vec<Call>,
}
