//! Checks of a definition. Every problem found here stops the build.

mod bands;
mod because;
mod checker;
mod conditions;
mod emergencies;
mod limits;
mod outcomes;
mod questions;
mod reach;
mod scoring;
mod unused;

use super::definition::{Assessment, Call};
use crate::source::{Check, Path, Problem};
use checker::Checker;

impl Check for Assessment {
    fn problems(&self) -> Vec<Problem> {
        let mut checker = Checker { assessment: self, problems: Vec::new() };
        checker.head();
        checker.questions();
        checker.limits();
        checker.criteria();
        checker.flags();
        checker.outcomes();
        checker.support();
        checker.unused();
        // These take a definition that has no other problem.
        if checker.problems.is_empty() {
            checker.advice();
            checker.emergencies();
            checker.reach();
        }
        if checker.problems.is_empty() {
            checker.reasons();
        }
        checker.problems
    }
}

impl Checker<'_> {
    fn head(&mut self) {
        let Assessment { version, disclaimer, .. } = self.assessment;
        self.text(&Path::default(), "version", version);
        self.text(&Path::default(), "disclaimer", disclaimer);
        if let Some((line, reason)) = self.assessment.review().problem() {
            self.report(Path::default().key(line), reason);
        }
        for (nth, thing) in self.assessment.bring.iter().enumerate() {
            if thing.trim().is_empty() {
                self.report(Path::default().key("bring").index(nth), "is empty; remove it");
            }
        }
    }

    fn support(&mut self) {
        let at = Path::default().key("support");
        let support = &self.assessment.support;
        self.text(&at, "title", &support.title);
        self.text(&at, "text", &support.text);
        self.calls(&at.key("calls"), &support.calls);
        let mut short =
            support.calls.iter().filter(|it| it.tel.len() == 3 && it.text.contains(&it.tel));
        if let Some(Call { tel, .. }) = short.find(|it| !support.text.contains(&it.tel)) {
            let reason = format!("the text does not name {tel}, which a button below it calls");
            self.report(at.key("text"), reason);
        }
        if support.calls.is_empty() {
            self.report(at.key("calls"), "calls is empty; add at least one");
        }
    }
}
