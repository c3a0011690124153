//! The finished self-assessment that the appointment request may include. In memory alone.

use guide_core::request::payload::IncludedAssessment;
use leptos::prelude::{ArcRwSignal, Set as _, WithUntracked as _};

/// A finished self-assessment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finished {
    /// The part that a request includes.
    pub included: IncludedAssessment,
    /// The same answers as text, by question; `None` where there is none.
    pub answers: Vec<Option<String>>,
}

thread_local! {
    // One for each page, for both islands.
    static FINISHED: ArcRwSignal<Option<Finished>> = ArcRwSignal::new(None);
    static DROPPED: ArcRwSignal<bool> = ArcRwSignal::new(false);
}

/// The finished self-assessment, if there is one.
pub fn signal() -> ArcRwSignal<Option<Finished>> {
    FINISHED.with(Clone::clone)
}

/// A self-assessment that the patient had chosen to include is not included any more: its answers have
/// changed.
pub fn dropped() -> ArcRwSignal<bool> {
    DROPPED.with(Clone::clone)
}

/// Forgets that one was dropped: the patient has chosen anew, or the request has arrived.
pub fn forget_dropped() {
    dropped().set(false);
}

/// The part of the finished self-assessment that a request includes; `None` if there is none.
pub fn included() -> Option<IncludedAssessment> {
    signal().with_untracked(|finished| finished.as_ref().map(|it| it.included.clone()))
}

/// Sets or clears the finished self-assessment. Returns `true` if it has changed.
pub fn set(finished: Option<Finished>) -> bool {
    let changed = signal().with_untracked(|before| *before != finished);
    if changed {
        signal().set(finished);
    }
    changed
}
