//! Criteria, total, flags and outcome.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::by_id::ById;

use super::answers::{AnswerError, Answers};
use super::definition::{Assessment, Flag};
use super::facts::Facts;
use super::flow::OpenQuestion;

/// The result that answers come to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Score {
    /// All was answered and scored.
    Complete {
        /// Points by criterion id, each 0 to the criterion's `max`.
        criteria: ById<u32>,
        /// Their sum.
        total: u32,
        /// Ids of the flags raised, in the definition's order.
        flags: Vec<String>,
        /// Id of the outcome.
        outcome: String,
    },
    /// An answer stopped the assessment; nothing was scored.
    Stopped {
        /// Id of the outcome.
        outcome: String,
    },
}

/// The reason why answers cannot be scored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ScoreError<'a> {
    /// There is no such question.
    UnknownQuestion(String),
    /// The answer to this question is missing or not acceptable.
    Answer {
        /// Id of the question.
        question: &'a str,
        /// The reason.
        error: AnswerError<'a>,
    },
    /// No outcome holds; a checked definition always has one.
    NoOutcome,
}

/// In the words of the definition, for its authors.
impl fmt::Display for ScoreError<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownQuestion(id) => write!(f, "there is no question \"{id}\""),
            Self::Answer { question, error } => write!(f, "{question}: {error}"),
            Self::NoOutcome => f.write_str("no outcome holds"),
        }
    }
}

impl Score {
    /// Id of the outcome.
    pub fn outcome(&self) -> &str {
        match self {
            Self::Complete { outcome, .. } | Self::Stopped { outcome } => outcome,
        }
    }
}

impl Assessment {
    /// Scores a set of answers. Answers to questions that are not asked count for nothing.
    ///
    /// # Errors
    /// [`ScoreError`] if an answer is missing, unknown or out of range.
    pub fn score(&self, answers: &Answers) -> Result<Score, ScoreError<'_>> {
        if let Some(stop) = self.stop(answers) {
            return Ok(Score::Stopped { outcome: stop.id.clone() });
        }
        if let Some(id) = answers.0.iter().map(|(id, _)| id).find(|id| self.question(id).is_none())
        {
            return Err(ScoreError::UnknownQuestion(id.to_owned()));
        }
        if let Some(OpenQuestion { question, error, .. }) = self.first_open(answers) {
            return Err(ScoreError::Answer { question: &question.id, error });
        }
        let mut facts = Facts::of_asked(self, answers);
        // All is answered, so the lowest points are the highest too.
        let criteria: ById<u32> = self
            .criteria
            .iter()
            .map(|it| (it.id.clone(), facts.points(it).low.min(it.max)))
            .collect();
        let total = criteria.iter().fold(0_u32, |sum, (_, points)| sum.saturating_add(*points));
        let raised = self.flags.iter().filter(|flag| facts.holds(&flag.when).is_true());
        facts.flags = raised.map(|flag| flag.id.clone()).collect();
        facts.total = total;
        let outcome = self
            .outcomes
            .iter()
            .find(|it| it.when.as_ref().is_none_or(|when| facts.holds(when).is_true()))
            .ok_or(ScoreError::NoOutcome)?
            .id
            .clone();
        Ok(Score::Complete { criteria, total, flags: facts.flags, outcome })
    }

    /// By each of [`Flag::also`], in their order: it holds for these answers.
    pub fn also(&self, flag: &Flag, answers: &Answers) -> Vec<bool> {
        let facts = Facts::of_asked(self, answers);
        flag.also.iter().map(|also| facts.holds(&also.when).is_true()).collect()
    }
}
