//! Which question comes next, and when the questions stop.

use super::answers::{AnswerError, Answers};
use super::condition::Facts;
use super::definition::{Assessment, Outcome, Question};

impl Assessment {
    /// The questions to be asked given these answers, in order, with their index in
    /// [`Assessment::questions`]. Questions that an earlier answer makes pointless are not among
    /// them.
    pub fn asked(&self, answers: &Answers) -> Vec<(usize, &Question)> {
        self.follow(answers).0
    }

    /// How many questions are asked given these answers, those included that may be asked once an
    /// earlier question is answered: the total that progress is told against.
    pub fn expected(&self, answers: &Answers) -> usize {
        let asked = self.asked(answers);
        let may_be = |question: &Question| {
            let mut open = false;
            if let Some(condition) = &question.ask_when {
                condition.each_question(&mut |id| open |= answers.get(id).is_none());
            }
            open
        };
        let expected = |(index, question): &(usize, &Question)| {
            asked.iter().any(|(asked, _)| asked == index) || may_be(question)
        };
        self.questions.iter().enumerate().filter(expected).count()
    }

    /// These answers without those to questions that are not asked.
    pub fn relevant(&self, answers: &Answers) -> Answers {
        self.follow(answers).1
    }

    /// The questions asked, and the answers to them.
    fn follow(&self, answers: &Answers) -> (Vec<(usize, &Question)>, Answers) {
        let mut known = Answers::default();
        let mut asked = Vec::new();
        for (index, question) in self.questions.iter().enumerate() {
            let needed = question
                .ask_when
                .as_ref()
                .is_none_or(|condition| Facts::of_answers(self, &known).hold(condition));
            if needed {
                known.set(&question.id, answers.get(&question.id).cloned());
                asked.push((index, question));
            }
        }
        (asked, known)
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
        let (asked, relevant) = self.follow(answers);
        asked.into_iter().find_map(|(index, question)| {
            self.accept(question, &relevant).err().map(|error| (index, error))
        })
    }
}
