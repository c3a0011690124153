//! Mistakes in content files, and the lines in which they stand.

use std::fmt;

/// A mistake in a content file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// The file, as it was named to [`parse`](super::parse).
    pub file: String,
    /// Counted from 1.
    pub line: usize,
    /// Why, and what to do.
    pub reason: String,
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.reason)
    }
}

/// The line, counted from 1, in which the byte at `offset` stands.
pub fn line_at(text: &str, offset: usize) -> usize {
    text.bytes().take(offset).filter(|byte| *byte == b'\n').count() + 1
}
