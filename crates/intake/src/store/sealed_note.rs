//! Sealed notes of the staff about a request.

use time::OffsetDateTime;

/// Most notes of a request: far more than anybody writes, and a bound on what one response holds.
pub const MAX_NOTES: u32 = 200;

/// A sealed note, as it was received.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealedNote {
    /// Its place among the notes of its request, from 1.
    pub number: u32,
    /// When it was added, UTC, in whole seconds.
    pub at: OffsetDateTime,
    /// Whoever added it: the name of a token.
    pub by: String,
    /// The bytes that were posted.
    pub envelope: Vec<u8>,
}

/// The outcome of adding a note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoteOutcome {
    /// It is on disk now.
    Added(SealedNote),
    /// The same bytes were added to the request before.
    Duplicate(SealedNote),
    /// There is no such request.
    NoSuchRequest,
    /// The request has [`MAX_NOTES`] already.
    TooMany,
}
