//! Parts of a definition that no answers can ever bring about: an outcome, a flag, a rule, a
//! question, points.

mod goal;
mod search;

use super::checker::Checker;
use crate::assessment::definition::Criterion;
use crate::source::Path;
use goal::{Goal, reached};
use search::{Answer, find};

impl<'a> Checker<'a> {
    /// Reports whatever can never come about. The definition must have no other problem.
    pub(super) fn reach(&mut self) {
        let assessment = self.assessment;
        let top = Path::default();
        for (index, question) in assessment.questions.iter().enumerate() {
            if let Some(condition) = &question.ask_when {
                let at = top.key("questions").index(index).key("ask-when");
                self.possible(at, Goal::Condition(condition), "this question is never asked");
            }
        }
        for (index, limit) in assessment.limits.iter().enumerate() {
            // Without the other limits: two may refuse some of the same answers.
            if find(assessment, &Goal::Condition(&limit.never)) == Answer::None {
                let reason = "no answers make this hold, so this limit refuses nothing; mend or \
                              remove it";
                self.report(top.key("limits").index(index).key("never"), reason);
            }
        }
        for (index, criterion) in assessment.criteria.iter().enumerate() {
            let at = top.key("criteria").index(index);
            for (nth, rule) in criterion.rules.iter().enumerate() {
                let at = at.key("rules").index(nth).key("when");
                self.possible(at, Goal::Condition(&rule.when), "this rule never counts");
            }
            self.points(&at, criterion);
        }
        for (index, flag) in assessment.flags.iter().enumerate() {
            let at = top.key("flags").index(index);
            let raised = Goal::Condition(&flag.when);
            if !self.possible(at.key("when"), raised.clone(), "this flag is never raised") {
                continue;
            }
            for (nth, also) in flag.also.iter().enumerate() {
                let at = at.key("also").index(nth).key("when");
                let both = Goal::All(vec![raised.clone(), Goal::Condition(&also.when)]);
                self.possible(at, both, "this sentence is never said");
            }
        }
        self.outcomes_in_turn();
    }

    fn outcomes_in_turn(&mut self) {
        let assessment = self.assessment;
        for (index, outcome) in assessment.outcomes.iter().enumerate() {
            let at = Path::default().key("outcomes").index(index);
            let id = &outcome.id;
            let reached = self.accepted(reached(assessment, index));
            if find(assessment, &reached) == Answer::None {
                let reason = format!(
                    "\"{id}\" is never reached: whatever is answered, an outcome above it holds, or \
                     its own conditions contradict each other; mend a when, or remove it"
                );
                self.report(at.key("id"), reason);
                continue;
            }
            for (nth, because) in outcome.because.iter().enumerate() {
                let both = Goal::All(vec![reached.clone(), Goal::Condition(&because.when)]);
                let at = at.key("because").index(nth).key("when");
                self.possible(at, both, "this reason is never said with this outcome");
            }
        }
    }

    /// Reports outcomes that some answers lead to while none of their reasons holds. The definition must
    /// have no other problem.
    pub(super) fn reasons(&mut self) {
        let assessment = self.assessment;
        for (index, outcome) in assessment.outcomes.iter().enumerate().filter(|it| !it.1.immediate)
        {
            let said = outcome.because.iter().map(|it| Goal::Condition(&it.when));
            let unsaid = said.map(|it| Goal::Not(Box::new(it)));
            let goal = Goal::All(unsaid.chain([reached(assessment, index)]).collect());
            if find(assessment, &self.accepted(goal)) == Answer::Some {
                let reason = format!(
                    "some answers lead to \"{}\" with none of its reasons; add a \
                     [[outcomes.because]] that says why",
                    outcome.id
                );
                self.report(Path::default().key("outcomes").index(index).key("id"), reason);
            }
        }
    }

    /// A goal together with the limits: answers that they refuse are none.
    fn accepted(&self, goal: Goal<'a>) -> Goal<'a> {
        let refused = self.assessment.limits.iter().map(|limit| Goal::Condition(&limit.never));
        let within = refused.map(|it| Goal::Not(Box::new(it)));
        Goal::all(self.assessment, std::iter::once(goal).chain(within))
    }

    /// Reports a goal that no answers can reach. Returns `false` then.
    fn possible(&mut self, at: Path, goal: Goal<'a>, never: &str) -> bool {
        let impossible = find(self.assessment, &self.accepted(goal)) == Answer::None;
        if impossible {
            let reason = format!("no answers make this hold, so {never}; mend or remove it");
            self.report(at, reason);
        }
        !impossible
    }

    fn points(&mut self, at: &Path, criterion: &'a Criterion) {
        let nominal = criterion
            .rules
            .iter()
            .fold(self.max_sum(&criterion.add), |sum, rule| sum.saturating_add(rule.points));
        // Points per person may be any number; only some more than `max` are of interest.
        let highest = nominal.min(criterion.max.saturating_add(1_000));
        let reached = |from: &u32| {
            let goal = self.accepted(Goal::Points { of: criterion, from: *from });
            find(self.assessment, &goal) != Answer::None
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
