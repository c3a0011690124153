//! Statements about answers, which the search tries to make true.

use crate::assessment::definition::{Assessment, Condition, Criterion};
use crate::assessment::facts::Facts;
use crate::assessment::truth::Truth;

/// Something about answers that holds or does not.
#[derive(Clone)]
pub(super) enum Goal<'a> {
    /// A condition.
    Condition(&'a Condition),
    /// The points of this criterion, those above its `max` included, are so many or more.
    Points {
        of: &'a Criterion,
        from: u32,
    },
    All(Vec<Goal<'a>>),
    Not(Box<Goal<'a>>),
}

impl Goal<'_> {
    /// Judges answers of which some are open.
    pub(super) fn holds(&self, facts: &Facts<'_>) -> Truth {
        match self {
            Goal::Condition(condition) => facts.holds(condition),
            Goal::Points { of, from } => facts.uncut_points(of).within(*from, u32::MAX),
            Goal::All(parts) => Truth::all(parts.iter().map(|it| it.holds(facts))),
            Goal::Not(part) => part.holds(facts).not(),
        }
    }
}

impl<'a> Goal<'a> {
    /// The goal that all of these hold, the simplest first: what decides them narrows the others down
    /// before these are taken apart.
    pub(super) fn all(assessment: &Assessment, parts: impl Iterator<Item = Goal<'a>>) -> Self {
        let mut all = Vec::new();
        for part in parts {
            match part {
                Goal::All(inner) => all.extend(inner),
                part => all.push(part),
            }
        }
        all.sort_by_key(|part| part.size(assessment));
        Goal::All(all)
    }

    /// The number of questions that it looks at, each as often as it does.
    fn size(&self, assessment: &Assessment) -> usize {
        match self {
            Goal::Condition(condition) => size(assessment, condition),
            Goal::Points { of, .. } => size_of_points(assessment, of),
            Goal::All(parts) => parts.iter().map(|it| it.size(assessment)).sum(),
            Goal::Not(part) => part.size(assessment),
        }
    }
}

fn size(assessment: &Assessment, condition: &Condition) -> usize {
    let mut sum = 0;
    condition.each_leaf(&mut |leaf| {
        sum += match leaf {
            Condition::Criterion { id, .. } => {
                let criterion = assessment.criteria.iter().find(|it| it.id == *id);
                criterion.map_or(0, |it| size_of_points(assessment, it))
            }
            Condition::Flag(id) => {
                let flag = assessment.flags.iter().find(|it| it.id == *id);
                flag.map_or(0, |it| size(assessment, &it.when))
            }
            Condition::Sum { of, .. } => of.len(),
            _ => 1,
        };
    });
    sum
}

fn size_of_points(assessment: &Assessment, criterion: &Criterion) -> usize {
    let rules = criterion.rules.iter().map(|rule| size(assessment, &rule.when));
    criterion.add.len() + rules.sum::<usize>()
}

/// The goal that the outcome of this index is the first that holds.
pub(super) fn reached(assessment: &Assessment, index: usize) -> Goal<'_> {
    let outcomes = &assessment.outcomes;
    let when = |nth: usize| outcomes[nth].when.as_ref().map(Goal::Condition);
    // An immediate outcome comes before all others, wherever it is written.
    let first =
        |nth: &usize| *nth < index || (outcomes[*nth].immediate && !outcomes[index].immediate);
    let before = (0..outcomes.len()).filter(first).filter(|nth| *nth != index).filter_map(when);
    let mut all: Vec<Goal<'_>> = before.map(|it| Goal::Not(Box::new(it))).collect();
    all.extend(when(index));
    Goal::All(all)
}
