//! The search for answers that reach a goal: exact, by cases.
//!
//! While a goal is open, one more thing that it depends on is decided both ways: an option is
//! chosen or not, a number lies in the lower or the upper half.

use super::goal::Goal;
use crate::assessment::answers::Answers;
use crate::assessment::definition::{Assessment, Condition, Kind, Question};
use crate::assessment::facts::{Fact, Facts, Possible};
use crate::assessment::truth::{Interval, Truth};

/// The most cases that are looked at; a definition of 21 questions needs some hundred.
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

/// No answers make this hold. `false` also where that takes too many cases to know.
pub(super) fn is_impossible(assessment: &Assessment, goal: &Goal<'_>) -> bool {
    let mut cases = CASES;
    let nothing_known = Facts::open(assessment, &Answers::default());
    matches!(search(&nothing_known, goal, &mut cases), Ok(false))
}

/// Some completion of these answers reaches the goal.
fn search(facts: &Facts<'_>, goal: &Goal<'_>, cases: &mut usize) -> Result<bool, GaveUp> {
    *cases = cases.checked_sub(1).ok_or(GaveUp)?;
    let within_limits = within_limits(facts);
    if within_limits == Truth::False {
        return Ok(false);
    }
    match (goal.holds(facts), within_limits) {
        (Truth::False, _) => return Ok(false),
        (Truth::True, Truth::True) => return Ok(true),
        _ => {}
    }
    // Smaller numbers keep within open limits, and are tried first.
    let limits = || facts.assessment.limits.iter().find_map(|it| open_in(facts, &it.of));
    let Some(undecided) = open_goal(facts, goal).or_else(limits) else { return Err(GaveUp) };
    for case in split(facts, undecided) {
        if search(&case, goal, cases)? {
            return Ok(true);
        }
    }
    Ok(false)
}

fn within_limits(facts: &Facts<'_>) -> Truth {
    let limits = facts.assessment.limits.iter();
    Truth::all(limits.map(|limit| facts.sum(&limit.of).within(0, limit.at_most)))
}

/// The same answers with this decided: one way, and the other. A case that cannot be is left out.
fn split<'a>(facts: &Facts<'a>, undecided: Undecided) -> Vec<Facts<'a>> {
    let with = |question: usize, answer| {
        let mut case = facts.clone();
        case.questions[question].answer = answer;
        case.decide_asked();
        case
    };
    match undecided {
        Undecided::Number { question } => {
            let Possible::Number(Interval { low, high }) = facts.questions[question].answer else {
                return Vec::new();
            };
            let middle = low + (high - low) / 2;
            let halves = [(low, middle), (middle + 1, high)];
            let half = |(low, high)| with(question, Possible::Number(Interval { low, high }));
            halves.into_iter().map(half).collect()
        }
        Undecided::Option { question, option } => {
            let Possible::Options(chosen) = &facts.questions[question].answer else {
                return Vec::new();
            };
            let asked = facts.questions[question].question;
            let mut cases = Vec::new();
            for truth in [Truth::True, Truth::False] {
                let mut decided = chosen.clone();
                decided[option] = truth;
                if conclude(asked, &mut decided).is_ok() {
                    cases.push(with(question, Possible::Options(decided)));
                }
            }
            cases
        }
    }
}

/// The options chosen contradict the question.
struct Contradiction;

/// Decides every option that follows from those decided.
fn conclude(question: &Question, chosen: &mut [Truth]) -> Result<(), Contradiction> {
    let alone = |nth: usize| question.kind == Kind::Single || question.options[nth].exclusive;
    loop {
        let before = chosen.to_vec();
        for one in (0..chosen.len()).filter(|one| before[*one].is_true()) {
            for other in (0..chosen.len()).filter(|other| *other != one) {
                if alone(one) || alone(other) {
                    if chosen[other].is_true() {
                        return Err(Contradiction);
                    }
                    chosen[other] = Truth::False;
                }
            }
        }
        if !question.optional && !chosen.contains(&Truth::True) {
            let mut left = (0..chosen.len()).filter(|nth| chosen[*nth] == Truth::Open);
            let last = left.next().ok_or(Contradiction)?;
            if left.next().is_none() {
                chosen[last] = Truth::True;
            }
        }
        if *chosen == *before {
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
        Goal::Answers(condition) => open_condition(facts, condition),
        Goal::Points { of, .. } => of.iter().find_map(|criterion| {
            let rule = criterion.rules.iter().find_map(|it| open_condition(facts, &it.when));
            rule.or_else(|| open_in(facts, &criterion.add))
        }),
        Goal::All(parts) | Goal::Any(parts) => parts.iter().find_map(|it| open_goal(facts, it)),
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
        Condition::Total { .. } | Condition::Flag(_) => None,
    }
}

/// The first of these questions' answers that a sum depends on.
fn open_in(facts: &Facts<'_>, of: &[String]) -> Option<Undecided> {
    of.iter().find_map(|id| {
        let index = index_of(facts, id)?;
        let Fact { question, answer, .. } = &facts.questions[index];
        open_asked(facts, index).or_else(|| match answer {
            Possible::Number(Interval { low, high }) => {
                (low < high).then_some(Undecided::Number { question: index })
            }
            Possible::Options(chosen) => {
                let has_points = |nth: &usize| question.options[*nth].points() > 0;
                open_among(index, chosen, has_points)
            }
        })
    })
}

/// The first option that a condition on one question depends on.
fn open_option(facts: &Facts<'_>, condition: &Condition, id: &str) -> Option<Undecided> {
    let index = index_of(facts, id)?;
    let Fact { question, answer: Possible::Options(chosen), .. } = &facts.questions[index] else {
        return None;
    };
    let looked_at = |nth: &usize| {
        let option = &question.options[*nth];
        match condition {
            Condition::Answered { with, .. } => with.contains(&option.id),
            Condition::Marked { with, .. } => option.mark.as_ref() == Some(with),
            _ => !option.exclusive,
        }
    };
    open_asked(facts, index).or_else(|| open_among(index, chosen, looked_at))
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
