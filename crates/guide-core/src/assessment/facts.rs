//! The one evaluator of conditions: judges answers that are complete, and those that are not.

use super::answers::{Answer, Answers};
use super::definition::{Assessment, Choice, Condition, Criterion, Kind, Question};
use super::truth::{Interval, Truth};

/// Everything that a condition looks at.
#[derive(Clone)]
pub(super) struct Facts<'a> {
    pub(super) assessment: &'a Assessment,
    /// By question, in the order of the definition.
    pub(super) questions: Vec<Fact<'a>>,
}

/// The state of one question.
#[derive(Clone)]
pub(super) struct Fact<'a> {
    pub(super) question: &'a Question,
    /// It is asked. If it is not, its answer counts for nothing.
    pub(super) asked: Truth,
    /// Its answer, if it is asked.
    pub(super) answer: Possible,
}

/// Every answer that a question can still have: a number, or options.
#[derive(Clone)]
pub(super) struct Possible {
    /// The number; `None` if it cannot be one.
    pub(super) number: Option<Interval>,
    /// By each of the question's options: it is chosen.
    pub(super) options: Vec<Truth>,
}

impl Possible {
    /// An answer that is given. None is nothing chosen, and 0.
    fn given(question: &Question, answer: Option<&Answer>) -> Self {
        let number = match (question.kind, answer) {
            (Kind::Number, None) => Some(Interval::ZERO),
            (Kind::Number, Some(Answer::Number(number))) => Some(Interval::only(*number)),
            _ => None,
        };
        let ids = answer.map_or(&[][..], Answer::choices);
        let options = question.options.iter().map(|it| ids.contains(&it.id).into()).collect();
        Self { number, options }
    }

    /// Any answer that the question accepts.
    fn any(question: &Question) -> Self {
        let (low, high) = (question.min.unwrap_or(0), question.max.unwrap_or(u32::MAX));
        let number = (question.kind == Kind::Number).then_some(Interval { low, high });
        Self { number, options: vec![Truth::Open; question.options.len()] }
    }
}

impl<'a> Facts<'a> {
    /// Every answer counts, acceptable or not, whether its question is asked or not. A question
    /// without one has nothing chosen, and 0.
    pub(super) fn as_given(assessment: &'a Assessment, answers: &Answers) -> Self {
        Self::new(assessment, |it| Possible::given(it, answers.get(&it.id)))
    }

    /// A question without an acceptable answer can still have any, if it is asked.
    pub(super) fn known(assessment: &'a Assessment, answers: &Answers) -> Self {
        let mut facts = Self::new(assessment, |it| {
            let answer = answers.get(&it.id);
            if it.allows(answer).is_ok() { Possible::given(it, answer) } else { Possible::any(it) }
        });
        facts.decide_asked();
        facts
    }

    /// Nothing is answered, and every question is asked. No condition is looked at.
    #[cfg(not(target_arch = "wasm32"))]
    pub(super) fn unanswered(assessment: &'a Assessment) -> Self {
        Self::new(assessment, Possible::any)
    }

    fn new(assessment: &'a Assessment, answer: impl Fn(&Question) -> Possible) -> Self {
        let fact = |question| Fact { question, asked: Truth::True, answer: answer(question) };
        Self { assessment, questions: assessment.questions.iter().map(fact).collect() }
    }

    /// Decides anew which questions are asked, each by the answers before it.
    pub(super) fn decide_asked(&mut self) {
        self.questions.iter_mut().for_each(|it| it.asked = Truth::False);
        for (index, question) in self.assessment.questions.iter().enumerate() {
            let asked = question.ask_when.as_ref().map_or(Truth::True, |it| self.holds(it));
            if let Some(fact) = self.questions.get_mut(index) {
                fact.asked = asked;
            }
        }
    }

