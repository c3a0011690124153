//! Outcomes: the first that holds is the one, so the last has to hold always.

use super::checker::{Checker, Scope};
use crate::assessment::answers::Answers;
use crate::assessment::facts::Facts;
use crate::source::Path;

impl Checker<'_> {
    pub(super) fn outcomes(&mut self) {
        let outcomes = &self.assessment.outcomes;
        let at = Path::default().key("outcomes");
        self.not_empty("outcomes", outcomes.len());
        self.ids(&at, outcomes.iter().map(|outcome| outcome.id.as_str()));
        let last = outcomes.len().saturating_sub(1);
        for (index, outcome) in outcomes.iter().enumerate() {
            let at = at.index(index);
            self.text(&at, "headline", &outcome.headline);
            self.calls(&at.key("calls"), &outcome.calls);
            self.because(&at, outcome);
            for (nth, link) in outcome.links.iter().enumerate() {
                self.text(&at.key("links").index(nth), "text", &link.text);
            }
            let scored = !outcome.immediate;
            match &outcome.when {
                Some(condition) => {
                    let scope = Scope { scored, ..self.everything() };
                    self.condition(&at.key("when"), condition, scope);
                    // Only a condition that is not mistaken can be judged.
                    let unanswered = Answers::default();
                    if outcome.immediate
                        && self.problems.is_empty()
                        && Facts::as_given(self.assessment, &unanswered).holds(condition).is_true()
                    {
                        self.report(
                            at.key("when"),
                            "holds before anything is answered, so nothing would be asked; \
                             name the answers that stop the questions",
                        );
                    }
                    if index == last {
                        self.report(
                            at.key("when"),
                            "the last outcome must hold always; remove its when",
                        );
                    }
                }
                None if index < last => self.report(
                    at.key("id"),
                    format!(
                        "\"{}\" has no when and so always holds; the outcomes after it \
                         are never reached",
                        outcome.id
                    ),
                ),
                None if outcome.immediate => {
                    self.report(at.key("immediate"), "an immediate outcome needs a when");
                }
                None => {}
            }
        }
    }
}
