//! The finished self-assessment that the appointment request may include. In memory alone.

use std::cell::RefCell;

use guide_core::request::payload::IncludedAssessment;

/// A finished self-assessment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finished {
    /// The part that a request includes.
    pub included: IncludedAssessment,
    /// The same answers as text, by question id.
    pub lines: Vec<(String, String)>,
}

thread_local! {
    static FINISHED: RefCell<Option<Finished>> = const { RefCell::new(None) };
}

/// The part of the finished self-assessment that a request includes; `None` if there is none.
pub fn included() -> Option<IncludedAssessment> {
    FINISHED.with_borrow(|finished| finished.as_ref().map(|it| it.included.clone()))
}

/// Sets or clears the finished self-assessment. Returns the one before.
pub fn replace(finished: Option<Finished>) -> Option<Finished> {
    FINISHED.replace(finished)
}
