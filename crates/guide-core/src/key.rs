//! The clinic's public keys: P-256, as JSON Web Keys (RFC 7517).

#[cfg(not(target_arch = "wasm32"))]
use std::fmt;

use base64ct::{Base64UrlUnpadded, Encoding};
use serde::ser::SerializeStruct as _;
use serde::{Deserialize, Serialize, Serializer};

use crate::date::CalendarDate;

/// Key agreement and wrapping that envelopes use (RFC 7518 §4.6).
pub const ALGORITHM: &str = "ECDH-ES+A256KW";

/// The file in the built site that lists the public keys its pages seal for, as a JWK Set
/// (RFC 7517 §5): `intake` compares them with those that it knows.
#[cfg(not(target_arch = "wasm32"))]
pub const SITE_FILE: &str = "keys.json";

/// A point on P-256: an ephemeral public key, or the public part of a clinic's key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Point {
    /// Key type; only `EC` is used.
    pub kty: String,
    /// Curve; only `P-256` is used.
    pub crv: String,
    /// 32 bytes, base64url without padding.
    pub x: String,
    /// 32 bytes, base64url without padding.
    pub y: String,
}

/// A public key to seal for.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PublicKey {
    /// Key type; only `EC` is used.
    pub kty: String,
    /// Curve; only `P-256` is used.
    pub crv: String,
    /// 32 bytes, base64url without padding.
    pub x: String,
    /// 32 bytes, base64url without padding.
    pub y: String,
    /// RFC 7638 thumbprint (SHA-256, base64url), by which an envelope names its recipients.
    pub kid: String,
    /// Always [`ALGORITHM`].
    pub alg: String,
    /// Always `enc`.
    #[serde(rename = "use")]
    pub usage: String,
    /// The last day on which anything is sealed for it, in the clinic's time zone; it opens ever
    /// after. No part of the thumbprint.
    #[serde(default)]
    pub expires: Option<CalendarDate>,
}

impl Serialize for PublicKey {
    /// Writes all that is read. A format whose members have names leaves out an expiry that is
    /// missing; in one without names (Postcard) the number of members is always the same.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let left_out = serializer.is_human_readable() && self.expires.is_none();
        let members = if left_out { 7 } else { 8 };
        let mut key = serializer.serialize_struct("PublicKey", members)?;
        key.serialize_field("kty", &self.kty)?;
        key.serialize_field("crv", &self.crv)?;
        key.serialize_field("x", &self.x)?;
        key.serialize_field("y", &self.y)?;
        key.serialize_field("kid", &self.kid)?;
        key.serialize_field("alg", &self.alg)?;
        key.serialize_field("use", &self.usage)?;
        if !left_out {
            key.serialize_field("expires", &self.expires)?;
        }
        key.end()
    }
}

/// Why a public key cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyError {
    /// Not an EC key on P-256 for [`ALGORITHM`] and encryption.
    Kind,
    /// A coordinate is not 32 bytes of base64url.
    Coordinate,
    /// `kid` is not the key's RFC 7638 thumbprint.
    Thumbprint,
}

/// A notice that a key expires soon, or has expired.
#[cfg(not(target_arch = "wasm32"))]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExpiryNotice {
    /// It can be sealed for until this day.
    Soon {
        /// See [`PublicKey::expires`].
        last: CalendarDate,
        /// From today to then.
        days: i64,
    },
    /// Nothing is sealed for it any more.
    Expired {
        /// See [`PublicKey::expires`].
        last: CalendarDate,
    },
}

#[cfg(not(target_arch = "wasm32"))]
impl fmt::Display for ExpiryNotice {
    /// For the clinic's engineers: the state, and what to do.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Soon { last, days: 0 } => write!(f, "expires today, {last}"),
            Self::Soon { last, days: 1 } => write!(f, "expires tomorrow, {last}"),
            Self::Soon { last, days } => write!(f, "expires in {days} days, on {last}"),
            Self::Expired { last } => write!(f, "expired on {last}; nothing is sealed for it"),
        }?;
        f.write_str(": put a new key beside it (docs/operating.md, \"Rotate keys\")")
    }
}

