//! What no answers can ever bring about: an outcome, a flag, a rule, a question, points.
//!
//! Decided by cases, exactly: what a condition says of answers that are known in part is `true`,
//! `false` or not known yet; where it is not known, one more thing is decided both ways. Only
//! where that takes more than [`CASES`] steps nothing is said.

mod answers;

use std::collections::BTreeSet;

use super::Checker;
use crate::assessment::definition::{Assessment, Condition, Criterion};
use crate::source::Path;
use answers::Partial;

/// So many cases are looked at; a definition of 21 questions needs some hundred.
const CASES: usize = 20_000;

/// Something about answers that holds or does not.
#[derive(Clone)]
enum Goal<'a> {
    /// A condition on answers alone.
    Answers(&'a Condition),
    /// The points of these criteria together lie between the bounds.
    Points {
        of: &'a [Criterion],
        cut: bool,
        from: u32,
        to: u32,
    },
    All(Vec<Goal<'a>>),
    Any(Vec<Goal<'a>>),
    Not(Box<Goal<'a>>),
}

impl Checker<'_> {
    /// Reports what can never be. The definition must have no other mistake.
    pub(super) fn reach(&mut self) {
        let assessment = self.assessment;
        let top = Path::default();
        for (index, question) in assessment.questions.iter().enumerate() {
            if let Some(condition) = &question.ask_when {
                let at = top.key("questions").index(index).key("ask-when");
                self.possible(at, Goal::Answers(condition), "this question is never asked");
            }
        }
        for (index, criterion) in assessment.criteria.iter().enumerate() {
            let at = top.key("criteria").index(index);
            for (nth, rule) in criterion.rules.iter().enumerate() {
                let at = at.key("rules").index(nth).key("when");
                self.possible(at, Goal::Answers(&rule.when), "this rule never counts");
            }
            self.points(&at, criterion);
        }
        for (index, flag) in assessment.flags.iter().enumerate() {
            let at = top.key("flags").index(index);
            let raised = Goal::Answers(&flag.when);
            if !self.possible(at.key("when"), raised.clone(), "this flag is never raised") {
                continue;
            }
            for (nth, also) in flag.also.iter().enumerate() {
                let at = at.key("also").index(nth).key("when");
                let both = Goal::All(vec![raised.clone(), Goal::Answers(&also.when)]);
                self.possible(at, both, "this sentence is never said");
            }
        }
        self.outcomes_in_turn();
    }

    fn outcomes_in_turn(&mut self) {
        let assessment = self.assessment;
        let bands = bands(assessment);
        for (index, outcome) in assessment.outcomes.iter().enumerate() {
            let found: Vec<Option<bool>> = bands
                .iter()
                .map(|band| possible(assessment, &reached(assessment, index, *band)))
                .collect();
            if found.iter().all(|it| *it == Some(false)) {
                self.report(
                    Path::default().key("outcomes").index(index).key("id"),
                    format!(
                        "\"{}\" is never reached: whatever is answered, an outcome above it holds, \
                         or its own conditions contradict each other; mend a when, or remove it",
                        outcome.id
                    ),
                );
            }
        }
    }

    /// `false` where something can never be, which is reported.
    fn possible(&mut self, at: Path, goal: Goal<'_>, never: &str) -> bool {
        let impossible = possible(self.assessment, &goal) == Some(false);
        if impossible {
            let reason = format!("no answers make this hold, so {never}; mend or remove it");
            self.report(at, reason);
        }
        !impossible
    }

    fn points(&mut self, at: &Path, criterion: &Criterion) {
        let nominal = criterion
            .rules
            .iter()
            .fold(self.most(&criterion.add), |sum, rule| sum.saturating_add(rule.points));
        // Points per person may be any number; only some more than `max` are of interest.
        let highest = nominal.min(criterion.max.saturating_add(1_000));
        let of = std::slice::from_ref(criterion);
        let reached = |from: &u32| {
            let goal = Goal::Points { of, cut: false, from: *from, to: u32::MAX };
            possible(self.assessment, &goal) != Some(false)
        };
        let most = (1..=highest).rev().find(reached).unwrap_or(0);
        let (id, max) = (&criterion.id, criterion.max);
        if most < max {
            self.report(
                at.key("max"),
                format!(
                    "the rules of \"{id}\" can never come to more than {most}, \
                     so max {max} is out of reach; lower it"
                ),
            );
        } else if most > max && !criterion.cut {
            self.report(
                at.key("max"),
                format!(
                    "the rules of \"{id}\" can come to {most}, more than max {max}; raise max, or \
                     add cut = true where more is to be cut"
                ),
            );
        } else if most == max && criterion.cut {
            let reason = format!("the rules of \"{id}\" never come to more than max; remove cut");
            self.report(at.key("cut"), reason);
        }
    }
}

/// Totals from the first to the second, between which no condition on the total changes.
type Band = (u32, u32);

/// All bands: with the total in one of them, every condition on it holds or does not, so what
/// contradicts another condition on the total is seen at once.
fn bands(assessment: &Assessment) -> Vec<Band> {
    fn bounds(condition: &Condition, found: &mut BTreeSet<u32>) {
        match condition {
            Condition::Total { from, to } => {
                found.extend(*from);
                found.extend(to.and_then(|to| to.checked_add(1)));
            }
            Condition::All(parts) | Condition::Any(parts) => {
                parts.iter().for_each(|it| bounds(it, found));
            }
            Condition::Not(part) => bounds(part, found),
            _ => {}
        }
    }
    let mut from = BTreeSet::from([0]);
    let conditions = assessment.outcomes.iter().filter_map(|it| it.when.as_ref());
    conditions.for_each(|it| bounds(it, &mut from));
    let to = from.iter().skip(1).map(|next| next - 1).chain([u32::MAX]);
    from.iter().copied().zip(to).collect()
}

/// That an outcome is the first that holds, with the total in this band.
fn reached(assessment: &Assessment, index: usize, band: Band) -> Goal<'_> {
    let outcomes = &assessment.outcomes;
    let when = |nth: usize| Some(goal(assessment, outcomes[nth].when.as_ref()?, band));
    // An immediate outcome comes before all others, wherever it is written.
    let first =
        |nth: &usize| *nth < index || (outcomes[*nth].immediate && !outcomes[index].immediate);
    let before = (0..outcomes.len()).filter(first).filter(|nth| *nth != index).filter_map(when);
    let total = Goal::Points { of: &assessment.criteria, cut: true, from: band.0, to: band.1 };
    let mut all: Vec<Goal<'_>> = before.map(|it| Goal::Not(Box::new(it))).collect();
    all.extend(when(index));
    if !outcomes[index].immediate {
        all.push(total);
    }
    Goal::All(all)
}

/// A condition with its flags put into what raises them, and the total known.
fn goal<'a>(assessment: &'a Assessment, condition: &'a Condition, band: Band) -> Goal<'a> {
    let each = |parts: &'a [Condition]| parts.iter().map(|it| goal(assessment, it, band)).collect();
    let (always, never) = (Goal::All(Vec::new()), Goal::Any(Vec::new()));
    match condition {
        Condition::Total { from, to } => {
            let within = from.is_none_or(|from| band.0 >= from) && to.is_none_or(|to| band.1 <= to);
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

/// Whether some answers make this hold; none where that would take too many cases to know.
fn possible(assessment: &Assessment, goal: &Goal<'_>) -> Option<bool> {
    let mut cases = CASES;
    search(&Partial::new(assessment), goal, &mut cases)
}

fn search(answers: &Partial<'_>, goal: &Goal<'_>, cases: &mut usize) -> Option<bool> {
    *cases = cases.checked_sub(1)?;
    let within_limits = answers.within_limits();
    let known = if within_limits == Some(false) { Some(false) } else { answers.known(goal) };
    match (known, within_limits) {
        (Some(false), _) => return Some(false),
        (Some(true), Some(true)) => return Some(true),
        _ => {}
    }
    // Undecided limits are satisfied by smaller numbers, which are tried first there.
    let [one, other] = answers.split(goal)?;
    for half in [one, other].into_iter().flatten() {
        if search(&half, goal, cases)? {
            return Some(true);
        }
    }
    Some(false)
}
