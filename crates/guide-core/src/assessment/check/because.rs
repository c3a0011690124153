//! The reasons of outcomes, and the advice of options: each is said somewhere.

use super::checker::{Checker, Scope};
use crate::assessment::definition::Outcome;
use crate::source::Path;

impl<'a> Checker<'a> {
    pub(super) fn because(&mut self, at: &Path, outcome: &'a Outcome) {
        let at = at.key("because");
        self.ids(&at, outcome.because.iter().map(|it| it.id.as_str()));
        for (nth, because) in outcome.because.iter().enumerate() {
            let at = at.index(nth);
            self.text(&at, "text", &because.text);
            let scope = Scope { scored: true, ..self.everything() };
            self.condition(&at.key("when"), &because.when, scope);
        }
    }

    pub(super) fn advice(&mut self) {
        let assessment = self.assessment;
        for (index, question) in assessment.questions.iter().enumerate() {
            let at = Path::default().key("questions").index(index).key("options");
            let id = &question.id;
            let is_listed = assessment.flags.iter().any(|flag| flag.lists.as_ref() == Some(id));
            let others_advise = |mark: &Option<String>| {
                question.options.iter().any(|it| it.advice.is_some() && it.mark == *mark)
            };
            for (nth, option) in question.options.iter().enumerate() {
                let at = at.index(nth);
                match &option.advice {
                    Some(advice) => {
                        self.text(&at, "advice", advice);
                        if !is_listed {
                            let reason =
                                format!("no flag lists \"{id}\", so this advice is never said");
                            self.report(at.key("advice"), reason);
                        }
                    }
                    None if others_advise(&option.mark) && !option.exclusive => {
                        let reason = format!(
                            "\"{}\" has no advice, and other options of \"{id}\" have; write it",
                            option.id
                        );
                        self.report(at, reason);
                    }
                    None => {}
                }
            }
        }
    }
}
