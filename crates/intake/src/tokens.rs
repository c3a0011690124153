//! Bearer tokens of the staff. A token is shown once, when it is made; what is stored is its hash.

use base64ct::{Base64UrlUnpadded, Encoding};
use josekit::util::random_bytes;
use sha2::{Digest, Sha256};

/// What every token begins with, so that people and scanners know one that was lost.
const PREFIX: &str = "intake_";

/// A new token: 256 random bits.
pub fn new() -> String {
    format!("{PREFIX}{}", Base64UrlUnpadded::encode_string(&random_bytes(32)))
}

/// What is stored of a token. It is random, so one round of SHA-256 cannot be turned back.
pub fn hash(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}
