//! Statements about answers, which the search tries to make true.

use std::collections::BTreeSet;

use crate::assessment::definition::{Assessment, Condition, Criterion};
use crate::assessment::facts::Facts;
use crate::assessment::truth::{Interval, Truth};

/// Something about answers that holds or does not.
#[derive(Clone)]
pub(super) enum Goal<'a> {
    /// A condition on answers alone.
    Answers(&'a Condition),
    /// The points of these criteria together lie between the bounds.
    Points {
        of: &'a [Criterion],
        /// Points above a criterion's `max` count.
        uncut: bool,
        from: u32,
        to: u32,
    },
    All(Vec<Goal<'a>>),
    Any(Vec<Goal<'a>>),
    Not(Box<Goal<'a>>),
}

impl Goal<'_> {
    /// Judges answers of which some are open.
    pub(super) fn holds(&self, facts: &Facts<'_>) -> Truth {
        match self {
            Goal::Answers(condition) => facts.holds(condition),
            Goal::Points { of, uncut, from, to } => {
                let points = of.iter().map(|criterion| {
                    let points = facts.points(criterion);
                    if *uncut { points } else { points.at_most(criterion.max) }
                });
                Interval::sum(points).within(*from, *to)
            }
            Goal::All(parts) => Truth::all(parts.iter().map(|it| it.holds(facts))),
            Goal::Any(parts) => Truth::any(parts.iter().map(|it| it.holds(facts))),
            Goal::Not(part) => part.holds(facts).not(),
        }
    }
}

/// All bands of the total between whose ends no condition on it changes. With the total in one of
/// them each such condition holds or does not, so a contradiction among them shows at once.
pub(super) fn bands(assessment: &Assessment) -> Vec<Interval> {
    let mut from = BTreeSet::from([0]);
    for outcome in &assessment.outcomes {
        let Some(condition) = &outcome.when else { continue };
        condition.each_leaf(&mut |leaf| {
            if let Condition::Total { from: first, to: last } = leaf {
                from.extend(*first);
                from.extend(last.and_then(|last| last.checked_add(1)));
            }
        });
    }
    let to = from.iter().skip(1).map(|next| next - 1).chain([u32::MAX]);
    from.iter().zip(to).map(|(low, high)| Interval { low: *low, high }).collect()
}

/// The goal that an outcome is the first that holds, with the total in this band.
pub(super) fn reached(assessment: &Assessment, index: usize, band: Interval) -> Goal<'_> {
    let outcomes = &assessment.outcomes;
    let when = |nth: usize| Some(goal(assessment, outcomes[nth].when.as_ref()?, band));
    // An immediate outcome comes before all others, wherever it is written.
    let first =
        |nth: &usize| *nth < index || (outcomes[*nth].immediate && !outcomes[index].immediate);
    let before = (0..outcomes.len()).filter(first).filter(|nth| *nth != index).filter_map(when);
    let total =
        Goal::Points { of: &assessment.criteria, uncut: false, from: band.low, to: band.high };
    let mut all: Vec<Goal<'_>> = before.map(|it| Goal::Not(Box::new(it))).collect();
    all.extend(when(index));
    if !outcomes[index].immediate {
        all.push(total);
    }
    Goal::All(all)
}

/// A condition with its flags put into what raises them, and the total known.
fn goal<'a>(assessment: &'a Assessment, condition: &'a Condition, band: Interval) -> Goal<'a> {
    let each = |parts: &'a [Condition]| parts.iter().map(|it| goal(assessment, it, band)).collect();
    let (always, never) = (Goal::All(Vec::new()), Goal::Any(Vec::new()));
    match condition {
        Condition::Total { from, to } => {
            let within =
                from.is_none_or(|from| band.low >= from) && to.is_none_or(|to| band.high <= to);
            if within { always } else { never }
        }
        Condition::Flag(id) => match assessment.flags.iter().find(|flag| flag.id == *id) {
            Some(flag) => Goal::Answers(&flag.when),
            None => never,
        },
        Condition::All(parts) => Goal::All(each(parts)),
        Condition::Any(parts) => Goal::Any(each(parts)),
        Condition::Not(part) => Goal::Not(Box::new(goal(assessment, part, band))),
        answers => Goal::Answers(answers),
    }
}
