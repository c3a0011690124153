//! The parts that every check of a definition uses: reports, and lookups that report.

use crate::assessment::definition::{Assessment, Call, Question};
use crate::assessment::facts::Facts;
use crate::source::{Path, Problem, check_ids};

/// Numbers of three digits that patients are sent to: emergencies, crises, social services. One digit
/// wrong in them would lead nowhere.
const SHORT_NUMBERS: [&str; 3] = ["911", "988", "211"];

/// A definition, and the problems found in it so far.
pub(super) struct Checker<'a> {
    pub(super) assessment: &'a Assessment,
    pub(super) problems: Vec<Problem>,
}

/// The questions and results that a condition may look at.
#[derive(Clone, Copy)]
pub(super) struct Scope {
    /// Only questions before this index.
    pub(super) questions: usize,
    /// Flags and criteria are known.
    pub(super) scored: bool,
}

impl<'a> Checker<'a> {
    pub(super) fn report(&mut self, path: Path, reason: impl Into<String>) {
        self.problems.push(Problem { path, reason: reason.into() });
    }

    pub(super) fn ids(&mut self, at: &Path, ids: impl Iterator<Item = &'a str>) {
        check_ids(at, ids, &mut self.problems);
    }

    pub(super) fn not_empty(&mut self, list: &str, length: usize) {
        if length == 0 {
            self.report(Path::default().key(list), format!("{list} is empty; add at least one"));
        }
    }

    /// Reports a text that says nothing to people.
    pub(super) fn text(&mut self, at: &Path, name: &str, text: &str) {
        if text.trim().is_empty() {
            let reason = format!("{name} is empty; write what people are to read");
            self.report(at.key(name), reason);
        }
    }

    pub(super) fn calls(&mut self, at: &Path, calls: &[Call]) {
        for (index, call) in calls.iter().enumerate() {
            let at = at.index(index);
            self.text(&at, "text", &call.text);
            let digits = call.tel.strip_prefix('+').unwrap_or(&call.tel);
            if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
                let reason = format!("the number \"{}\" may hold only digits", call.tel);
                self.report(at.key("tel"), reason);
            } else if digits.len() == 3 && !SHORT_NUMBERS.contains(&digits) {
                let reason = format!(
                    "{} is no number of help; there are 911 (emergencies), 988 (crises) and 211 \
                     (social services)",
                    call.tel
                );
                self.report(at.key("tel"), reason);
            } else if !matches!(digits.len(), 3 | 7..=15) {
                let reason = format!(
                    "the number \"{}\" calls nobody; it has three digits (911), or 7 to 15",
                    call.tel
                );
                self.report(at.key("tel"), reason);
            } else if !names_number(&call.text, digits) {
                let Call { text, tel, .. } = call;
                let reason =
                    format!("\"{text}\" dials {tel}; let text and tel name the same number");
                self.report(at.key("tel"), reason);
            }
        }
    }

    /// Conditions in rules, flags and outcomes may look at every question.
    pub(super) fn everything(&self) -> Scope {
        Scope { questions: self.assessment.questions.len(), scored: false }
    }

    pub(super) fn known(&mut self, at: &Path, id: &str, scope: Scope) -> Option<&'a Question> {
        let questions = &self.assessment.questions;
        match questions.iter().position(|question| question.id == id) {
            Some(index) if index < scope.questions => Some(&questions[index]),
            Some(_) => {
                self.report(
                    at.clone(),
                    format!("\"{id}\" is asked later; use an earlier question"),
                );
                None
            }
            None => {
                self.report(at.clone(), format!("unknown question \"{id}\"; check its id"));
                None
            }
        }
    }

    /// The largest sum that these questions can come to.
    pub(super) fn max_sum(&self, ids: &[String]) -> u32 {
        Facts::unanswered(self.assessment).sum(ids).high
    }
}

/// Returns `true` if these digits are among the numbers of a text, or it has none. The country code
/// 1 may stand in one of the two alone.
fn names_number(text: &str, dialed: &str) -> bool {
    let without_code = |number: &str| match number.strip_prefix('1') {
        Some(national) if national.len() == 10 => national.to_owned(),
        _ => number.to_owned(),
    };
    let separates = |it: char| !it.is_ascii_digit() && !it.is_whitespace() && !"-.()+".contains(it);
    let digits = |part: &str| part.chars().filter(char::is_ascii_digit).collect::<String>();
    let mut numbers = text.split(separates).map(digits).filter(|it| !it.is_empty()).peekable();
    numbers.peek().is_none() || numbers.any(|number| without_code(&number) == without_code(dialed))
}
