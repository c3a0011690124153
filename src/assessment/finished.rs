//! The finished self-assessment, for the appointment request to include. In memory alone.

use std::sync::LazyLock;

use guide_core::request::payload::IncludedAssessment;
use leptos::prelude::*;

/// What a finished self-assessment leaves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finished {
    /// What would be sent.
    pub included: IncludedAssessment,
    /// The same in words, by question id.
    pub lines: Vec<(String, String)>,
}

// The two islands are mounted apart and share no owner, so the signal belongs to neither.
static FINISHED: LazyLock<ArcRwSignal<Option<Finished>>> = LazyLock::new(|| ArcRwSignal::new(None));

/// The finished self-assessment; tracked.
pub fn finished() -> Option<Finished> {
    FINISHED.get()
}

/// Keeps a finished self-assessment, or forgets it.
pub fn set_finished(finished: Option<Finished>) {
    if FINISHED.get_untracked() != finished {
        FINISHED.set(finished);
    }
}
