//! Bearer tokens of the staff. A token is shown once, when it is made; only its hash is stored.

use base64ct::{Base64UrlUnpadded, Encoding};
use josekit::util::random_bytes;
use sha2::{Digest, Sha256};

/// The prefix of every token, by which people and secret scanners recognize a leaked one.
const PREFIX: &str = "intake_";

/// A new token: 256 random bits.
pub fn new() -> String {
    format!("{PREFIX}{}", Base64UrlUnpadded::encode_string(&random_bytes(32)))
}

/// The hash that is stored of a token. The token is random, so one round of SHA-256 is enough.
pub fn hash(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}
