//! The ids by which the program finds what was rendered.

use guide_core::assessment::definition::Question;

/// Behind a screen's id: its heading, which takes the focus.
pub const HEADING: &str = "-heading";
/// The section of the page; its class `asking` says that a question is shown.
pub const SECTION: &str = "self-assessment";
/// What holds every screen.
pub const PANEL: &str = "assessment-panel";
/// What is asked and how it is scored, packed.
pub const RULES: &str = "assessment-rules";
/// Before the first question.
pub const START: &str = "assessment-start";
/// "Question 4 of 21", over every question.
pub const PROGRESS: &str = "assessment-progress";
/// The text of it.
pub const PROGRESS_TEXT: &str = "assessment-progress-text";
/// The bar of it.
pub const PROGRESS_BAR: &str = "assessment-progress-bar";
/// Where a question is put to be asked.
pub const ASKED: &str = "assessment-asked";
/// All answers.
pub const CHECK: &str = "assessment-check";
/// What the answers come to.
pub const RESULT: &str = "assessment-result";

/// The form of the question of this index.
pub fn question(index: usize) -> String {
    format!("assessment-question-{index}")
}

/// What the question of this index says at once where an answer to it stops the assessment.
pub fn warning(index: usize) -> String {
    format!("assessment-warning-{index}")
}

/// The index of the question whose form has this id.
pub fn question_index(form: &str) -> Option<usize> {
    form.strip_prefix("assessment-question-")?.parse().ok()
}

/// The controls of a question: their name, and for a number the control itself.
pub fn answer(question: &Question) -> String {
    ["answer-", &question.id].concat()
}

/// The label of an option.
pub fn label(question: &Question, option: &str) -> String {
    ["answer-", &question.id, "-", option, "-label"].concat()
}

/// The row of a question in the list of answers.
pub fn row(question: &str) -> String {
    ["assessment-row-", question].concat()
}

/// What was answered, in that row.
pub fn row_answer(question: &str) -> String {
    ["assessment-row-answer-", question].concat()
}

/// An outcome.
pub fn outcome(id: &str) -> String {
    ["assessment-outcome-", id].concat()
}

/// A part of a criterion: its points in words.
pub fn criterion_points(id: &str) -> String {
    ["assessment-criterion-", id, "-points"].concat()
}

/// One segment of a criterion's bar, from 1.
pub fn criterion_segment(id: &str, nth: u32) -> String {
    format!("assessment-criterion-{id}-segment-{nth}")
}

/// One of the grades that a criterion can have, by its place in the definition.
pub fn criterion_grade(id: &str, nth: usize) -> String {
    format!("assessment-criterion-{id}-grade-{nth}")
}

/// An answer behind a criterion.
pub fn criterion_answer(id: &str, question: &str) -> String {
    ["assessment-criterion-", id, "-", question].concat()
}

/// A flag.
pub fn flag(id: &str) -> String {
    ["assessment-flag-", id].concat()
}

/// A further sentence of a flag, by its place in the definition.
pub fn flag_also(id: &str, nth: usize) -> String {
    format!("assessment-flag-{id}-also-{nth}")
}

/// An option that a flag names.
pub fn flag_option(id: &str, option: &str) -> String {
    ["assessment-flag-", id, "-", option].concat()
}

/// An answer that is shown in the result without being scored.
pub fn said(question: &str) -> String {
    ["assessment-said-", question].concat()
}
