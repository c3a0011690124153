//! The search for answers that reach a goal: exact, by cases.
//!
//! While a goal is open, one more thing that it depends on is decided both ways: an option is
//! chosen or not, a number is below a bound or not.

use std::collections::BTreeSet;

use super::goal::Goal;
use crate::assessment::answers::Answers;
use crate::assessment::definition::{Assessment, Condition, Criterion, Kind, Question};
use crate::assessment::facts::{Fact, Facts, Possible};
use crate::assessment::truth::{Interval, Truth};

/// The most cases that are looked at; a definition of 17 questions needs some hundred.
const CASES: usize = 20_000;

/// The search ended without a result: it would take more than [`CASES`] cases.
struct GaveUp;

/// A part of the answers that is still open.
#[derive(Clone, Copy)]
enum Undecided {
    /// The number of the question of this index.
    Number { question: usize },
    /// An option of the question of this index, by its own.
    Option { question: usize, option: usize },
}

/// Answers that reach a goal.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Answer {
    /// There are some.
    Some,
    /// There are none.
    None,
    /// It takes too many cases to know.
    NotKnown,
}

/// Searches for answers that reach a goal, among those that no limit refuses.
pub(super) fn find(assessment: &Assessment, goal: &Goal<'_>) -> Answer {
    let nothing_known = Facts::known(assessment, &Answers::default());
    let mut search = Search { goal, bounds: bounds(assessment), cases: CASES };
    match search.reaches(&nothing_known) {
        Ok(true) => Answer::Some,
        Ok(false) => Answer::None,
        Err(GaveUp) => Answer::NotKnown,
    }
}

struct Search<'a> {
    goal: &'a Goal<'a>,
    /// By question, the numbers at which a condition on it alone changes.
    bounds: Vec<BTreeSet<u32>>,
    /// Those left.
    cases: usize,
}

impl Search<'_> {
    /// Some completion of these answers reaches the goal.
    fn reaches(&mut self, facts: &Facts<'_>) -> Result<bool, GaveUp> {
        self.cases = self.cases.checked_sub(1).ok_or(GaveUp)?;
        let undecided = match self.goal.holds(facts) {
            Truth::False => return Ok(false),
            Truth::True => return Ok(true),
            Truth::Open => open_goal(facts, self.goal).ok_or(GaveUp)?,
        };
        for case in self.split(facts, undecided) {
            if self.reaches(&case)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The same answers with this decided: one way, and the other. A case that cannot be is left out.
    fn split<'a>(&self, facts: &Facts<'a>, undecided: Undecided) -> Vec<Facts<'a>> {
        let with = |question: usize, answer| {
            let mut case = facts.clone();
            case.questions[question].answer = answer;
            case.decide_asked();
            case
        };
        match undecided {
            Undecided::Number { question } => {
                let Possible { number, options } = &facts.questions[question].answer;
                let Some(Interval { low, high }) = *number else { return Vec::new() };
                let middle = low + (high - low) / 2 + 1;
                // Between two bounds no condition on this number alone can tell; a sum of several can.
                let bounds = self.bounds[question].range(low + 1..=high);
                let upper = *bounds.min_by_key(|it| it.abs_diff(middle)).unwrap_or(&middle);
                let part = |(low, high)| {
                    let (number, options) = (Some(Interval { low, high }), options.clone());
                    with(question, Possible { number, options })
                };
                [(low, upper - 1), (upper, high)].into_iter().map(part).collect()
            }
            Undecided::Option { question, option } => {
                let asked = facts.questions[question].question;
                let mut cases = Vec::new();
                for truth in [Truth::True, Truth::False] {
                    let mut decided = facts.questions[question].answer.clone();
                    decided.options[option] = truth;
                    if conclude(asked, &mut decided).is_ok() {
                        cases.push(with(question, decided));
                    }
                }
                cases
            }
        }
    }
}

fn bounds(assessment: &Assessment) -> Vec<BTreeSet<u32>> {
    let mut all = vec![BTreeSet::new(); assessment.questions.len()];
    let mut add = |condition: &Condition| {
        condition.each_leaf(&mut |leaf| {
            let Condition::Sum { of, from, to } = leaf else { return };
            let [only] = of.as_slice() else { return };
            if let Some(index) = assessment.questions.iter().position(|it| it.id == *only) {
                all[index].extend(from);
                all[index].extend(to.and_then(|to| to.checked_add(1)));
            }
        });
    };
    assessment.conditions().for_each(&mut add);
    all
}

/// The options chosen contradict the question.
struct Contradiction;

