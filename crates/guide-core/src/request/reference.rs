//! The short name of a request that people can read to each other.

use std::fmt;

use sha2::{Digest as _, Sha256};
use uuid::Uuid;

/// Crockford base 32: no I, L, O or U, which are misread.
const DIGITS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Eight digits, `XXXX-XXXX`: the first 40 bits of SHA-256 over the 16 bytes of the request's id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reference([u8; 5]);

impl Reference {
    /// The reference of a request.
    pub fn of(request_id: &Uuid) -> Self {
        Self::from_digest(&Sha256::digest(request_id.as_bytes()).into())
    }

    /// The reference from the SHA-256 digest of the id's 16 bytes.
    pub fn from_digest(digest: &[u8; 32]) -> Self {
        let [a, b, c, d, e, ..] = *digest;
        Self([a, b, c, d, e])
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bits = self.0.iter().fold(0_u64, |bits, byte| bits << 8 | u64::from(*byte));
        for nth in 0..8 {
            if nth == 4 {
                f.write_str("-")?;
            }
            let digit = bits >> (35 - 5 * nth) & 31;
            f.write_str(char::from(DIGITS[digit as usize]).encode_utf8(&mut [0; 4]))?;
        }
        Ok(())
    }
}
