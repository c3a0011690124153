//! Parts of a definition that no answers can ever bring about: an outcome, a flag, a rule, a
//! question, points.

mod goal;
mod search;

use super::checker::Checker;
use crate::assessment::definition::Criterion;
use crate::source::Path;
use goal::{Goal, bands, reached};
use search::is_impossible;

impl Checker<'_> {
    /// Reports whatever can never come about. The definition must have no other problem.
    pub(super) fn reach(&mut self) {
        let assessment = self.assessment;
        let top = Path::default();
        for (index, question) in assessment.questions.iter().enumerate() {
            if let Some(condition) = &question.ask_when {
                let at = top.key("questions").index(index).key("ask-when");
                self.possible(at, &Goal::Answers(condition), "this question is never asked");
            }
        }
        for (index, criterion) in assessment.criteria.iter().enumerate() {
            let at = top.key("criteria").index(index);
            for (nth, rule) in criterion.rules.iter().enumerate() {
                let at = at.key("rules").index(nth).key("when");
                self.possible(at, &Goal::Answers(&rule.when), "this rule never counts");
            }
            self.points(&at, criterion);
        }
        for (index, flag) in assessment.flags.iter().enumerate() {
            let at = top.key("flags").index(index);
            let raised = Goal::Answers(&flag.when);
            if !self.possible(at.key("when"), &raised, "this flag is never raised") {
                continue;
            }
            for (nth, also) in flag.also.iter().enumerate() {
                let at = at.key("also").index(nth).key("when");
                let both = Goal::All(vec![raised.clone(), Goal::Answers(&also.when)]);
                self.possible(at, &both, "this sentence is never said");
            }
        }
        self.outcomes_in_turn();
    }

    fn outcomes_in_turn(&mut self) {
        let assessment = self.assessment;
        let bands = bands(assessment);
        for (index, outcome) in assessment.outcomes.iter().enumerate() {
            if bands
                .iter()
                .all(|band| is_impossible(assessment, &reached(assessment, index, *band)))
            {
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

    /// Reports a goal that no answers can reach. Returns `false` then.
    fn possible(&mut self, at: Path, goal: &Goal<'_>, never: &str) -> bool {
        let impossible = is_impossible(self.assessment, goal);
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
            .fold(self.max_sum(&criterion.add), |sum, rule| sum.saturating_add(rule.points));
        // Points per person may be any number; only some more than `max` are of interest.
        let highest = nominal.min(criterion.max.saturating_add(1_000));
        let of = std::slice::from_ref(criterion);
        let reached = |from: &u32| {
            let goal = Goal::Points { of, uncut: true, from: *from, to: u32::MAX };
            !is_impossible(self.assessment, &goal)
        };
        let reachable = (1..=highest).rev().find(reached).unwrap_or(0);
        let (id, max) = (&criterion.id, criterion.max);
        if reachable < max {
            self.report(
                at.key("max"),
                format!(
                    "the rules of \"{id}\" can never come to more than {reachable}, \
                     so max {max} is out of reach; lower it"
                ),
            );
        } else if reachable > max && !criterion.cut {
            self.report(
                at.key("max"),
                format!(
                    "the rules of \"{id}\" can come to {reachable}, more than max {max}; raise max, or \
                     add cut = true where more is to be cut"
                ),
            );
        } else if reachable == max && criterion.cut {
            let reason = format!("the rules of \"{id}\" never come to more than max; remove cut");
            self.report(at.key("cut"), reason);
        }
    }
}
