//! The finished self-assessment, for the appointment request to include. In memory alone.

use std::cell::RefCell;

use guide_core::request::payload::IncludedAssessment;

use crate::request;

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

/// Keeps a finished self-assessment, or forgets it, and offers it to the appointment request.
pub fn set(finished: Option<Finished>) {
    let before = FINISHED.take();
    request::offer_assessment(before.as_ref(), finished.as_ref());
    FINISHED.set(finished);
}
