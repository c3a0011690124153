//! The order of the questions: the next one, the open ones, and when they stop.

use super::answers::{AnswerError, Answers};
use super::definition::{Assessment, Limit, Outcome, Question};
use super::facts::Facts;
use super::truth::Truth;

/// A question that is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AskedQuestion<'a> {
    /// In [`Assessment::questions`].
    pub index: usize,
    /// The question.
    pub question: &'a Question,
}

/// A question that still needs an acceptable answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenQuestion<'a> {
    /// In [`Assessment::questions`].
    pub index: usize,
    /// The question.
    pub question: &'a Question,
    /// The reason why its answer, or none, is not accepted.
    pub error: AnswerError<'a>,
}

/// "Step 3 of 20".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Counted from 1.
    pub step: usize,
    /// The number of steps.
    pub of: usize,
}

impl Assessment {
    /// The questions known to be asked given these answers, in order. Questions that an earlier
    /// answer makes pointless are not among them.
    pub fn asked(&self, answers: &Answers) -> Vec<AskedQuestion<'_>> {
        asked_by(&Facts::known(self, answers)).collect()
    }

    /// The progress shown at the question of this index: its place among those asked given these
    /// answers, and how many these are, those included that may be asked once an earlier question
    /// is answered.
    pub fn progress(&self, answers: &Answers, index: usize) -> Progress {
        let facts = Facts::known(self, answers);
        Progress {
            step: asked_by(&facts).filter(|it| it.index <= index).count(),
            of: facts.questions.iter().filter(|it| it.asked != Truth::False).count(),
        }
    }

    /// The progress in events for the page around, which must not depend on an answer: only
    /// questions that everybody is asked count. A question that only some are asked is part of the step that
    /// follows for everybody else.
    pub fn shared_step(&self, index: usize) -> Progress {
        let shared = |it: &&Question| it.ask_when.is_none();
        let before = self.questions.iter().take(index).filter(shared).count();
        let of = self.questions.iter().filter(shared).count();
        Progress { step: (before + 1).min(of), of }
    }

    /// These answers without those to questions that are not asked.
    pub fn relevant(&self, answers: &Answers) -> Answers {
        let mut relevant = Answers::default();
        for AskedQuestion { question, .. } in self.asked(answers) {
            relevant.set(&question.id, answers.get(&question.id).cloned());
        }
        relevant
    }

    /// The outcome that stops the assessment at once, if these answers call for one. It holds
    /// whatever else is missing or contradictory: safety first.
    pub fn stop(&self, answers: &Answers) -> Option<&Outcome> {
        let facts = Facts::as_given(self, answers);
        self.outcomes
            .iter()
            .filter(|outcome| outcome.immediate)
            .find(|outcome| outcome.when.as_ref().is_some_and(|it| facts.holds(it).is_true()))
    }

    /// Checks that `answers` hold an acceptable answer to this question, one that no limit refuses.
    ///
    /// # Errors
    /// The first [`AnswerError`] found.
    pub fn accept(&self, question: &Question, answers: &Answers) -> Result<(), AnswerError<'_>> {
        question.allows(answers.get(&question.id))?;
        self.within_limits(question, &Facts::known(self, answers))
    }

    /// The first question that still needs an acceptable answer.
    pub fn first_open(&self, answers: &Answers) -> Option<OpenQuestion<'_>> {
        let facts = Facts::known(self, answers);
        asked_by(&facts).find_map(|AskedQuestion { index, question }| {
            let allowed = question.allows(answers.get(&question.id));
            let error = allowed.and_then(|()| self.within_limits(question, &facts)).err()?;
            Some(OpenQuestion { index, question, error })
        })
    }

    fn within_limits(&self, question: &Question, facts: &Facts<'_>) -> Result<(), AnswerError<'_>> {
        let refuses =
            |limit: &&Limit| limit.question == question.id && facts.holds(&limit.never).is_true();
        let refused = self.limits.iter().find(refuses);
        refused.map_or(Ok(()), |limit| Err(AnswerError::Refused(limit)))
    }
}

fn asked_by<'a>(facts: &Facts<'a>) -> impl Iterator<Item = AskedQuestion<'a>> {
    let asked = facts.questions.iter().enumerate().filter(|(_, fact)| fact.asked.is_true());
    asked.map(|(index, fact)| AskedQuestion { index, question: fact.question })
}
