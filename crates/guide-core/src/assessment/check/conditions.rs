//! Conditions: that they look at what there is, can be known where they stand, and can hold.

use super::checker::{Checker, Scope};
use crate::assessment::definition::{Condition, Kind, Question};
use crate::source::Path;

impl<'a> Checker<'a> {
    pub(super) fn condition(&mut self, at: &Path, condition: &Condition, scope: Scope) {
        match condition {
            Condition::Answered { question, with } => {
                let at = at.key("answered");
                let Some(known) = self.options_of(&at, question, scope) else { return };
                if with.is_empty() {
                    self.report(at.key("with"), "names no option, so it never holds");
                }
                for (nth, id) in with.iter().enumerate() {
                    if known.option(id).is_none() {
                        let options = names(known.options.iter().map(|it| it.id.as_str()));
                        self.report(
                            at.key("with").index(nth),
                            format!("\"{question}\" has no option \"{id}\"; it has {options}"),
                        );
                    }
                }
            }
            Condition::Marked { question, with } => {
                let at = at.key("marked");
                let Some(known) = self.options_of(&at, question, scope) else { return };
                if !known.options.iter().any(|it| it.mark.as_ref() == Some(with)) {
                    self.report(
                        at.key("with"),
                        format!("no option of \"{question}\" has mark = \"{with}\""),
                    );
                }
            }
            Condition::Chosen { question, from } => {
                let at = at.key("chosen");
                let Some(known) = self.options_of(&at, question, scope) else { return };
                let max = match known.kind {
                    Kind::Multi => known.options.iter().filter(|it| !it.exclusive).count(),
                    _ => 1,
                };
                if *from == 0 || *from as usize > max {
                    self.report(
                        at.key("from"),
                        format!("from must be from 1 to {max}, the options of \"{question}\""),
                    );
                }
            }
            Condition::Sum { of, from, to } => {
                let at = at.key("sum");
                if of.is_empty() {
                    self.report(at.key("of"), "names no question");
                }
                let mut all_known = true;
                for (nth, id) in of.iter().enumerate() {
                    all_known &= self.known(&at.key("of").index(nth), id, scope).is_some();
                }
                if all_known {
                    self.bounds(&at, *from, *to, self.max_sum(of));
                }
            }
            Condition::Criterion { id, from, to } => {
                if !self.scored(at, scope, "a criterion") {
                    return;
                }
                let at = at.key("criterion");
                let criteria = &self.assessment.criteria;
                match criteria.iter().find(|it| it.id == *id) {
                    Some(criterion) => self.bounds(&at, *from, *to, criterion.max),
                    None => {
                        let known = names(criteria.iter().map(|it| it.id.as_str()));
                        let reason = format!("no criterion \"{id}\"; there are {known}");
                        self.report(at.key("id"), reason);
                    }
                }
            }
            Condition::Flag(id) => {
                if self.scored(at, scope, "a flag")
                    && !self.assessment.flags.iter().any(|flag| flag.id == *id)
                {
                    let flags = names(self.assessment.flags.iter().map(|it| it.id.as_str()));
                    self.report(at.key("flag"), format!("no flag \"{id}\"; there are {flags}"));
                }
            }
            Condition::All(parts) => self.parts(&at.key("all"), parts, scope),
            Condition::Any(parts) => self.parts(&at.key("any"), parts, scope),
            Condition::Not(part) => self.condition(&at.key("not"), part, scope),
        }
    }

    fn parts(&mut self, at: &Path, parts: &[Condition], scope: Scope) {
        if parts.is_empty() {
            self.report(at.clone(), "is empty; name at least one condition");
        }
        for (index, part) in parts.iter().enumerate() {
            self.condition(&at.index(index), part, scope);
        }
    }

    fn scored(&mut self, at: &Path, scope: Scope, what: &str) -> bool {
        if !scope.scored {
            self.report(
                at.clone(),
                format!("{what} is known only after scoring; use it in outcomes and because alone"),
            );
        }
        scope.scored
    }

    /// `from` and `to` of a number whose largest possible value is `max`.
    fn bounds(&mut self, at: &Path, from: Option<u32>, to: Option<u32>, max: u32) {
        match (from, to) {
            (None, None) => self.report(at.clone(), "needs from, to or both"),
            (Some(from), _) if from > max => {
                let reason = format!("from = {from} is out of range; the most possible is {max}");
                self.report(at.key("from"), reason);
            }
            (_, Some(to)) if to > max => {
                let reason = format!("to = {to} is out of range; the most possible is {max}");
                self.report(at.key("to"), reason);
            }
            (Some(from), Some(to)) if from > to => {
                self.report(at.key("from"), format!("from = {from} is above to = {to}"));
            }
            _ => {}
        }
    }

    fn options_of(&mut self, at: &Path, id: &str, scope: Scope) -> Option<&'a Question> {
        let question = self.known(&at.key("question"), id, scope)?;
        if question.options.is_empty() {
            self.report(
                at.key("question"),
                format!("\"{id}\" is a number and has no options; use sum"),
            );
            return None;
        }
        Some(question)
    }
}

fn names<'a>(ids: impl Iterator<Item = &'a str>) -> String {
    ids.collect::<Vec<_>>().join(", ")
}
