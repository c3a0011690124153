//! The judgement of answers, complete or not: criteria, flags, outcome and its reasons.

use super::answers::Answers;
use super::definition::{Assessment, Because, Condition, Criterion, Flag, Outcome};
use super::facts::Facts;
use super::truth::Truth;

/// All that is known by these answers, whatever the open questions are answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judgement<'a> {
    /// No more is to be answered: every question that is asked has an acceptable answer, or an
    /// answer stopped the assessment.
    pub complete: bool,
    /// The outcome, once it is decided. An immediate one stands alone: nothing is scored.
    pub outcome: Option<&'a Outcome>,
    /// In the definition's order.
    pub criteria: Vec<Points<'a>>,
    /// Those known to be raised, in the definition's order.
    pub flags: Vec<&'a Flag>,
    /// The reasons of the outcome that are known to hold, in the definition's order.
    pub because: Vec<&'a Because>,
}

impl Judgement<'_> {
    /// Returns `true` if the outcome is decided while questions are open.
    pub fn is_early(&self) -> bool {
        self.outcome.is_some() && !self.complete
    }

    /// Returns `true` if an answer stopped the assessment.
    pub fn stops(&self) -> bool {
        self.outcome.is_some_and(|outcome| outcome.immediate)
    }
}

/// The points of a criterion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Points<'a> {
    /// The criterion.
    pub criterion: &'a Criterion,
    /// The least that they can come to.
    pub low: u32,
    /// The most that they can come to; the same once they are known.
    pub high: u32,
    /// Ids of the questions that gave points, each once.
    pub counted: Vec<&'a str>,
}

impl Points<'_> {
    /// The points, once open questions cannot change them.
    pub fn known(&self) -> Option<u32> {
        (self.low == self.high).then_some(self.low)
    }
}

impl Assessment {
    /// Judges a set of answers, complete or not. Answers to questions that are not asked count for
    /// nothing, and one that its question does not allow is none.
    pub fn judge(&self, answers: &Answers) -> Judgement<'_> {
        if let Some(stop) = self.stop(answers) {
            let (criteria, flags, because) = (Vec::new(), Vec::new(), Vec::new());
            return Judgement { complete: true, outcome: Some(stop), criteria, flags, because };
        }
        let facts = Facts::known(self, answers);
        let outcome = decided(self, &facts);
        let holds = |condition: &Condition| facts.holds(condition).is_true();
        let reasons = outcome.into_iter().flat_map(|it| &it.because);
        Judgement {
            complete: self.first_open(answers).is_none(),
            outcome,
            criteria: self.criteria.iter().map(|it| points(it, &facts)).collect(),
            flags: self.flags.iter().filter(|it| holds(&it.when)).collect(),
            because: reasons.filter(|it| holds(&it.when)).collect(),
        }
    }

    /// By each of [`Flag::also`], in their order: it is known to hold for these answers.
    pub fn also(&self, flag: &Flag, answers: &Answers) -> Vec<bool> {
        let facts = Facts::known(self, answers);
        flag.also.iter().map(|also| facts.holds(&also.when).is_true()).collect()
    }
}

/// The first outcome that is not known to be false, if it is known to hold.
fn decided<'a>(assessment: &'a Assessment, facts: &Facts<'_>) -> Option<&'a Outcome> {
    let in_turn =
        |immediate| assessment.outcomes.iter().filter(move |it| it.immediate == immediate);
    let holds = |it: &Outcome| it.when.as_ref().map_or(Truth::True, |when| facts.holds(when));
    let mut left = in_turn(true).chain(in_turn(false)).map(|it| (it, holds(it)));
    let (first, truth) = left.find(|(_, truth)| *truth != Truth::False)?;
    truth.is_true().then_some(first)
}

fn points<'a>(criterion: &'a Criterion, facts: &Facts<'_>) -> Points<'a> {
    let points = facts.points(criterion);
    let mut counted: Vec<&str> = Vec::new();
    let mut count = |id| {
        if !counted.contains(&id) {
            counted.push(id);
        }
    };
    for id in &criterion.add {
        if facts.find(id).is_some_and(|it| it.points().low > 0) {
            count(id);
        }
    }
    for rule in criterion.rules.iter().filter(|it| facts.holds(&it.when).is_true()) {
        rule.when.each_question(&mut count);
    }
    Points { criterion, low: points.low, high: points.high, counted }
}
