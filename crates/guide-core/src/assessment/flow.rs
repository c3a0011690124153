//! Which question comes next, and when the questions stop.

use super::answers::{AnswerError, Answers};
use super::condition::Facts;
use super::definition::{Assessment, Outcome, Question};

impl Assessment {
    /// The questions to be asked given these answers, in order, with their index in
    /// [`Assessment::questions`]. Questions that an earlier answer makes pointless are not among
    /// them.
    pub fn asked(&self, answers: &Answers) -> Vec<(usize, &Question)> {
        let asks = self.asks(answers);
        let all = self.questions.iter().enumerate().zip(asks);
        all.filter(|(_, asked)| *asked).map(|(question, _)| question).collect()
    }

    /// What progress tells of the question of this index: its place among those asked given these
    /// answers, counted from 1, and how many these are, those included that may be asked once an
    /// earlier question is answered.
    pub fn progress(&self, answers: &Answers, index: usize) -> (usize, usize) {
        let may_be = |question: &Question| {
            let mut open = false;
            if let Some(condition) = &question.ask_when {
                condition.each_question(&mut |id| open |= answers.get(id).is_none());
            }
            open
        };
        let asks = self.asks(answers);
        let current = asks.iter().take(index + 1).filter(|asked| **asked).count();
        let all = self.questions.iter().zip(asks);
        (current, all.filter(|(it, asked)| *asked || may_be(it)).count())
    }

    /// The step of the question of this index, counted from 1, and the number of steps: only
    /// questions that everybody is asked count, so that neither depends on an answer. A question
    /// that only some are asked is part of the step that follows for everybody else.
    pub fn shared_step(&self, index: usize) -> (usize, usize) {
        let shared = |it: &&Question| it.ask_when.is_none();
        let before = self.questions.iter().take(index).filter(shared).count();
        let all = self.questions.iter().filter(shared).count();
        ((before + 1).min(all), all)
    }

    /// These answers without those to questions that are not asked.
    pub fn relevant(&self, answers: &Answers) -> Answers {
        let mut relevant = Answers::default();
        for (_, question) in self.asked(answers) {
            relevant.set(&question.id, answers.get(&question.id).cloned());
        }
        relevant
    }

    /// By question, whether it is asked. Called at every step: no answer is copied.
    pub(super) fn asks(&self, answers: &Answers) -> Vec<bool> {
        let mut asks = Vec::with_capacity(self.questions.len());
        for question in &self.questions {
            let facts = Facts { asked: Some(&asks), ..Facts::of_answers(self, answers) };
            let needed = question.ask_when.as_ref().is_none_or(|when| facts.hold(when));
            asks.push(needed);
        }
        asks
    }

    /// The outcome that stops the assessment at once, if these answers call for one. It holds
    /// whatever else is missing or contradictory: safety first.
    pub fn stop(&self, answers: &Answers) -> Option<&Outcome> {
        let facts = Facts::of_answers(self, answers);
        self.outcomes
            .iter()
            .filter(|outcome| outcome.immediate)
            .find(|outcome| outcome.when.as_ref().is_some_and(|when| facts.hold(when)))
    }

    /// The first question that still needs an acceptable answer, and why. Optional questions that
    /// were left open need none.
    pub fn first_open(&self, answers: &Answers) -> Option<(usize, AnswerError<'_>)> {
        let asks = self.asks(answers);
        let facts = Facts { asked: Some(&asks), ..Facts::of_answers(self, answers) };
        let asked = self.questions.iter().enumerate().zip(&asks).filter(|(_, asked)| **asked);
        asked.map(|(question, _)| question).find_map(|(index, question)| {
            self.accept_of(question, &facts).err().map(|error| (index, error))
        })
    }
}