/// Decides every option that follows from those decided.
fn conclude(question: &Question, answer: &mut Possible) -> Result<(), Contradiction> {
    let alone = |nth: usize| question.kind != Kind::Multi || question.options[nth].exclusive;
    let chosen = &mut answer.options;
    loop {
        let before = chosen.clone();
        for one in (0..chosen.len()).filter(|one| before[*one].is_true()) {
            // An option stands in place of a number.
            answer.number = None;
            for other in (0..chosen.len()).filter(|other| *other != one) {
                if alone(one) || alone(other) {
                    if chosen[other].is_true() {
                        return Err(Contradiction);
                    }
                    chosen[other] = Truth::False;
                }
            }
        }
        if answer.number.is_none() && !chosen.contains(&Truth::True) {
            let mut left = (0..chosen.len()).filter(|nth| chosen[*nth] == Truth::Open);
            let last = left.next().ok_or(Contradiction)?;
            if left.next().is_none() {
                chosen[last] = Truth::True;
            }
        }
        if *chosen == before {
            return Ok(());
        }
    }
}

/// The part of the answers to decide next for a goal.
fn open_goal(facts: &Facts<'_>, goal: &Goal<'_>) -> Option<Undecided> {
    if goal.holds(facts) != Truth::Open {
        return None;
    }
    match goal {
        Goal::Condition(condition) => open_condition(facts, condition),
        Goal::Points { of, .. } => open_points(facts, of),
        Goal::All(parts) => parts.iter().find_map(|it| open_goal(facts, it)),
        Goal::Not(part) => open_goal(facts, part),
    }
}

fn open_condition(facts: &Facts<'_>, condition: &Condition) -> Option<Undecided> {
    if facts.holds(condition) != Truth::Open {
        return None;
    }
    match condition {
        Condition::Answered { question, .. }
        | Condition::Marked { question, .. }
        | Condition::Chosen { question, .. } => open_option(facts, condition, question),
        Condition::Sum { of, .. } => open_in(facts, of),
        Condition::All(parts) | Condition::Any(parts) => {
            parts.iter().find_map(|it| open_condition(facts, it))
        }
        Condition::Not(part) => open_condition(facts, part),
        Condition::Criterion { id, .. } => {
            let criterion = facts.assessment.criteria.iter().find(|it| it.id == *id)?;
            open_points(facts, criterion)
        }
        Condition::Flag(id) => {
            let flag = facts.assessment.flags.iter().find(|it| it.id == *id)?;
            open_condition(facts, &flag.when)
        }
    }
}

fn open_points(facts: &Facts<'_>, criterion: &Criterion) -> Option<Undecided> {
    let rule = criterion.rules.iter().find_map(|it| open_condition(facts, &it.when));
    rule.or_else(|| open_in(facts, &criterion.add))
}

/// The first of these questions' answers that a sum depends on.
fn open_in(facts: &Facts<'_>, of: &[String]) -> Option<Undecided> {
    of.iter().find_map(|id| {
        let index = index_of(facts, id)?;
        let Fact { question, answer, .. } = &facts.questions[index];
        let is_number = question.kind == Kind::Number;
        let counts = |nth: &usize| is_number || question.options[*nth].points() > 0;
        open_asked(facts, index).or_else(|| open_among(index, &answer.options, counts)).or_else(
            || {
                let Interval { low, high } = answer.number?;
                (low < high).then_some(Undecided::Number { question: index })
            },
        )
    })
}

/// The first option that a condition on one question depends on.
fn open_option(facts: &Facts<'_>, condition: &Condition, id: &str) -> Option<Undecided> {
    let index = index_of(facts, id)?;
    let Fact { question, answer, .. } = &facts.questions[index];
    let looked_at = |nth: &usize| {
        let option = &question.options[*nth];
        match condition {
            Condition::Answered { with, .. } => with.contains(&option.id),
            Condition::Marked { with, .. } => option.mark.as_ref() == Some(with),
            _ => !option.exclusive,
        }
    };
    open_asked(facts, index).or_else(|| open_among(index, &answer.options, looked_at))
}

fn open_among(
    question: usize,
    chosen: &[Truth],
    counts: impl Fn(&usize) -> bool,
) -> Option<Undecided> {
    let mut options = (0..chosen.len()).filter(counts);
    let option = options.find(|nth| chosen[*nth] == Truth::Open)?;
    Some(Undecided::Option { question, option })
}

/// The part of the answers that decides whether a question is asked, if that is open.
fn open_asked(facts: &Facts<'_>, index: usize) -> Option<Undecided> {
    open_condition(facts, facts.questions[index].question.ask_when.as_ref()?)
}

fn index_of(facts: &Facts<'_>, id: &str) -> Option<usize> {
    facts.questions.iter().position(|fact| fact.question.id == id)
}
