//! Ids of elements.

/// The heading of the step on screen.
pub const HEADING: &str = "step-heading";
