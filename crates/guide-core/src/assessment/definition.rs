//! The types of `assessment.toml`, whose names there are these in kebab-case.
//!
//! Sentences are read natively alone, to render the screens. They are not serialized, and in the
//! browser their fields do not exist: only the parts that scoring needs travel there, in Postcard.

mod condition;
mod outcome;

use serde::{Deserialize, Serialize};

pub use condition::Condition;
pub use outcome::{Because, Outcome};
#[cfg(not(target_arch = "wasm32"))]
pub use outcome::{Call, Link, Offer, Support};

#[cfg(not(target_arch = "wasm32"))]
use crate::review::Review;

/// A whole self-assessment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Assessment {
    /// Changes whenever a question, a rule or a threshold does; sent along with included answers.
    pub version: String,
    /// The clinician who reviewed this version; empty until there is one.
    #[cfg(not(target_arch = "wasm32"))]
    #[serde(default, skip_serializing)]
    pub reviewed_by: String,
    /// The day of that review.
    #[cfg(not(target_arch = "wasm32"))]
    #[serde(default, skip_serializing)]
    pub reviewed_on: Option<toml::value::Datetime>,
    /// The limits of the self-assessment, shown before the first question and with the result.
    #[cfg(not(target_arch = "wasm32"))]
    #[serde(skip_serializing)]
    pub disclaimer: String,
    /// In the order in which they are asked.
    pub questions: Vec<Question>,
    /// Answers that contradict each other and are not accepted.
    #[serde(default)]
    pub limits: Vec<Limit>,
    /// Scored reasons, in the order in which they are shown.
    pub criteria: Vec<Criterion>,
    /// Names for the points of a criterion, from the lowest up.
    pub grades: Vec<Grade>,
    /// Notes beside the score, in the order in which they are shown.
    #[serde(default)]
    pub flags: Vec<Flag>,
    /// The first that holds is the outcome; the last one holds always.
    pub outcomes: Vec<Outcome>,
    /// Things to take to an appointment, on every result that offers one.
    #[cfg(not(target_arch = "wasm32"))]
    #[serde(default, skip_serializing)]
    pub bring: Vec<String>,
    /// Help that stands on every result and on every emergency screen.
    #[cfg(not(target_arch = "wasm32"))]
    #[serde(skip_serializing)]
    pub support: Support,
}

/// One question, one screen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Question {
    /// Unique, kebab-case; also the id of its answer.
    pub id: String,
    /// The kind of answer it takes.
    pub kind: Kind,
    /// The question itself: the screen's heading and the legend of its controls.
    #[cfg(not(target_arch = "wasm32"))]
    #[serde(skip_serializing)]
    pub text: String,
    /// A few words for lists and summaries.
    #[cfg(not(target_arch = "wasm32"))]
    #[serde(skip_serializing)]
    pub short: String,
    /// One sentence under the question.
    #[cfg(not(target_arch = "wasm32"))]
    #[serde(default, skip_serializing)]
    pub hint: Option<String>,
    /// Named in the result although nothing is scored by it.
    #[serde(default)]
    pub shown: bool,
    /// Asked only if this holds; it may look at earlier questions alone.
    #[serde(default)]
    pub ask_when: Option<Condition>,
    /// Says on paper who passes over the question.
    #[cfg(not(target_arch = "wasm32"))]
    #[serde(default, skip_serializing)]
    pub skip: Option<String>,
    /// Smallest number that can be answered (`number` only).
    #[serde(default)]
    pub min: Option<u32>,
    /// Largest number that can be answered (`number` only).
    #[serde(default)]
    pub max: Option<u32>,
    /// The unit of the number, shown behind the field, e.g. "days" (`number` only).
    #[cfg(not(target_arch = "wasm32"))]
    #[serde(default, skip_serializing)]
    pub unit: Option<String>,
    /// The source of its thresholds or its list, for the clinician's copy.
    #[cfg(not(target_arch = "wasm32"))]
    #[serde(default, skip_serializing)]
    pub source: Option<String>,
    /// The options. Of a `number`: what can be chosen in place of one.
    #[serde(default)]
    pub options: Vec<Choice>,
}

/// The kind of answer that a question takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// One of the options.
    Single,
    /// Any number of the options.
    Multi,
    /// A whole number from `min` to `max`, or one of the options if there are any.
    Number,
}

/// An option of a question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Choice {
    /// Unique within the question, kebab-case.
    pub id: String,
    /// The text that the patient reads.
    #[cfg(not(target_arch = "wasm32"))]
    #[serde(skip_serializing)]
    pub text: String,
    /// A second, quieter line under it.
    #[cfg(not(target_arch = "wasm32"))]
    #[serde(default, skip_serializing)]
    pub hint: Option<String>,
    /// Said beside the option where a flag lists it.
    #[cfg(not(target_arch = "wasm32"))]
    #[serde(default, skip_serializing)]
    pub advice: Option<String>,
    /// Counted by criteria that add or sum this question; see [`Choice::points`].
    #[serde(default)]
    pub points: Option<u32>,
    /// A word by which rules can name several options at once, e.g. "emergency".
    #[serde(default)]
    pub mark: Option<String>,
    /// Excludes every other option of the question ("none of these").
    #[serde(default)]
    pub exclusive: bool,
    /// The source of what it asks or says, for the clinician's copy.
    #[cfg(not(target_arch = "wasm32"))]
    #[serde(default, skip_serializing)]
    pub source: Option<String>,
}

