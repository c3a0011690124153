//! Changes of requests, as the list of changes and the history of a request have them.

use time::OffsetDateTime;
use uuid::Uuid;

use super::handling::Handling;

/// A change of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Its place in the order of all changes, from 1; never given twice, and not without gaps: the changes of a
    /// deleted request are deleted with it.
    pub number: i64,
    /// When it was made, UTC, in whole seconds.
    pub at: OffsetDateTime,
    /// Whoever made it: the name of a token, or the words of another actor.
    pub by: String,
    /// The request's reference.
    pub reference: String,
    /// What was changed.
    pub kind: ChangeKind,
}

/// What was changed of a request, and how it was after that.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChangeKind {
    /// Its state, holder or tries.
    State(AfterChange),
    /// A note was added.
    Note(AfterChange),
    /// It was deleted. Only its reference is left.
    Deleted,
}

/// A request after a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AfterChange {
    /// The request's id.
    pub id: Uuid,
    /// How far the clinic had come with it.
    pub handling: Handling,
    /// Its version.
    pub version: i64,
    /// The number of its sealed notes.
    pub notes: u32,
}

/// A change in the history of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PastChange {
    /// When it was made, UTC, in whole seconds.
    pub at: OffsetDateTime,
    /// Whoever made it, as in [`Change::by`].
    pub by: String,
    /// How far the clinic had come with the request after it.
    pub handling: Handling,
}
