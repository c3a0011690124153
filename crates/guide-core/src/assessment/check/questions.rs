//! Questions and their options.

use super::checker::{Checker, Scope};
use crate::assessment::definition::{Kind, Question};
use crate::source::Path;

impl<'a> Checker<'a> {
    pub(super) fn questions(&mut self) {
        let at = Path::default().key("questions");
        self.not_empty("questions", self.assessment.questions.len());
        self.ids(&at, self.assessment.questions.iter().map(|question| question.id.as_str()));
        for (index, question) in self.assessment.questions.iter().enumerate() {
            let at = at.index(index);
            self.text(&at, "text", &question.text);
            self.text(&at, "short", &question.short);
            if question.kind == Kind::Number {
                self.number(&at, question);
            } else {
                self.choices(&at, question);
            }
            self.options(&at, question);
            if let Some(condition) = &question.ask_when {
                let scope = Scope { questions: index, scored: false };
                self.condition(&at.key("ask-when"), condition, scope);
            }
        }
    }

    fn number(&mut self, at: &Path, question: &Question) {
        match (question.min, question.max) {
            (Some(min), Some(max)) if min > max => self.report(
                at.key("min"),
                format!("min {min} is above max {max}; nothing could be answered"),
            ),
            (Some(_), Some(_)) => {}
            _ => self.report(at.clone(), "a number question needs min and max"),
        }
        for (nth, option) in question.options.iter().enumerate() {
            if option.points.is_none() {
                let reason = format!(
                    "\"{}\" is chosen in place of a number; write points: the number that it counts as",
                    option.id
                );
                self.report(at.key("options").index(nth), reason);
            }
        }
    }

    fn choices(&mut self, at: &Path, question: &Question) {
        for (name, given) in [
            ("min", question.min.is_some()),
            ("max", question.max.is_some()),
            ("unit", question.unit.is_some()),
        ] {
            if given {
                self.report(at.key(name), format!("{name} goes with kind = \"number\" only"));
            }
        }
        if question.options.len() < 2 {
            self.report(at.clone(), "a question of this kind needs at least two options");
        }
    }

    fn options(&mut self, at: &Path, question: &'a Question) {
        let options = at.key("options");
        self.ids(&options, question.options.iter().map(|option| option.id.as_str()));
        for (index, option) in question.options.iter().enumerate() {
            let at = options.index(index);
            self.text(&at, "text", &option.text);
            let text = &option.text;
            if question.options[..index].iter().any(|it| it.text.eq_ignore_ascii_case(text)) {
                let reason = format!("two options say \"{text}\"; give each its own text");
                self.report(at.key("text"), reason);
            }
            if question.kind != Kind::Multi && option.exclusive {
                let reason = format!(
                    "only one option of a {} question can be chosen anyway; remove exclusive",
                    question.kind.id()
                );
                self.report(at.key("exclusive"), reason);
            }
        }
    }
}
