//! A private key of the clinic as a JWK (RFC 7517). Whether its number belongs to its point is checked by the
//! cryptography that takes it.

use std::fmt;

use base64ct::{Base64UrlUnpadded, Encoding};
use guide_core::date::CalendarDate;
use guide_core::key::{ALGORITHM, KeyError, PublicKey};
use serde::ser::Error as _;
use serde::{Deserialize, Serialize, Serializer};
use serde_json::{Map, Value};
use sha2::{Digest as _, Sha256};

/// The order of P-256's group (SP 800-186 §3.2.1.3), big-endian.
const ORDER: [u8; 32] = [
    0xff, 0xff, 0xff, 0xff, 0x00, 0x00, 0x00, 0x00, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
    0xbc, 0xe6, 0xfa, 0xad, 0xa7, 0x17, 0x9e, 0x84, 0xf3, 0xb9, 0xca, 0xc2, 0xfc, 0x63, 0x25, 0x51,
];

/// A private key: the members of [`PublicKey`], and `d`.
#[derive(Clone, PartialEq, Eq)]
pub struct PrivateJwk {
    public: PublicKey,
    number: String,
}

/// Why members are no private key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PrivateJwkError {
    /// Not JSON with the members of a key. The position alone: the parser's words may repeat a secret.
    #[error("not a private key (line {line}, column {column})")]
    Shape {
        /// Counted from 1.
        line: usize,
        /// Counted from 1.
        column: usize,
    },
    /// There is no `d`: it is the public key.
    #[error("a public key: it opens nothing")]
    Public,
    /// `d` is not 32 bytes of base64url, or no number of a key.
    #[error("the private number (d) is of a wrong form")]
    Number,
    /// The public members make no key.
    #[error("{}", words(*.0))]
    Unfit(KeyError),
}

const fn words(error: KeyError) -> &'static str {
    match error {
        KeyError::Kind => "not a P-256 key for ECDH-ES+A256KW and encryption",
        KeyError::Coordinate => "a coordinate is not 32 bytes of base64url",
        KeyError::Thumbprint => "kid is not the RFC 7638 thumbprint of the key",
    }
}

/// The members as they stand in JSON, each at most once.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Members {
    kty: String,
    crv: String,
    x: String,
    y: String,
    kid: String,
    alg: String,
    #[serde(rename = "use")]
    usage: String,
    #[serde(default)]
    expires: Option<CalendarDate>,
    #[serde(default)]
    d: Option<Value>,
}

impl fmt::Debug for PrivateJwk {
    /// Names the key; nothing private.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PrivateJwk").field("kid", &self.public.kid).finish_non_exhaustive()
    }
}

impl PrivateJwk {
    /// Reads a private JWK (JSON), as `intake key` writes it.
    ///
    /// # Errors
    /// The first [`PrivateJwkError`] found.
    pub fn from_json(json: &[u8]) -> Result<Self, PrivateJwkError> {
        let members: Members = serde_json::from_slice(json).map_err(|error| {
            PrivateJwkError::Shape { line: error.line(), column: error.column() }
        })?;
        Self::of(members)
    }

    pub(crate) fn of(members: Members) -> Result<Self, PrivateJwkError> {
        let Members { kty, crv, x, y, kid, alg, usage, expires, d } = members;
        let public = PublicKey { kty, crv, x, y, kid, alg, usage, expires };
        let number = match d {
            None => return Err(PrivateJwkError::Public),
            Some(Value::String(number)) if is_private_number(&number) => number,
            Some(_) => return Err(PrivateJwkError::Number),
        };
        check(&public).map_err(PrivateJwkError::Unfit)?;
        Ok(Self { public, number })
    }

    /// The public key that belongs to it.
    pub fn public(&self) -> &PublicKey {
        &self.public
    }

    /// All members, `d` among them, for the cryptography. Never logged.
    ///
    /// # Errors
    /// Those of the JSON writer, which has none for these types.
    pub fn members(&self) -> Result<Map<String, Value>, serde_json::Error> {
        let Value::Object(mut members) = serde_json::to_value(&self.public)? else {
            return Err(serde_json::Error::custom("a key has members"));
        };
        members.insert("d".to_owned(), self.number.clone().into());
        Ok(members)
    }
}

impl Serialize for PrivateJwk {
    /// Writes all members, `d` among them.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.members().map_err(S::Error::custom)?.serialize(serializer)
    }
}

/// Returns `true` for a private number on P-256: 32 bytes of base64url, from 1 to the order of the group
/// less 1.
pub fn is_private_number(text: &str) -> bool {
    let mut bytes = [0; 32];
    Base64UrlUnpadded::decode(text, &mut bytes).is_ok_and(|decoded| decoded.len() == 32)
        && bytes != [0; 32]
        && bytes < ORDER
}

/// As `PublicKey::check`, which guide-core has natively alone.
fn check(public: &PublicKey) -> Result<(), KeyError> {
    if public.alg != ALGORITHM || public.usage != "enc" {
        return Err(KeyError::Kind);
    }
    public.point().check()?;
    let digest = Sha256::digest(public.thumbprint_input());
    let thumbprint = Base64UrlUnpadded::encode_string(&digest);
    if public.kid == thumbprint { Ok(()) } else { Err(KeyError::Thumbprint) }
}
