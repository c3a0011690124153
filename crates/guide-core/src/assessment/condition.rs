//! When a [`Condition`] holds.

use super::answers::{Answer, Answers};
use super::definition::{Assessment, Choice, Condition};

/// What a condition looks at.
#[derive(Clone, Copy)]
pub(super) struct Facts<'a> {
    pub(super) assessment: &'a Assessment,
    pub(super) answers: &'a Answers,
    /// By question, whether it is asked: if it is not, its answer counts for nothing. None where
    /// every answer counts. Questions beyond its end are not asked yet.
    pub(super) asked: Option<&'a [bool]>,
    /// Raised so far; empty while questions are still being asked.
    pub(super) flags: &'a [String],
    /// The sum of all criteria; 0 while questions are still being asked.
    pub(super) total: u32,
}

impl<'a> Facts<'a> {
    /// Facts while the questions are still being asked.
    pub(super) fn of_answers(assessment: &'a Assessment, answers: &'a Answers) -> Self {
        Self { assessment, answers, asked: None, flags: &[], total: 0 }
    }

    /// The answer to this question, if it counts.
    pub(super) fn answer(&self, id: &str) -> Option<&'a Answer> {
        let answer = self.answers.get(id)?;
        let Some(asked) = self.asked else { return Some(answer) };
        let index = self.assessment.questions.iter().position(|question| question.id == id)?;
        asked.get(index).is_some_and(|asked| *asked).then_some(answer)
    }

    fn chosen(&self, question: &str) -> &'a [String] {
        self.answer(question).map_or(&[], Answer::choices)
    }

    /// The number answered, or the points of what was chosen; 0 without an answer.
    pub(super) fn value(&self, id: &str) -> u32 {
        match self.answer(id) {
            Some(Answer::Number(number)) => *number,
            _ => self.choices(id).fold(0, |sum, choice| sum.saturating_add(choice.points)),
        }
    }

    pub(super) fn hold(&self, condition: &Condition) -> bool {
        match condition {
            Condition::Answered { question, with } => {
                self.chosen(question).iter().any(|id| with.contains(id))
            }
            Condition::Marked { question, with } => {
                self.choices(question).any(|choice| choice.mark.as_ref() == Some(with))
            }
            Condition::Chosen { question, from } => {
                self.choices(question).filter(|choice| !choice.exclusive).count() >= *from as usize
            }
            Condition::Sum { of, from, to } => {
                let sum = of.iter().fold(0_u32, |sum, id| sum.saturating_add(self.value(id)));
                within(sum, *from, *to)
            }
            Condition::Total { from, to } => within(self.total, *from, *to),
            Condition::Flag(id) => self.flags.contains(id),
            Condition::All(parts) => parts.iter().all(|part| self.hold(part)),
            Condition::Any(parts) => parts.iter().any(|part| self.hold(part)),
            Condition::Not(part) => !self.hold(part),
        }
    }

    /// The options chosen, each once.
    fn choices(&self, question: &str) -> impl Iterator<Item = &'a Choice> {
        let options = self.assessment.question(question).map_or(&[][..], |it| &it.options);
        let chosen = self.chosen(question);
        options.iter().filter(move |option| chosen.contains(&option.id))
    }
}

fn within(number: u32, from: Option<u32>, to: Option<u32>) -> bool {
    from.is_none_or(|from| number >= from) && to.is_none_or(|to| number <= to)
}
