//! Making a stored request openable by another key of the clinic, on the clinic's computer. The request
//! stays sealed as it is: the key of its content is unwrapped by a key that opens it, and wrapped for the
//! other one, as one more recipient of the JWE (RFC 7516 §5.1, steps 2 to 6).

use std::io;

use base16ct::HexDisplay;
use base64ct::{Base64UrlUnpadded, Encoding};
use guide_core::key::{ALGORITHM, Point, PublicKey};
use guide_core::request::envelope::{EnvelopeError, Recipient, RecipientHeader};
use josekit::JoseError;
use josekit::jwe::enc::A256GCM;
use josekit::jwe::{ECDH_ES_A256KW, JweDecrypter, JweEncrypter, JweHeader};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use crate::keys::PrivateKey;
use crate::open::{OpenError, opener};
use crate::seal::jwk;

/// A recipient of a stored request, as a line of the file that the clinic's computer writes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AddedRecipient {
    /// The request's id.
    pub id: Uuid,
    /// SHA-256 of the envelope as it was received, in hexadecimal digits: another request may come to have
    /// the same id.
    pub envelope: String,
    /// The recipient.
    pub recipient: Recipient,
}

impl AddedRecipient {
    /// A recipient of this envelope.
    pub fn of(id: Uuid, envelope: &[u8], recipient: Recipient) -> Self {
        Self { id, envelope: digest(envelope), recipient }
    }

    /// Returns `true` if it is a recipient of this envelope.
    pub fn fits(&self, envelope: &[u8]) -> bool {
        self.envelope == digest(envelope)
    }
}

fn digest(envelope: &[u8]) -> String {
    format!("{:x}", HexDisplay(&Sha256::digest(envelope)))
}

/// Why a request cannot be made openable by another key.
#[derive(Debug, thiserror::Error)]
pub enum RewrapError {
    /// It does not open.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// Its content's key cannot be wrapped for the other key.
    #[error("its content's key cannot be wrapped for the other key: {0}")]
    Jose(#[from] JoseError),
}

/// Wraps the content's key of an envelope for another key. `added` are the recipients that were added to it
/// before.
///
/// # Errors
/// Any [`RewrapError`]. An envelope that does not open is never rewrapped.
pub fn rewrap(
    envelope: &[u8],
    added: &[Recipient],
    keys: &[PrivateKey],
    other: &PublicKey,
) -> Result<Recipient, RewrapError> {
    let (recipient, key) = opener(envelope, added, keys)?;
    let mut header = JweHeader::new();
    header.set_claim("epk", Some(json(&recipient.header.epk)?))?;
    let wrapped = Base64UrlUnpadded::decode_vec(&recipient.encrypted_key)
        .map_err(|_| OpenError::Form(EnvelopeError::Encoding))?;
    let content_key = key.decrypter().decrypt(Some(&wrapped), &A256GCM, &header)?;
    let encrypter = ECDH_ES_A256KW.encrypter_from_jwk(&jwk(other)?)?;
    let mut made = JweHeader::new();
    let rewrapped = encrypter.encrypt(&content_key, &JweHeader::new(), &mut made)?;
    let missing = || JoseError::InvalidJweFormat(io::Error::other("no wrapped key").into());
    let epk = made.claim("epk").ok_or_else(missing)?;
    Ok(Recipient {
        header: RecipientHeader {
            alg: ALGORITHM.to_owned(),
            kid: other.kid.clone(),
            epk: Point::deserialize(epk).map_err(|error| JoseError::InvalidJson(error.into()))?,
        },
        encrypted_key: Base64UrlUnpadded::encode_string(&rewrapped.ok_or_else(missing)?),
    })
}

fn json(point: &Point) -> Result<Value, JoseError> {
    serde_json::to_value(point).map_err(|error| JoseError::InvalidJson(error.into()))
}