/// Answers that cannot all be true.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Limit {
    /// Answers for which this holds are not accepted.
    pub never: Condition,
    /// The question at which that is said: the last one that the condition looks at.
    pub question: String,
    /// The message.
    #[cfg(not(target_arch = "wasm32"))]
    #[serde(skip_serializing)]
    pub error: String,
}

/// A scored reason, 0 to `max` points.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Criterion {
    /// Unique, kebab-case.
    pub id: String,
    /// The text that the patient reads.
    #[cfg(not(target_arch = "wasm32"))]
    #[serde(skip_serializing)]
    pub name: String,
    /// The most points it can come to; more are cut to this.
    pub max: u32,
    /// Its rules can come to more than `max`, on purpose.
    #[cfg(not(target_arch = "wasm32"))]
    #[serde(default, skip_serializing)]
    pub cut: bool,
    /// Questions whose points are counted as they stand.
    #[serde(default)]
    pub add: Vec<String>,
    /// Points for each of these that holds.
    #[serde(default)]
    pub rules: Vec<Rule>,
}

/// Points for a condition that holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Rule {
    /// Added to the criterion.
    pub points: u32,
    /// The condition.
    pub when: Condition,
    /// The source of its threshold, for the clinician's copy.
    #[cfg(not(target_arch = "wasm32"))]
    #[serde(default, skip_serializing)]
    pub source: Option<String>,
}

/// A name for a number of points.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Grade {
    /// From this many points on.
    pub from: u32,
    /// The text that the patient reads beside the bar.
    #[cfg(not(target_arch = "wasm32"))]
    #[serde(skip_serializing)]
    pub name: String,
}

/// A note beside the score.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Flag {
    /// Unique, kebab-case.
    pub id: String,
    /// Raised if this holds.
    pub when: Condition,
    /// A few words.
    #[cfg(not(target_arch = "wasm32"))]
    #[serde(skip_serializing)]
    pub title: String,
    /// Its meaning and the advice.
    #[cfg(not(target_arch = "wasm32"))]
    #[serde(skip_serializing)]
    pub text: String,
    /// Shown above every screen from the moment it is known to be raised.
    #[serde(default)]
    pub at_once: bool,
    /// Shown in the colors of caution rather than as a plain note.
    #[cfg(not(target_arch = "wasm32"))]
    #[serde(default, skip_serializing)]
    pub caution: bool,
    /// Further sentences, each under a condition of its own.
    #[serde(default)]
    pub also: Vec<Also>,
    /// A question whose chosen options are named under the text.
    #[serde(default)]
    pub lists: Option<String>,
    /// The source of the threshold.
    #[cfg(not(target_arch = "wasm32"))]
    #[serde(default, skip_serializing)]
    pub source: Option<String>,
}

/// A further sentence of a flag.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Also {
    /// Shown if this holds.
    pub when: Condition,
    /// The sentence.
    #[cfg(not(target_arch = "wasm32"))]
    #[serde(skip_serializing)]
    pub text: String,
}

impl Assessment {
    /// The question of this id.
    pub fn question(&self, id: &str) -> Option<&Question> {
        self.questions.iter().find(|question| question.id == id)
    }

    /// The outcome of this id.
    pub fn outcome(&self, id: &str) -> Option<&Outcome> {
        self.outcomes.iter().find(|outcome| outcome.id == id)
    }

    /// The clinician's review of this version.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn review(&self) -> Review<'_> {
        Review { by: &self.reviewed_by, on: self.reviewed_on }
    }

    /// The conditions that decide something: which questions are asked, and what comes of the answers.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn deciding_conditions(&self) -> impl Iterator<Item = &Condition> {
        let asked = self.questions.iter().filter_map(|question| question.ask_when.as_ref());
        let ruled = self.criteria.iter().flat_map(|it| &it.rules).map(|rule| &rule.when);
        let also = self.flags.iter().flat_map(|flag| &flag.also).map(|also| &also.when);
        let raised = self.flags.iter().map(|flag| &flag.when).chain(also);
        let reached = self.outcomes.iter().filter_map(|outcome| outcome.when.as_ref());
        asked.chain(ruled).chain(raised).chain(reached)
    }

    /// Every condition: those that decide, of limits, and of reasons.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn conditions(&self) -> impl Iterator<Item = &Condition> {
        let refused = self.limits.iter().map(|limit| &limit.never);
        let because = self.outcomes.iter().flat_map(|it| &it.because).map(|it| &it.when);
        self.deciding_conditions().chain(refused).chain(because)
    }

    /// The index of the grade in [`Assessment::grades`] for this many points of a criterion.
    pub fn grade(&self, points: u32) -> Option<usize> {
        self.grades.iter().rposition(|grade| points >= grade.from)
    }
}

impl Kind {
    /// Its name in content files.
    pub fn id(self) -> &'static str {
        match self {
            Self::Single => "single",
            Self::Multi => "multi",
            Self::Number => "number",
        }
    }
}

impl Question {
    /// The option of this id.
    pub fn option(&self, id: &str) -> Option<&Choice> {
        self.options.iter().find(|option| option.id == id)
    }
}

impl Choice {
    /// Its points: none where they are left out.
    pub fn points(&self) -> u32 {
        self.points.unwrap_or(0)
    }
}

impl Criterion {
    /// Ids of the questions that its points come from, each once, in the order of the rules.
    pub fn questions(&self) -> Vec<&str> {
        let mut ids: Vec<&str> = self.add.iter().map(String::as_str).collect();
        for rule in &self.rules {
            rule.when.each_question(&mut |id| ids.push(id));
        }
        let mut seen = Vec::new();
        ids.retain(|id| {
            let new = !seen.contains(id);
            seen.push(id);
            new
        });
        ids
    }
}
