//! Answers, and the rules by which a question accepts one.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::by_id::ById;
use crate::typed::plain;

use super::definition::{Kind, Limit, Question};

/// One answer. In JSON a number, a text or a list of texts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Answer {
    /// Of a `number` question.
    Number(u32),
    /// Of a `single` question, or in place of a number: the option's id.
    Choice(String),
    /// Of a `multi` question: the options' ids, in any order.
    Choices(Vec<String>),
}

/// Answers by question id.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Answers(pub ById<Answer>);

/// The reason why an answer is not accepted. Mapped to words in `interface.toml`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AnswerError<'a> {
    /// Nothing was answered, and something is needed.
    Missing,
    /// Not a whole number.
    NotWhole,
    /// A number outside `min..=max`.
    OutOfRange {
        /// Smallest allowed.
        min: u32,
        /// Largest allowed.
        max: u32,
    },
    /// No option of that id, or an answer of another kind.
    Unknown,
    /// An exclusive option, such as "none of these", together with another.
    NotAlone,
    /// A number together with the option that is chosen in place of one.
    NumberAndOption,
    /// It contradicts other answers.
    Refused(&'a Limit),
}

/// In the words of the definition, for its authors.
impl fmt::Display for AnswerError<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => f.write_str("an answer is needed"),
            Self::NotWhole => f.write_str("the answer is not a whole number"),
            Self::OutOfRange { min, max } => write!(f, "the answer must be from {min} to {max}"),
            Self::Unknown => f.write_str(
                "the answer must be a whole number for kind = \"number\" (or the id of an option, \
                 if it has any), such an id for \"single\", a list of such ids for \"multi\"",
            ),
            Self::NotAlone => f.write_str("an exclusive option was chosen with another option"),
            Self::NumberAndOption => f.write_str("a number was given with an option"),
            Self::Refused(Limit { question, .. }) => {
                write!(f, "a limit of \"{question}\" refuses these answers together")
            }
        }
    }
}

impl Answer {
    /// The ids that were chosen; none for a number.
    pub fn choices(&self) -> &[String] {
        match self {
            Self::Number(_) => &[],
            Self::Choice(id) => std::slice::from_ref(id),
            Self::Choices(ids) => ids,
        }
    }
}

impl Answers {
    /// The answer to this question, if there is one.
    pub fn get(&self, question: &str) -> Option<&Answer> {
        self.0.get(question)
    }

    /// Sets an answer, and returns the earlier one.
    pub fn replace(&mut self, question: &str, answer: Option<Answer>) -> Option<Answer> {
        let earlier = self.get(question).cloned();
        self.set(question, answer);
        earlier
    }

    /// Sets an answer, or removes the earlier one.
    pub fn set(&mut self, question: &str, answer: Option<Answer>) {
        self.0.set(question, answer);
    }
}

impl Question {
    /// Reads the entries of this question's controls: the chosen ids, or the digits typed.
    /// `None` is "left open", which only
    /// [`accept`](super::Assessment::accept) judges.
    ///
    /// # Errors
    /// [`AnswerError::NotWhole`] where a number question holds anything but digits,
    /// [`AnswerError::NumberAndOption`] where it holds an option as well.
    pub fn read<'a>(&self, entries: &[String]) -> Result<Option<Answer>, AnswerError<'a>> {
        let mut entries =
            entries.iter().map(|entry| entry.trim()).filter(|entry| !entry.is_empty());
        Ok(match self.kind {
            Kind::Multi => {
                let ids: Vec<String> = entries.map(str::to_owned).collect();
                (!ids.is_empty()).then_some(Answer::Choices(ids))
            }
            Kind::Single => entries.next().map(|id| Answer::Choice(id.to_owned())),
            Kind::Number => return self.read_number(entries.collect()),
        })
    }

    fn read_number<'a>(&self, mut entries: Vec<&str>) -> Result<Option<Answer>, AnswerError<'a>> {
        let option = entries.iter().position(|it| self.option(it).is_some());
        let option = option.map(|at| Answer::Choice(entries.remove(at).to_owned()));
        let typed = entries.first().map(|it| plain(it));
        let typed = typed.as_deref().map(str::trim).filter(|it| !it.is_empty());
        match (option, typed) {
            (option, None) => Ok(option),
            (Some(_), Some(_)) => Err(AnswerError::NumberAndOption),
            // Only digits: `parse` alone would take "+3" too. A number too long to hold is out of
            // any range.
            (None, Some(digits)) if digits.bytes().all(|byte| byte.is_ascii_digit()) => {
                Ok(Some(Answer::Number(digits.parse().unwrap_or(u32::MAX))))
            }
            (None, Some(_)) => Err(AnswerError::NotWhole),
        }
    }

    /// Checks that the question allows this answer, whatever else is answered.
    ///
    /// # Errors
    /// Any [`AnswerError`] but [`AnswerError::Refused`].
    pub fn allows<'a>(&self, answer: Option<&Answer>) -> Result<(), AnswerError<'a>> {
        let answer = answer.ok_or(AnswerError::Missing)?;
        match (self.kind, answer) {
            (Kind::Number, Answer::Number(number)) => {
                let (min, max) = (self.min.unwrap_or(0), self.max.unwrap_or(u32::MAX));
                if (min..=max).contains(number) {
                    Ok(())
                } else {
                    Err(AnswerError::OutOfRange { min, max })
                }
            }
            (Kind::Single | Kind::Number, Answer::Choice(_))
            | (Kind::Multi, Answer::Choices(_)) => {
                let ids = answer.choices();
                if ids.is_empty() {
                    return Err(AnswerError::Missing);
                }
                let mut alone = false;
                for id in ids {
                    alone |= self.option(id).ok_or(AnswerError::Unknown)?.exclusive;
                }
                if alone && ids.len() > 1 { Err(AnswerError::NotAlone) } else { Ok(()) }
            }
            _ => Err(AnswerError::Unknown),
        }
    }
}
