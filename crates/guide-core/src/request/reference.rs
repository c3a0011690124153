//! The short name of a request that people can read to each other.

use std::fmt;

/// Crockford base 32: no I, L, O or U, which are misread.
const DIGITS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Eight digits, `XXXX-XXXX`: the first 40 bits of SHA-256 over the 16 bytes of the request's id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reference([u8; 5]);

impl Reference {
    /// The reference from the SHA-256 digest of the id's 16 bytes; `None` for fewer than 5 bytes.
    pub fn from_digest(digest: &[u8]) -> Option<Self> {
        digest.first_chunk().map(|first| Self(*first))
    }

    /// The reference of a request.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn of(request_id: &uuid::Uuid) -> Self {
        use sha2::{Digest, Sha256};
        let [a, b, c, d, e, ..]: [u8; 32] = Sha256::digest(request_id.as_bytes()).into();
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
