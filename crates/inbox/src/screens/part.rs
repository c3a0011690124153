//! The parts of the inbox.

/// A part of the inbox.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Part {
    /// The requests.
    #[default]
    Requests,
    /// The people of the staff.
    People,
    /// How the service is.
    Health,
}
