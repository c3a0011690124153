//! Ids of elements, shared by the rendered screens and the app.

use guide_core::assessment::definition::Question;

/// The suffix of a heading's id, after the id of its screen. The heading takes the focus.
pub const HEADING: &str = "-heading";
/// The section of the page. It has the class `asking` while a question is shown.
pub const SECTION: &str = "self-assessment";
/// The element around all screens. It has the class `settled` while a question offers an early result.
pub const PANEL: &str = "assessment-panel";
/// The packed questions and rules.
pub const RULES: &str = "assessment-rules";
/// The screen before the first question.
pub const START: &str = "assessment-start";
/// The element into which the shown question is attached.
pub const ASKED: &str = "assessment-asked";
/// The screen of all answers.
pub const REVIEW: &str = "assessment-check";
/// The screen of the result.
pub const RESULT: &str = "assessment-result";

/// The form of the question of this index.
pub fn question(index: usize) -> String {
    format!("assessment-question-{index}")
}

/// The emergency warning of the question of this index, shown once such an answer is chosen.
pub fn warning(index: usize) -> String {
    format!("assessment-warning-{index}")
}

/// The index of the question whose form has this id.
pub fn question_index(form: &str) -> Option<usize> {
    form.strip_prefix("assessment-question-")?.parse().ok()
}

/// The name of a question's controls. It is the id of the first one, too.
pub fn answer(question: &Question) -> String {
    ["answer-", &question.id].concat()
}

/// An outcome.
pub fn outcome(id: &str) -> String {
    ["assessment-outcome-", id].concat()
}

#[cfg(not(target_arch = "wasm32"))]
pub use rendered::*;

/// Ids for style sheets, labels and tests. The app finds these elements by their parts.
#[cfg(not(target_arch = "wasm32"))]
mod rendered {
    /// The progress above every question: "Question 4 of 21".
    pub const PROGRESS: &str = "assessment-progress";
    /// The text of the progress.
    pub const PROGRESS_TEXT: &str = "assessment-progress-text";
    /// The note of an early result that it is not complete.
    pub const EARLY: &str = "assessment-early";
    /// The region around the flags that are said above every screen.
    pub const AT_ONCE: &str = "assessment-at-once";

    /// The row of a question in the list of answers.
    pub fn row(question: &str) -> String {
        ["assessment-row-", question].concat()
    }

    /// The answer in that row.
    pub fn row_answer(question: &str) -> String {
        ["assessment-row-answer-", question].concat()
    }

    /// The second part of an outcome, under the flags: what to do.
    pub fn outcome_next(id: &str) -> String {
        ["assessment-outcome-", id, "-next"].concat()
    }

    /// The points of a criterion, as text.
    pub fn criterion_points(id: &str) -> String {
        ["assessment-criterion-", id, "-points"].concat()
    }

    /// One segment of a criterion's bar, from 1.
    pub fn criterion_segment(id: &str, nth: u32) -> String {
        format!("assessment-criterion-{id}-segment-{nth}")
    }

    /// A grade of a criterion, by its index in the definition; the index after the last says that the points
    /// are not known yet.
    pub fn criterion_grade(id: &str, nth: usize) -> String {
        format!("assessment-criterion-{id}-grade-{nth}")
    }

    /// An answer that counts for a criterion.
    pub fn criterion_answer(id: &str, question: &str) -> String {
        ["assessment-criterion-", id, "-", question].concat()
    }

    /// A flag.
    pub fn flag(id: &str) -> String {
        ["assessment-flag-", id].concat()
    }

    /// A chosen option that a flag lists.
    pub fn flag_option(id: &str, option: &str) -> String {
        ["assessment-flag-", id, "-", option].concat()
    }

    /// An answer that the result shows without scoring it.
    pub fn unscored_answer(question: &str) -> String {
        ["assessment-unscored-", question].concat()
    }
}
