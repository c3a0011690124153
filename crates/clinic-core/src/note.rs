//! Sealed notes of the staff on a request: JSON of the schema `request-note/1`, sealed for the clinic's keys
//! in an envelope of the request's id, whose `typ` is [`TYPE`].

use std::fmt;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The schema of every note.
pub const SCHEMA: &str = "request-note/1";
/// The `typ` of an envelope with a note: without it, a note could be passed off as a request.
pub const TYPE: &str = "request-note+jwe";
/// The longest text, in characters: as long as the message of a request.
pub const MAX_TEXT: usize = 2_000;
/// A payload's length is a multiple of this, so that it hardly tells how much was written.
pub const BLOCK: usize = 1_024;
/// The largest payload that is read, in bytes: the longest text, with every character escaped in twelve
/// bytes (as two of JSON's `\uXXXX`), the other members, and the padding.
const MAX_BYTES: usize = MAX_TEXT * 12 + 2 * BLOCK;

/// A note on a request.
#[derive(Clone, PartialEq, Eq)]
pub struct Note {
    request_id: Uuid,
    text: String,
}

/// Why a text is no note, or opened bytes are none of this request.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoteError {
    /// Nothing but white space.
    #[error("the note is empty")]
    Empty,
    /// More than [`MAX_TEXT`] characters.
    #[error("the note is longer than {MAX_TEXT} characters")]
    TooLong,
    /// More bytes than a note can have.
    #[error("more bytes than a note has")]
    TooLarge,
    /// Not JSON with the members of a note. The position alone: the parser's words may repeat the text.
    #[error("not a note (line {line}, column {column})")]
    Shape {
        /// Counted from 1.
        line: usize,
        /// Counted from 1.
        column: usize,
    },
    /// Another schema than [`SCHEMA`].
    #[error("not a note of the schema {SCHEMA}")]
    Schema,
    /// A note on another request: it may have been swapped.
    #[error("a note on another request; it may have been swapped")]
    OtherRequest,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Payload {
    schema: String,
    request_id: Uuid,
    text: String,
    /// Fills the JSON to a multiple of [`BLOCK`] bytes.
    pad: String,
}

impl fmt::Debug for Note {
    /// Keeps the text out of logs.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Note(…)")
    }
}

impl Note {
    /// A note on a request. White space around the text is dropped.
    ///
    /// # Errors
    /// [`NoteError::Empty`] and [`NoteError::TooLong`].
    pub fn new(request_id: Uuid, text: &str) -> Result<Self, NoteError> {
        let text = text.trim();
        check(text)?;
        Ok(Self { request_id, text: text.to_owned() })
    }

    /// Reads the opened bytes. `request_id` is the id of the envelope they were in, which must be that of
    /// the request that the note is stored with.
    ///
    /// # Errors
    /// The first [`NoteError`] found.
    pub fn from_json(bytes: &[u8], request_id: Uuid) -> Result<Self, NoteError> {
        if bytes.len() > MAX_BYTES {
            return Err(NoteError::TooLarge);
        }
        let payload: Payload = serde_json::from_slice(bytes)
            .map_err(|error| NoteError::Shape { line: error.line(), column: error.column() })?;
        if payload.schema != SCHEMA {
            return Err(NoteError::Schema);
        }
        if payload.request_id != request_id {
            return Err(NoteError::OtherRequest);
        }
        check(&payload.text)?;
        Ok(Self { request_id, text: payload.text })
    }

    /// The request that it is on.
    pub fn request_id(&self) -> Uuid {
        self.request_id
    }

    /// The text, as it was written: [`shown_lines`](crate::readable::shown_lines) makes it safe to show.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The bytes to seal: JSON, padded to a multiple of [`BLOCK`].
    ///
    /// # Errors
    /// Those of the JSON writer, which has none for these types.
    pub fn to_padded_json(&self) -> Result<Vec<u8>, serde_json::Error> {
        let Self { request_id, text } = self;
        let mut payload = Payload {
            schema: SCHEMA.to_owned(),
            request_id: *request_id,
            text: text.clone(),
            pad: String::new(),
        };
        let length = serde_json::to_vec(&payload)?.len();
        payload.pad = "0".repeat(length.next_multiple_of(BLOCK) - length);
        serde_json::to_vec(&payload)
    }
}

fn check(text: &str) -> Result<(), NoteError> {
    if text.trim().is_empty() {
        return Err(NoteError::Empty);
    }
    if text.chars().count() > MAX_TEXT { Err(NoteError::TooLong) } else { Ok(()) }
}
