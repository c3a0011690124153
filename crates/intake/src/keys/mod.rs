//! The clinic's keys.
//!
//! A public key is a JWK with exactly the members of [`guide_core::key::PublicKey`]; its private
//! key has `d` too. A file with a private key may be sealed under a passphrase.

mod file;
mod known;
mod passphrase;
mod passphrase_source;
mod private;
mod shares;
pub mod site;
mod staff_file;

pub use file::{KeyFileError, Reason};
pub use known::{ExpiringKey, KnownKeys, Named, NotAPolicy, UnknownRecipients, read_public};
pub use passphrase_source::{PassphraseError, PassphraseSource};
pub use private::{KeyFiles, NewKey, PrivateKey, change_passphrase};
pub use shares::{combine, split};
pub use staff_file::{private_jwk, write_staff_file};
