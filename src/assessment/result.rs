//! A result: the answers and their judgement, as the screen of the result says them.

use guide_core::assessment::definition::{Because, Flag, Question};
use guide_core::assessment::judgement::Points;
use guide_core::assessment::{Answer, Answers, Assessment, Judgement};

use super::dom::in_words;

/// A result. Indexes are those of the definition.
pub struct Judged {
    assessment: &'static Assessment,
    /// Those to questions that are asked.
    answers: Answers,
    judgement: Judgement<'static>,
}

impl Judged {
    /// The result of these answers.
    pub fn new(
        assessment: &'static Assessment,
        answers: &Answers,
        judgement: Judgement<'static>,
    ) -> Self {
        Self { assessment, answers: assessment.relevant(answers), judgement }
    }

    /// Returns `true` if questions are open.
    pub fn is_early(&self) -> bool {
        !self.judgement.complete
    }

    /// Returns `true` if this is the outcome.
    pub fn is(&self, outcome: usize) -> bool {
        let outcome = self.assessment.outcomes.get(outcome).map(|it| &it.id);
        outcome.is_some() && self.judgement.outcome.map(|it| &it.id) == outcome
    }

    /// By each reason of an outcome: it holds.
    pub fn because(&self, outcome: usize) -> Vec<bool> {
        let all = self.assessment.outcomes.get(outcome).map_or(&[][..], |it| &it.because);
        let holds =
            |because: &Because| self.judgement.because.iter().any(|it| std::ptr::eq(*it, because));
        all.iter().map(holds).collect()
    }

    /// The points of a criterion, once they are known.
    pub fn points(&self, criterion: usize) -> Option<u32> {
        self.judgement.criteria.get(criterion).and_then(Points::known)
    }

    /// By each grade: it is that of a criterion. Behind the last one stands that the points are not known
    /// yet.
    pub fn grade(&self, criterion: usize) -> Vec<bool> {
        let unknown = self.assessment.grades.len();
        let points = self.points(criterion);
        let grade = points.map_or(Some(unknown), |points| self.assessment.grade(points));
        (0..=unknown).map(|nth| grade == Some(nth)).collect()
    }

    /// By each question that a criterion looks at, the answer if it gave points; without any points, every
    /// answer.
    pub fn counted(&self, criterion: usize) -> Vec<Option<String>> {
        let Some(points) = self.judgement.criteria.get(criterion) else { return Vec::new() };
        let questions = points.criterion.questions().into_iter();
        let answer = |question: &Question| {
            let counts = points.counted.is_empty() || points.counted.contains(&&*question.id);
            let shown = counts && self.answers.get(&question.id).is_some();
            shown.then(|| in_words(self.assessment, question, &self.answers))
        };
        questions.filter_map(|id| self.assessment.question(id)).map(answer).collect()
    }

    /// Returns `true` if there are flags below the outcome.
    pub fn has_flags(&self) -> bool {
        self.judgement.flags.iter().any(|it| !it.at_once)
    }

    /// Returns `true` if a flag is raised. The same flag, not an equal one: comparing whole flags takes code
    /// that nothing else needs.
    pub fn raises(&self, flag: &Flag) -> bool {
        self.judgement.flags.iter().any(|it| std::ptr::eq(*it, flag))
    }

    /// Returns `true` if a conditional sentence holds, of those of all flags.
    pub fn also(&self, nth: usize) -> bool {
        let said = |flag| {
            let raised = self.raises(flag);
            self.assessment.also(flag, &self.answers).into_iter().map(move |it| raised && it)
        };
        self.assessment.flags.iter().flat_map(said).nth(nth).unwrap_or_default()
    }

    /// By each option that a flag lists: it was chosen.
    pub fn options(&self, flag: usize) -> Vec<bool> {
        let flag = self.assessment.flags.get(flag).filter(|it| self.raises(it));
        let listed = flag.and_then(|it| self.assessment.question(it.lists.as_ref()?));
        let Some(question) = listed else { return Vec::new() };
        let chosen = self.answers.get(&question.id).map_or(&[][..], Answer::choices);
        let options = question.options.iter().filter(|it| !it.exclusive);
        options.map(|it| chosen.contains(&it.id)).collect()
    }

    /// The answer to a question, in words.
    pub fn answer(&self, question: usize) -> String {
        let question = self.assessment.questions.get(question);
        question.map(|it| in_words(self.assessment, it, &self.answers)).unwrap_or_default()
    }
}
