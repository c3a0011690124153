//! Making a stored request openable by another key of the clinic, on the clinic's computer. The request
//! stays sealed as it is: the key of its content is unwrapped by a key that opens it, and wrapped for the
//! other one, as one more recipient of the JWE (RFC 7516 §5.1, steps 2 to 6).

use base64ct::{Base64UrlUnpadded, Encoding};
use guide_core::key::{ALGORITHM, Point, PublicKey};
use guide_core::request::envelope::{Envelope, EnvelopeError, Recipient, RecipientHeader};
use josekit::JoseError;
use josekit::jwe::enc::A256GCM;
use josekit::jwe::{ECDH_ES_A256KW, JweDecrypter, JweEncrypter, JweHeader};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use crate::keys::PrivateKey;
use crate::open::{OpenError, opener, unseal};
use crate::seal::jwk;

/// A recipient of a stored request, as a line of the file that the clinic's computer writes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AddedRecipient {
    /// The request's id.
    pub id: Uuid,
    /// The recipient.
    pub recipient: Recipient,
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

/// Wraps the content's key of an envelope for another key. `None` where that opens it already.
///
/// # Errors
/// Any [`RewrapError`]. An envelope that does not open is never rewrapped.
pub fn rewrap(
    envelope: &[u8],
    keys: &[PrivateKey],
    other: &PublicKey,
) -> Result<Option<Recipient>, RewrapError> {
    unseal(envelope, keys)?;
    let (envelope, _) = Envelope::parse(envelope).map_err(OpenError::Form)?;
    if envelope.is_for(&other.kid) {
        return Ok(None);
    }
    let (recipient, key) = opener(&envelope, keys).ok_or(OpenError::NoMatchingKey)?;
    let mut header = JweHeader::new();
    header.set_claim("epk", Some(json(&recipient.header.epk)?))?;
    let wrapped = Base64UrlUnpadded::decode_vec(&recipient.encrypted_key)
        .map_err(|_| OpenError::Form(EnvelopeError::Encoding))?;
    let content_key = key.decrypter().decrypt(Some(&wrapped), &A256GCM, &header)?;
    let encrypter = ECDH_ES_A256KW.encrypter_from_jwk(&jwk(other)?)?;
    let mut made = JweHeader::new();
    let rewrapped = encrypter.encrypt(&content_key, &JweHeader::new(), &mut made)?;
    let missing = || JoseError::InvalidJweFormat(std::io::Error::other("no wrapped key").into());
    let epk = made.claim("epk").ok_or_else(missing)?;
    Ok(Some(Recipient {
        header: RecipientHeader {
            alg: ALGORITHM.to_owned(),
            kid: other.kid.clone(),
            epk: Point::deserialize(epk).map_err(|error| JoseError::InvalidJson(error.into()))?,
        },
        encrypted_key: Base64UrlUnpadded::encode_string(&rewrapped.ok_or_else(missing)?),
    }))
}

/// The envelope (JSON) with recipients that were added. One that is no envelope stays as it is: opening
/// says why it does not open.
pub fn with_recipients(envelope: &[u8], added: &[Recipient]) -> Vec<u8> {
    let merged = || {
        let (parsed, _) = Envelope::parse(envelope).ok()?;
        parsed.with_recipients(added.iter().cloned()).ok()?.to_json().ok()
    };
    match added {
        [] => envelope.to_vec(),
        _ => merged().map_or_else(|| envelope.to_vec(), String::into_bytes),
    }
}

fn json(point: &Point) -> Result<Value, JoseError> {
    serde_json::to_value(point).map_err(|error| JoseError::InvalidJson(error.into()))
}
