//! A file of the content as it was read.

use std::fs;
use std::path::Path;

use guide_core::source::{self, Check, Mistake, Problem};
use serde::de::DeserializeOwned;

use super::characters;

/// A file and its text, in which later checks find their lines.
#[derive(Clone, Debug)]
pub(super) struct Source {
    /// Its path, as messages name it.
    pub(super) file: String,
    /// The text.
    pub(super) text: String,
}

impl Source {
    /// Reads a file.
    ///
    /// # Errors
    /// A file that is not plain text, or has characters that it may not have.
    pub(super) fn read(path: &Path) -> Result<Self, Vec<Mistake>> {
        Ok(Self { file: path.display().to_string(), text: text(path)? })
    }

    /// Parses the text as TOML, and checks it.
    ///
    /// # Errors
    /// All mistakes.
    pub(super) fn parse<T: DeserializeOwned + Check>(&self) -> Result<T, Vec<Mistake>> {
        source::parse(&self.file, &self.text)
    }

    /// These problems, each with its line.
    pub(super) fn locate(&self, problems: Vec<Problem>) -> Vec<Mistake> {
        source::locate(&self.file, &self.text, problems)
    }
}

/// A file's text, without what some editors put before it and at the ends of its lines.
fn text(path: &Path) -> Result<String, Vec<Mistake>> {
    let mistake = |line, reason| vec![Mistake { file: path.display().to_string(), line, reason }];
    let bytes = fs::read(path).map_err(|error| {
        mistake(1, format!("cannot be read ({error}); the build needs this file"))
    })?;
    // RTF; the archive that .docx and .odt are.
    if bytes.starts_with(b"{\\rtf") || bytes.starts_with(b"PK\x03\x04") {
        let reason = "saved by a word processor; save it again as plain text (UTF-8)";
        return Err(mistake(1, reason.to_owned()));
    }
    let text = String::from_utf8(bytes).map_err(|error| {
        let before = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
        let reason = "not plain text in UTF-8 from here on; save it again with the encoding UTF-8 \
                      (in an editor: Save as)";
        mistake(line, reason.to_owned())
    })?;
    let text = with_newlines(text.trim_start_matches('\u{feff}'));
    let mistakes = characters::mistakes(&path.display().to_string(), &text);
    if mistakes.is_empty() { Ok(text) } else { Err(mistakes) }
}

/// The ends of its lines are those of Windows, or of an old Mac.
pub(super) fn with_newlines(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}
