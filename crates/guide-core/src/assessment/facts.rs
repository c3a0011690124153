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
    /// Ids of the flags raised; empty until they are scored.
    pub(super) flags: Vec<String>,
    /// The sum of all criteria; 0 until they are scored.
    pub(super) total: u32,
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

/// Every answer that a question can still have.
#[derive(Clone)]
pub(super) enum Possible {
    /// A number.
    Number(Interval),
    /// Options: by each, it is chosen.
    Options(Vec<Truth>),
}

impl Possible {
    /// An answer that is given. None is nothing chosen, and 0.
    fn given(question: &Question, answer: Option<&Answer>) -> Self {
        match answer {
            Some(Answer::Number(number)) => Self::Number(Interval::only(*number)),
            chosen => {
                let ids = chosen.map_or(&[][..], Answer::choices);
                let chosen = question.options.iter().map(|it| ids.contains(&it.id).into());
                Self::Options(chosen.collect())
            }
        }
    }

    /// Any answer that the question accepts.
    fn any(question: &Question) -> Self {
        match question.kind {
            Kind::Number => Self::Number(Interval {
                low: if question.optional { 0 } else { question.min.unwrap_or(0) },
                high: question.max.unwrap_or(u32::MAX),
            }),
            Kind::Single | Kind::Multi => Self::Options(vec![Truth::Open; question.options.len()]),
        }
    }
}

impl<'a> Facts<'a> {
    /// Every answer counts, whether its question is asked or not. A question without one has
    /// nothing chosen, and 0.
    pub(super) fn of_all(assessment: &'a Assessment, answers: &Answers) -> Self {
        Self::new(assessment, |it| Possible::given(it, answers.get(&it.id)))
    }

    /// Only answers to questions that are asked count.
    pub(super) fn of_asked(assessment: &'a Assessment, answers: &Answers) -> Self {
        let mut facts = Self::of_all(assessment, answers);
        facts.decide_asked();
        facts
    }

    /// As [`Facts::of_asked`], but a question without an answer can still have any.
    pub(super) fn open(assessment: &'a Assessment, answers: &Answers) -> Self {
        let mut facts = Self::new(assessment, |it| match answers.get(&it.id) {
            None => Possible::any(it),
            answer => Possible::given(it, answer),
        });
        facts.decide_asked();
        facts
    }

    /// Nothing is answered, and every question is asked.
    #[cfg(not(target_arch = "wasm32"))]
    pub(super) fn unanswered(assessment: &'a Assessment) -> Self {
        Self::new(assessment, Possible::any)
    }

    fn new(assessment: &'a Assessment, answer: impl Fn(&Question) -> Possible) -> Self {
        let fact = |question| Fact { question, asked: Truth::True, answer: answer(question) };
        let questions = assessment.questions.iter().map(fact).collect();
        Self { assessment, questions, flags: Vec::new(), total: 0 }
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
        match condition {
            Condition::Answered { question, with } => {
                self.chosen(question, &|option| with.contains(&option.id)).within(1, u32::MAX)
            }
            Condition::Marked { question, with } => {
                let marked = self.chosen(question, &|option| option.mark.as_ref() == Some(with));
                marked.within(1, u32::MAX)
            }
            Condition::Chosen { question, from } => {
                self.chosen(question, &|option| !option.exclusive).within(*from, u32::MAX)
            }
            Condition::Sum { of, from, to } => {
                self.sum(of).within(from.unwrap_or(0), to.unwrap_or(u32::MAX))
            }
            Condition::Total { from, to } => {
                Interval::only(self.total).within(from.unwrap_or(0), to.unwrap_or(u32::MAX))
            }
            Condition::Flag(id) => self.flags.contains(id).into(),
            Condition::All(parts) => Truth::all(parts.iter().map(|part| self.holds(part))),
            Condition::Any(parts) => Truth::any(parts.iter().map(|part| self.holds(part))),
            Condition::Not(part) => self.holds(part).not(),
        }
    }

    /// The points of a criterion, those above its `max` included.
    pub(super) fn points(&self, criterion: &Criterion) -> Interval {
        let rules = criterion.rules.iter();
        let ruled = rules.map(|it| Interval::only(it.points).if_true(self.holds(&it.when)));
        Interval::sum(ruled.chain([self.sum(&criterion.add)]))
    }

    /// The numbers of these questions together, or the points of their chosen options.
    pub(super) fn sum(&self, of: &[String]) -> Interval {
        let facts = of.iter().filter_map(|id| self.find(id));
        Interval::sum(facts.map(|fact| {
            let value = match &fact.answer {
                Possible::Number(number) => *number,
                Possible::Options(chosen) => points(fact.question, chosen),
            };
            value.if_true(fact.asked)
        }))
    }

    /// The number of options chosen, of those that count.
    fn chosen(&self, question: &str, counts: &dyn Fn(&Choice) -> bool) -> Interval {
        let Some(fact) = self.find(question) else { return Interval::ZERO };
        let Possible::Options(chosen) = &fact.answer else { return Interval::ZERO };
        let options = fact.question.options.iter().zip(chosen).filter(|(option, _)| counts(option));
        Interval::sum(options.map(|(_, chosen)| Interval::only(1).if_true(*chosen)))
            .if_true(fact.asked)
    }

    fn find(&self, id: &str) -> Option<&Fact<'a>> {
        self.questions.iter().find(|fact| fact.question.id == id)
    }
}

/// The points of the options that are, or can still be, chosen.
fn points(question: &Question, chosen: &[Truth]) -> Interval {
    let options = || question.options.iter().zip(chosen);
    let each = options().map(|(option, chosen)| Interval::only(option.points()).if_true(*chosen));
    let all = Interval::sum(each);
    if question.kind == Kind::Multi || !chosen.contains(&Truth::Open) {
        return all;
    }
    // Exactly one of the open ones is going to be chosen, or none where that is allowed.
    let open = options().filter(|(_, it)| **it == Truth::Open).map(|(option, _)| option.points());
    let least = if question.optional { Some(0) } else { open.clone().min() };
    Interval { low: least.unwrap_or(0), high: open.max().unwrap_or(0) }
}
