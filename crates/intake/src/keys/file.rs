//! Errors of key files. Their messages never repeat the content of a file.

use std::io;
use std::path::{Path, PathBuf};

use guide_core::key::KeyError;
use josekit::JoseError;

use super::passphrase_source::PassphraseError;

/// A key file that cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("{}: {reason}", file.display())]
pub struct KeyFileError {
    /// The file, as it was named.
    pub file: PathBuf,
    /// Why.
    pub reason: Reason,
}

/// Why a key file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum Reason {
    /// The file cannot be read or written.
    #[error("{0}")]
    File(#[from] io::Error),
    /// The name of a new file is taken.
    #[error("is there already, and is never overwritten; choose another --name")]
    Taken,
    /// Not JSON with the members of a key.
    #[error("not a file of the form that `intake key` writes (line {line}, column {column})")]
    Shape {
        /// Counted from 1.
        line: usize,
        /// Counted from 1.
        column: usize,
    },
    /// A private key where the public one belongs.
    #[error("holds a private key; keep it away from the server, and name the public one")]
    Private,
    /// A public key where the private one is needed.
    #[error("holds no private key")]
    Public,
    /// The members do not make a key.
    #[error("{}", words(*.0))]
    Unfit(KeyError),
    /// The new passphrase is the one in force.
    #[error("has that passphrase already; nothing was changed")]
    SamePassphrase,
    /// Somebody else replaced the file.
    #[error("was changed by somebody else meanwhile, and left as it is; try again")]
    ChangedMeanwhile,
    /// A share of another splitting, or the same one again.
    #[error("is no share of the same splitting as the others, or is given twice")]
    OtherShare,
    /// Shares of which no two make the key.
    #[error("no two of the shares given make the key: one of them, or both, were altered")]
    AlteredShare,
    /// A share alone.
    #[error("is one share; give a second one with another --share")]
    OneShare,
    /// A set of no keys.
    #[error("holds no key")]
    NoKey,
    /// The private number does not belong to the public point.
    #[error("the private part does not belong to the public one")]
    Mismatch,
    /// There is no passphrase for it.
    #[error("{0}")]
    NoPassphrase(#[from] PassphraseError),
    /// It could not be sealed under the passphrase.
    #[error("{0}")]
    Sealing(#[from] JoseError),
    /// Sealed under another passphrase, or altered.
    #[error("the passphrase is another, or the file was altered")]
    Passphrase,
}

const fn words(error: KeyError) -> &'static str {
    match error {
        KeyError::Kind => "not a P-256 key for ECDH-ES+A256KW and encryption",
        KeyError::Coordinate => "a coordinate is not 32 bytes of base64url",
        KeyError::Thumbprint => "kid is not the RFC 7638 thumbprint of the key",
    }
}

impl From<KeyError> for Reason {
    fn from(error: KeyError) -> Self {
        Self::Unfit(error)
    }
}

impl From<serde_json::Error> for Reason {
    /// Position only: the parser's own message may repeat a value, and that may be a secret.
    fn from(error: serde_json::Error) -> Self {
        Self::Shape { line: error.line(), column: error.column() }
    }
}

impl KeyFileError {
    /// An error of this file.
    pub fn new(file: &Path, reason: impl Into<Reason>) -> Self {
        Self { file: file.to_owned(), reason: reason.into() }
    }
}
