//! Sealing as the page does, to try whether a pair of keys belongs together.

use guide_core::key::PublicKey;
use guide_core::request::envelope::{ENCRYPTION, NOTE_TYPE, TYPE};
use josekit::JoseError;
use josekit::jwe::{self, ECDH_ES_A256KW, JweEncrypter, JweHeader, JweHeaderSet};
use josekit::jwk::Jwk;
use serde_json::Value;
use uuid::Uuid;

/// Seals a payload for these recipients. Returns an envelope (JSON).
///
/// # Errors
/// Those of the JOSE library: no recipient, or a point that is not on the curve.
pub fn seal(
    payload: &[u8],
    request_id: Uuid,
    recipients: &[PublicKey],
) -> Result<Vec<u8>, JoseError> {
    seal_as(TYPE, payload, request_id, recipients)
}

/// Seals a note about a request.
///
/// # Errors
/// The same.
pub fn seal_note(
    note: &[u8],
    request_id: Uuid,
    recipients: &[PublicKey],
) -> Result<Vec<u8>, JoseError> {
    seal_as(NOTE_TYPE, note, request_id, recipients)
}

fn seal_as(
    typ: &str,
    payload: &[u8],
    request_id: Uuid,
    recipients: &[PublicKey],
) -> Result<Vec<u8>, JoseError> {
    let mut protected = JweHeaderSet::new();
    protected.set_content_encryption(ENCRYPTION, true);
    protected.set_token_type(typ, true);
    protected.set_claim("rid", Some(Value::String(request_id.to_string())), true)?;
    let encrypters = recipients
        .iter()
        .map(|key| ECDH_ES_A256KW.encrypter_from_jwk(&jwk(key)?))
        .collect::<Result<Vec<_>, _>>()?;
    // Algorithm, key id and ephemeral key are in each recipient's own header.
    let recipients: Vec<(Option<&JweHeader>, &dyn JweEncrypter)> =
        encrypters.iter().map(|encrypter| (None, encrypter as &dyn JweEncrypter)).collect();
    jwe::serialize_general_json(payload, Some(&protected), &recipients, None)
        .map(String::into_bytes)
}

/// A public key, as the JOSE library has it.
pub(crate) fn jwk(key: &PublicKey) -> Result<Jwk, JoseError> {
    let json = serde_json::to_vec(key).map_err(|error| JoseError::InvalidJson(error.into()))?;
    Jwk::from_bytes(json)
}
