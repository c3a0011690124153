//! Questions, options and marks that nothing looks at.

use std::collections::BTreeSet;

use super::checker::Checker;
use crate::assessment::definition::{Choice, Condition, Kind, Question};
use crate::source::Path;

impl Checker<'_> {
    /// Questions that neither score, nor flag, nor decide, nor are shown are a burden to answer; a
    /// reason of an outcome or a limit alone makes none useful. A
    /// mark that no condition looks at is a misspelled one: the option would count for nothing.
    pub(super) fn unused(&mut self) {
        let assessment = self.assessment;
        let conditions: Vec<&Condition> = assessment.deciding_conditions().collect();
        let added = assessment.criteria.iter().flat_map(|criterion| &criterion.add);
        let listed = assessment.flags.iter().filter_map(|flag| flag.lists.as_ref());
        let mut used: BTreeSet<&str> = added.chain(listed).map(String::as_str).collect();
        for condition in &conditions {
            condition.each_question(&mut |id| {
                used.insert(id);
            });
        }
        for (index, question) in assessment.questions.iter().enumerate() {
            let at = Path::default().key("questions").index(index);
            let id = &question.id;
            if !question.shown && !used.contains(id.as_str()) {
                self.report(
                    at.key("id"),
                    format!(
                        "no criterion, flag or outcome uses \"{id}\"; remove the question, \
                         or set shown = true"
                    ),
                );
            }
            self.counts_for_nothing(&at.key("options"), question, &conditions);
            for (nth, option) in question.options.iter().enumerate() {
                if let Some(mark) = &option.mark
                    && !conditions.iter().any(|condition| looks_at_mark(condition, id, mark))
                {
                    self.report(
                        at.key("options").index(nth).key("mark"),
                        format!("no condition looks at the mark \"{mark}\" of \"{id}\""),
                    );
                }
            }
        }
    }

    /// Options of a question that count for nothing, where others of it do and it is not said that
    /// this is meant: a new one that was forgotten in the rules, or one that lost its points.
    fn counts_for_nothing(&mut self, at: &Path, question: &Question, conditions: &[&Condition]) {
        let Question { id, options, .. } = question;
        let named = |option: &Choice| {
            conditions.iter().any(|condition| names_option(condition, id, &option.id))
        };
        let is_multi = question.kind == Kind::Multi;
        let is_scored = options.iter().any(|option| option.points() > 0);
        let is_marked = is_multi && options.iter().any(|option| option.mark.is_some());
        let is_named = is_multi && options.iter().any(named);
        for (nth, option) in options.iter().enumerate() {
            if option.exclusive || option.points.is_some() {
                continue;
            }
            let forgotten = option.mark.is_none() && !named(option);
            let option = &option.id;
            let reason = if is_scored {
                format!(
                    "\"{option}\" has no points, and other options of \"{id}\" have; write how many, \
                     or points = 0"
                )
            } else if forgotten && is_marked {
                format!(
                    "\"{option}\" counts for nothing: other options of \"{id}\" have a mark; give it \
                     one"
                )
            } else if forgotten && is_named {
                format!(
                    "\"{option}\" counts for nothing: rules name other options of \"{id}\"; name it \
                     there, or write points = 0"
                )
            } else {
                continue;
            };
            self.report(at.index(nth), reason);
        }
    }
}

fn looks_at_mark(condition: &Condition, id: &str, mark: &str) -> bool {
    let mut found = false;
    condition.each_leaf(&mut |leaf| {
        found |= matches!(leaf, Condition::Marked { question, with } if question == id && with == mark);
    });
    found
}

/// An option counts here without a mark.
fn names_option(condition: &Condition, id: &str, option: &str) -> bool {
    let mut found = false;
    condition.each_leaf(&mut |leaf| {
        found |= match leaf {
            Condition::Answered { question, with } => {
                question == id && with.iter().any(|it| it == option)
            }
            Condition::Chosen { question, .. } => question == id,
            _ => false,
        };
    });
    found
}
