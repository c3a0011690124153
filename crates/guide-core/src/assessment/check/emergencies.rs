//! Answers that cannot wait: they end the questions, before anything else is asked, and lead to a
//! call; lesser warning signs lead to an outcome of their own.

use super::checker::Checker;
use crate::assessment::definition::{Condition, Offer, Outcome};
use crate::source::Path;

impl Checker<'_> {
    /// The definition must have no other problem.
    pub(super) fn emergencies(&mut self) {
        let assessment = self.assessment;
        for (index, outcome) in assessment.outcomes.iter().enumerate() {
            let at = Path::default().key("outcomes").index(index);
            if outcome.immediate {
                self.immediate(&at, outcome);
            } else if !outcome.calls.is_empty() {
                let reason = format!(
                    "whoever has to call somebody is not asked on: add immediate = true to \"{}\" \
                     (a number that can wait stands in text or steps)",
                    outcome.id
                );
                self.report(at.key("calls"), reason);
            }
        }
        self.asked_first();
        self.warning_signs();
    }

    fn immediate(&mut self, at: &Path, outcome: &Outcome) {
        let id = &outcome.id;
        if outcome.calls.is_empty() {
            let reason =
                format!("\"{id}\" ends the questions at once and names nobody to call; add calls");
            self.report(at.key("id"), reason);
        }
        if outcome.appointment != Offer::None {
            let reason = format!(
                "\"{id}\" ends the questions at once: nothing stands beside its call; write \
                 appointment = \"none\""
            );
            self.report(at.key("appointment"), reason);
        }
        if !outcome.because.is_empty() {
            let reason = format!(
                "\"{id}\" ends the questions at once: its reasons are never said; remove them"
            );
            self.report(at.key("because").index(0).key("id"), reason);
        }
    }

    /// The questions of immediate outcomes stand before all others.
    fn asked_first(&mut self) {
        let ends = |id: &str| {
            let looks = |outcome: &&Outcome| {
                let mut found = false;
                let when = outcome.when.iter();
                when.for_each(|when| when.each_question(&mut |it| found |= it == id));
                outcome.immediate && found
            };
            self.assessment.outcomes.iter().find(looks)
        };
        let questions = self.assessment.questions.iter().enumerate();
        let late = questions
            .map(|(index, question)| (index, &question.id, ends(&question.id)))
            .skip_while(|(_, _, outcome)| outcome.is_some());
        let late: Vec<_> =
            late.filter_map(|(index, id, outcome)| Some((index, id, &outcome?.id))).collect();
        for (index, id, outcome) in late {
            let reason = format!(
                "\"{id}\" can end the questions at once (outcome \"{outcome}\"), so it is asked \
                 before the others; move it to the top of the questions"
            );
            self.report(Path::default().key("questions").index(index).key("id"), reason);
        }
    }

    /// A flag that cautions about marked options is looked at by an outcome, or the mark is.
    fn warning_signs(&mut self) {
        let assessment = self.assessment;
        let decides = |looked_at: &Condition| {
            let mut found = false;
            for when in assessment.outcomes.iter().filter_map(|outcome| outcome.when.as_ref()) {
                when.each_leaf(&mut |leaf| found |= leaf == looked_at);
            }
            found
        };
        for (index, flag) in assessment.flags.iter().enumerate() {
            if !flag.caution || decides(&Condition::Flag(flag.id.clone())) {
                continue;
            }
            let mut unheeded = None;
            flag.when.each_leaf(&mut |leaf| {
                if let Condition::Marked { with, .. } = leaf
                    && !decides(leaf)
                {
                    unheeded = Some(with);
                }
            });
            let Some(mark) = unheeded else { continue };
            let reason = format!(
                "\"{}\" cautions about the mark \"{mark}\", and no outcome looks at either: whoever \
                 chose such an option gets the outcome of everybody else; name the flag in the when \
                 of an outcome, or remove caution",
                flag.id
            );
            self.report(Path::default().key("flags").index(index).key("id"), reason);
        }
    }
}
