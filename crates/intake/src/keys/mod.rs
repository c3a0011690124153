//! The clinic's keys.
//!
//! A public key is a JWK with exactly the members of [`guide_core::key::PublicKey`]; its private
//! key has `d` too. A file with a private key may be sealed under a passphrase.

mod file;
mod known;
mod passphrase;
mod private;

pub use file::{KeyFileError, Reason};
pub use known::KnownKeys;
pub use passphrase::{Asker, PassphraseError};
pub use private::{NewKey, PrivateKey};

use std::path::Path;

use guide_core::key::PublicKey;

/// Reads a file with one public key.
///
/// # Errors
/// What is wrong with the file; more than one key is, too.
pub fn read_public(path: &Path) -> Result<PublicKey, KeyFileError> {
    known::read(path).and_then(|keys| match <[PublicKey; 1]>::try_from(keys) {
        Ok([key]) => Ok(key),
        Err(_) => Err(KeyFileError::new(path, Reason::NotOneKey)),
    })
}