impl Point {
    /// Checks that this names P-256 and has coordinates of the right form. The cryptography that
    /// uses it checks that it lies on the curve.
    ///
    /// # Errors
    /// [`KeyError::Kind`] and [`KeyError::Coordinate`].
    pub fn check(&self) -> Result<(), KeyError> {
        if self.kty != "EC" || self.crv != "P-256" {
            return Err(KeyError::Kind);
        }
        for coordinate in [&self.x, &self.y] {
            let mut bytes = [0; 32];
            match Base64UrlUnpadded::decode(coordinate, &mut bytes) {
                Ok(decoded) if decoded.len() == 32 => {}
                _ => return Err(KeyError::Coordinate),
            }
        }
        Ok(())
    }
}

impl PublicKey {
    /// The key's point.
    pub fn point(&self) -> Point {
        Point { kty: self.kty.clone(), crv: self.crv.clone(), x: self.x.clone(), y: self.y.clone() }
    }

    /// Returns `true` if nothing may be sealed for this key any more. `today` is the day in the
    /// clinic's time zone.
    pub fn expired(&self, today: CalendarDate) -> bool {
        self.expires.is_some_and(|last| last < today)
    }

    /// The JSON of which the RFC 7638 thumbprint is the SHA-256 digest.
    pub fn thumbprint_input(&self) -> String {
        let Self { crv, kty, x, y, .. } = self;
        format!(r#"{{"crv":"{crv}","kty":"{kty}","x":"{x}","y":"{y}"}}"#)
    }
}

/// The first three groups of the [fingerprint](PublicKey::fingerprint) of the key with this id: 48 bits, enough to
/// compare by eye. Empty for a text that is no id.
pub fn short_fingerprint(kid: &str) -> String {
    let mut bytes = [0; 6];
    // Base64url has four characters for three bytes.
    let begin = kid.get(..8).and_then(|it| Base64UrlUnpadded::decode(it, &mut bytes).ok());
    let groups = begin.map(|bytes| bytes.chunks(2).map(group).collect::<Vec<_>>());
    groups.unwrap_or_default().join(" ")
}

fn group(bytes: &[u8]) -> String {
    let digit = |it: u8| char::from_digit(it.into(), 16).unwrap_or_default().to_ascii_uppercase();
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 0xF)]).collect()
}

/// The days before its expiry from which on the owners of a key are notified.
#[cfg(not(target_arch = "wasm32"))]
const DAYS_OF_NOTICE: i64 = 30;

#[cfg(not(target_arch = "wasm32"))]
impl PublicKey {
    /// The notice to give the owners of this key; none until 30 days before it expires.
    pub fn expiry_notice(&self, today: CalendarDate) -> Option<ExpiryNotice> {
        let last = self.expires?;
        match last.days_since(today) {
            ..0 => Some(ExpiryNotice::Expired { last }),
            days @ 0..=DAYS_OF_NOTICE => Some(ExpiryNotice::Soon { last, days }),
            _ => None,
        }
    }

    /// The RFC 7638 thumbprint that `kid` should be.
    pub fn thumbprint(&self) -> String {
        Base64UrlUnpadded::encode_string(&self.digest())
    }

    /// The thumbprint as it is read out on the phone: 64 hexadecimal digits in groups of four.
    pub fn fingerprint(&self) -> String {
        self.digest().chunks(2).map(group).collect::<Vec<_>>().join(" ")
    }

    fn digest(&self) -> [u8; 32] {
        use sha2::{Digest, Sha256};
        Sha256::digest(self.thumbprint_input()).into()
    }

    /// Checks that this key can be sealed for, and is named by its own thumbprint.
    ///
    /// # Errors
    /// Any [`KeyError`].
    pub fn check(&self) -> Result<(), KeyError> {
        if self.alg != ALGORITHM || self.usage != "enc" {
            return Err(KeyError::Kind);
        }
        self.point().check()?;
        if self.kid == self.thumbprint() { Ok(()) } else { Err(KeyError::Thumbprint) }
    }
}
