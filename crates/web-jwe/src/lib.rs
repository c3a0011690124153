//! Encryption in the browser, as JWE (RFC 7516), by Web Crypto; the same forms that `intake` uses. To *seal*
//! something is to encrypt it for the clinic's keys, or for a passphrase.
//!
//! | module | holds |
//! |---|---|
//! | `seal`, `open` | envelopes for the clinic's public keys: ECDH-ES+A256KW and A256GCM |
//! | `key_pair` | a new pair of keys |
//! | `passphrase` | files under a passphrase: PBES2-HS512+A256KW and A256GCM; passkeys beside it |
//! | `web_crypto` | random numbers, and what every use of Web Crypto needs |

mod key_pair;
mod open;
mod passphrase;
mod seal;
mod web_crypto;

pub use key_pair::{KeyPair, new_key_pair};
pub use open::{OpeningKey, decrypt};
pub use passphrase::{
    FileError, Passkey, add_passkey, passkeys_of, seal_file, unseal_file, unseal_file_by,
};
pub use seal::{SealingKey, seal};
pub use web_crypto::{Result, new_id, random};
