//! The clinic's keys.
//!
//! A public key is a JWK with exactly the members of [`guide_core::key::PublicKey`]; its private
//! key has `d` too. A file with a private key may be sealed under a passphrase.

mod file;
mod known;
mod passphrase;
mod private;
pub mod site;

pub use file::{KeyFileError, Reason};
pub use known::{KnownKeys, Named};
pub use passphrase::{Asker, PassphraseError};
pub use private::{NewKey, PrivateKey};

use std::path::Path;

use guide_core::key::PublicKey;

/// Reads a file with public keys: one JWK, or a JWK Set of at least one.
///
/// # Errors
/// What is wrong with the file.
pub fn read_public(path: &Path) -> Result<Vec<PublicKey>, KeyFileError> {
    known::read(path)
}
