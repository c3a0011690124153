//! Staff files: a token and the clinic's private keys, sealed under one person's passphrase as a private key is.

use std::fs;
use std::path::Path;

use clinic_core::private_key::PrivateJwk;
use clinic_core::staff_file::{CONTENT_TYPE, StaffFile};

use super::file::{KeyFileError, Reason};
use super::passphrase;
use super::passphrase_source::PassphraseSource;
use super::private::{PrivateKey, read_jwk, write_new};

/// The private key in a file, to be put into a staff file.
///
/// # Errors
/// The reason why the file cannot be used, or why there is no passphrase.
pub fn private_jwk(path: &Path, source: &PassphraseSource) -> Result<PrivateJwk, KeyFileError> {
    let read = || -> Result<PrivateJwk, Reason> {
        let json = read_jwk(path, source)?;
        // Its number must belong to its point, which the JOSE library tells.
        PrivateKey::from_jwk(&json)?;
        PrivateJwk::from_json(&json).map_err(|_| Reason::Mismatch)
    };
    read().map_err(|reason| KeyFileError::new(path, reason))
}

/// Writes a staff file under a new passphrase, readable by its owner alone.
///
/// # Errors
/// A file that is there already (nothing is ever overwritten), or cannot be written, or no passphrase.
pub fn write_staff_file(
    path: &Path,
    content: &StaffFile,
    source: &PassphraseSource,
) -> Result<(), KeyFileError> {
    let write = || -> Result<(), Reason> {
        // Before anybody types a passphrase.
        if fs::exists(path)? {
            return Err(Reason::Taken);
        }
        let json = content.to_json()?;
        let sealed = passphrase::protect(&json, CONTENT_TYPE, &source.new_one()?)?;
        Ok(write_new(path, 0o600, sealed.as_bytes())?)
    };
    write().map_err(|reason| KeyFileError::new(path, reason))
}
