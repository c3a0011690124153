//! Passwords and signing keys: in a file each, never on a command line, never shown.

use std::fmt;
use std::fs;
use std::io;
use std::path::Path;

/// The secret in a file, never shown.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

/// Why a file gives no secret.
#[derive(Debug, thiserror::Error)]
pub enum SecretError {
    /// The file cannot be read.
    #[error("{0}")]
    File(#[from] io::Error),
    /// There is nothing in it.
    #[error("the file is empty")]
    Empty,
}

impl Secret {
    /// Reads the first line of a file.
    ///
    /// # Errors
    /// Any [`SecretError`].
    pub fn read(file: &Path) -> Result<Self, SecretError> {
        let text = fs::read_to_string(file)?;
        match text.lines().next().map(str::trim) {
            Some(line) if !line.is_empty() => Ok(Self(line.to_owned())),
            _ => Err(SecretError::Empty),
        }
    }

    /// The secret itself.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}
