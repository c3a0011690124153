//! The short name of a request that people can read to each other.

use std::fmt;
use std::str::FromStr;

use sha2::{Digest as _, Sha256};
use uuid::Uuid;

/// Crockford base 32: no I, L, O or U, which are misread.
const DIGITS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Eight digits, `XXXX-XXXX`: the first 40 bits of SHA-256 over the 16 bytes of the request's id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reference([u8; 5]);

/// A word that is no reference, however it is spelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAReference;

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

impl FromStr for Reference {
    type Err = NotAReference;

    /// Reads a reference as somebody may write it down: Crockford base 32 takes small letters, O for 0, I and
    /// L for 1; dashes and spaces may stand anywhere.
    fn from_str(written: &str) -> Result<Self, NotAReference> {
        let (mut bits, mut count) = (0_u64, 0);
        for c in written.chars().filter(|c| !matches!(c, '-' | ' ')) {
            let digit = match c.to_ascii_uppercase() {
                'O' => '0',
                'I' | 'L' => '1',
                other => other,
            };
            let value = DIGITS.iter().position(|it| char::from(*it) == digit);
            let value = value.ok_or(NotAReference)?;
            if count == 8 {
                return Err(NotAReference);
            }
            (bits, count) = (bits << 5 | value as u64, count + 1);
        }
        match (count, bits.to_be_bytes()) {
            (8, [_, _, _, bytes @ ..]) => Ok(Self(bytes)),
            _ => Err(NotAReference),
        }
    }
}
