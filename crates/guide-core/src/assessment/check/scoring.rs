//! Criteria with their rules, grades, and flags.

use super::checker::Checker;
use crate::assessment::definition::Criterion;
use crate::source::Path;

impl Checker<'_> {
    pub(super) fn criteria(&mut self) {
        let at = Path::default().key("criteria");
        self.not_empty("criteria", self.assessment.criteria.len());
        self.ids(&at, self.assessment.criteria.iter().map(|criterion| criterion.id.as_str()));
        for (index, criterion) in self.assessment.criteria.iter().enumerate() {
            self.criterion(&at.index(index), criterion);
        }
        self.grades();
    }

    fn criterion(&mut self, at: &Path, criterion: &Criterion) {
        self.text(at, "name", &criterion.name);
        for (nth, id) in criterion.add.iter().enumerate() {
            self.known(&at.key("add").index(nth), id, self.everything());
        }
        for (nth, rule) in criterion.rules.iter().enumerate() {
            let at = at.key("rules").index(nth);
            if rule.points == 0 || rule.points > criterion.max {
                self.report(
                    at.key("points"),
                    format!("points must be from 1 to the criterion's max, {}", criterion.max),
                );
            }
            self.condition(&at.key("when"), &rule.when, self.everything());
        }
        self.bands(at, criterion);
    }

    fn grades(&mut self) {
        let grades = &self.assessment.grades;
        let at = Path::default().key("grades");
        if grades.first().is_none_or(|grade| grade.from != 0) {
            self.report(at.index(0).key("from"), "the first grade must begin at 0");
        }
        let max = self.assessment.criteria.iter().map(|it| it.max).max().unwrap_or(0);
        for (index, grade) in grades.iter().enumerate() {
            self.text(&at.index(index), "name", &grade.name);
            let path = at.index(index).key("from");
            if grade.from > max {
                let from = grade.from;
                self.report(
                    path,
                    format!("no criterion has {from} points, so this grade is never given"),
                );
            } else if index > 0 && grade.from <= grades[index - 1].from {
                self.report(path, "grades go upward; this one does not begin above the last");
            }
        }
    }

    pub(super) fn flags(&mut self) {
        let at = Path::default().key("flags");
        self.ids(&at, self.assessment.flags.iter().map(|flag| flag.id.as_str()));
        for (index, flag) in self.assessment.flags.iter().enumerate() {
            let at = at.index(index);
            self.text(&at, "title", &flag.title);
            self.text(&at, "text", &flag.text);
            self.condition(&at.key("when"), &flag.when, self.everything());
            if flag.at_once && self.assessment.flags[..index].iter().any(|it| !it.at_once) {
                let reason = "what is said at once stands above everything else; move this flag to \
                              the top of the flags";
                self.report(at.key("at-once"), reason);
            }
            for (nth, also) in flag.also.iter().enumerate() {
                let at = at.key("also").index(nth);
                self.text(&at, "text", &also.text);
                self.condition(&at.key("when"), &also.when, self.everything());
            }
            if let Some(id) = &flag.lists
                && let Some(question) = self.known(&at.key("lists"), id, self.everything())
                && question.options.is_empty()
            {
                self.report(at.key("lists"), format!("\"{id}\" has no options to name"));
            }
        }
    }
}
