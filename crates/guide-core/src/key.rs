//! The clinic's public keys: P-256, as JSON Web Keys (RFC 7517).

use base64ct::{Base64UrlUnpadded, Encoding};
use serde::{Deserialize, Serialize};

/// Key agreement and wrapping that envelopes use (RFC 7518 §4.6).
pub const ALGORITHM: &str = "ECDH-ES+A256KW";

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
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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

impl Point {
    /// Whether this names P-256 and has coordinates of the right form. That it lies on the curve
    /// is checked by the cryptography that uses it.
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

    /// What RFC 7638 has one hash with SHA-256 for the thumbprint.
    pub fn thumbprint_input(&self) -> String {
        let Self { crv, kty, x, y, .. } = self;
        format!(r#"{{"crv":"{crv}","kty":"{kty}","x":"{x}","y":"{y}"}}"#)
    }
}

#[cfg(not(target_arch = "wasm32"))]
impl PublicKey {
    /// The RFC 7638 thumbprint that `kid` should be.
    pub fn thumbprint(&self) -> String {
        use sha2::{Digest, Sha256};
        Base64UrlUnpadded::encode_string(&Sha256::digest(self.thumbprint_input()))
    }

    /// Whether this key can be sealed for, and is named by its own thumbprint.
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
