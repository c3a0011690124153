//! The finished self-assessment that the appointment request may include. In memory alone.

use std::cell::RefCell;

use guide_core::request::payload::IncludedAssessment;

/// What a finished self-assessment leaves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finished {
    /// What would be sent.
    pub included: IncludedAssessment,
    /// The same in words, by question id.
    pub lines: Vec<(String, String)>,
}

thread_local! {
    static FINISHED: RefCell<Option<Finished>> = const { RefCell::new(None) };
}

/// What would be sent of the finished self-assessment; none while there is none.
pub fn included() -> Option<IncludedAssessment> {
    FINISHED.with_borrow(|finished| finished.as_ref().map(|it| it.included.clone()))
}

/// Keeps a finished self-assessment, or forgets it; returns the one before.
pub fn replace(finished: Option<Finished>) -> Option<Finished> {
    FINISHED.replace(finished)
}