    pub(super) fn holds(&self, condition: &Condition) -> Truth {
        let between = |it: Interval, from: &Option<u32>, to: &Option<u32>| {
            it.within(from.unwrap_or(0), to.unwrap_or(u32::MAX))
        };
        let at_least = |from, question: &str, counts: &dyn Fn(&Choice) -> bool| {
            let chosen = self.find(question).map(|it| it.chosen(counts));
            chosen.unwrap_or(Interval::ZERO).within(from, u32::MAX)
        };
        match condition {
            Condition::Answered { question, with } => {
                at_least(1, question, &|option| with.contains(&option.id))
            }
            Condition::Marked { question, with } => {
                at_least(1, question, &|option| option.mark.as_ref() == Some(with))
            }
            Condition::Chosen { question, from } => {
                at_least(*from, question, &|option| !option.exclusive)
            }
            Condition::Sum { of, from, to } => between(self.sum(of), from, to),
            Condition::Criterion { id, from, to } => {
                let criterion = self.assessment.criteria.iter().find(|it| it.id == *id);
                criterion.map_or(Truth::False, |it| between(self.points(it), from, to))
            }
            Condition::Flag(id) => {
                let flag = self.assessment.flags.iter().find(|it| it.id == *id);
                flag.map_or(Truth::False, |it| self.holds(&it.when))
            }
            Condition::All(parts) => Truth::all(parts.iter().map(|part| self.holds(part))),
            Condition::Any(parts) => Truth::any(parts.iter().map(|part| self.holds(part))),
            Condition::Not(part) => self.holds(part).not(),
        }
    }

    /// The points of a criterion, at most its `max`.
    pub(super) fn points(&self, criterion: &Criterion) -> Interval {
        self.uncut_points(criterion).at_most(criterion.max)
    }

    /// The points of a criterion, those above its `max` included.
    pub(super) fn uncut_points(&self, criterion: &Criterion) -> Interval {
        let rules = criterion.rules.iter();
        let ruled = rules.map(|it| Interval::only(it.points).if_true(self.holds(&it.when)));
        Interval::sum(ruled.chain([self.sum(&criterion.add)]))
    }

    /// The numbers of these questions together, or the points of their chosen options.
    pub(super) fn sum(&self, of: &[String]) -> Interval {
        Interval::sum(of.iter().filter_map(|id| self.find(id)).map(Fact::points))
    }

    pub(super) fn find(&self, id: &str) -> Option<&Fact<'a>> {
        self.questions.iter().find(|fact| fact.question.id == id)
    }
}

impl Fact<'_> {
    /// The number, or the points of the chosen options.
    pub(super) fn points(&self) -> Interval {
        self.amount(self.answer.number, &Choice::points)
    }

    /// The number of options chosen, of those that count.
    fn chosen(&self, counts: &dyn Fn(&Choice) -> bool) -> Interval {
        let number = self.answer.number.map(|_| Interval::ZERO);
        self.amount(number, &|option| counts(option).into())
    }

    /// The smallest and the largest amount that the possible answers come to, each option counted
    /// by its weight.
    fn amount(&self, number: Option<Interval>, weight: &dyn Fn(&Choice) -> u32) -> Interval {
        let several = self.question.kind == Kind::Multi;
        // Of the chosen options, and of all others that can be chosen together with them.
        let (mut chosen, mut together) = (None, 0_u32);
        // Of one answer alone.
        let mut alone = number;
        for (option, truth) in self.question.options.iter().zip(&self.answer.options) {
            let weight = weight(option);
            match truth {
                Truth::True => chosen = Some(weight.saturating_add(chosen.unwrap_or(0))),
                Truth::Open => {
                    let (low, high) = alone.map_or((weight, weight), |it| (it.low, it.high));
                    alone = Some(Interval { low: low.min(weight), high: high.max(weight) });
                    if several && !option.exclusive {
                        together = together.saturating_add(weight);
                    }
                }
                Truth::False => {}
            }
        }
        let amount = match chosen {
            Some(low) => Interval { low, high: low.saturating_add(together) },
            // An answer has at least one option, so the smallest is one of them alone.
            None => {
                let Interval { low, high } = alone.unwrap_or(Interval::ZERO);
                Interval { low, high: high.max(together) }
            }
        };
        amount.if_true(self.asked)
    }
}
