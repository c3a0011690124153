//! Limits: answers that are refused together, at one of their questions.

use super::checker::{Checker, Scope};
use crate::source::Path;

impl Checker<'_> {
    pub(super) fn limits(&mut self) {
        for (index, limit) in self.assessment.limits.iter().enumerate() {
            let at = Path::default().key("limits").index(index);
            self.text(&at, "error", &limit.error);
            let id = &limit.question;
            if self.known(&at.key("question"), id, self.everything()).is_none() {
                continue;
            }
            let questions = &self.assessment.questions;
            let last = questions.iter().position(|question| question.id == *id);
            // At its question nothing is known of later ones.
            let scope = Scope { questions: last.map_or(0, |last| last + 1), scored: false };
            self.condition(&at.key("never"), &limit.never, scope);
            let mut looks = false;
            limit.never.each_question(&mut |it| looks |= it == id);
            if !looks {
                let reason = format!(
                    "the error is said at \"{id}\", and the condition does not look at it; name the \
                     last question that it looks at"
                );
                self.report(at.key("question"), reason);
            }
        }
    }
}
