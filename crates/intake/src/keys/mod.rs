//! The clinic's keys.
//!
//! A public key is a JWK with exactly the members of [`guide_core::key::PublicKey`]; its private
//! key has `d` too. A file with a private key may be sealed under a passphrase.

mod asker;
mod file;
mod known;
mod passphrase;
mod private;
pub mod site;

pub use asker::{Asker, PassphraseError};
pub use file::{KeyFileError, Reason};
pub use known::{ExpiringKey, KnownKeys, Named, NotAFate, UnknownRecipients, read_public};
pub use private::{KeyFiles, NewKey, PrivateKey};
