//! Opening a sealed request with the clinic's private keys. [`clinic_core::open`] decides; this decrypts.

use clinic_core::open::Opening;
use guide_core::request::envelope::{Envelope, Recipient};
use guide_core::request::payload::AppointmentRequest;
use josekit::jwe::{self, JweDecrypter, JweHeader};
use uuid::Uuid;

use crate::keys::PrivateKey;

pub use clinic_core::open::OpenError;

/// The payload of an envelope, and the id that it was sealed under.
#[derive(Clone, PartialEq, Eq)]
pub struct Unsealed {
    /// The id that the seal is bound to.
    pub request_id: Uuid,
    /// The bytes that were sealed; readable, so never logged.
    pub payload: Vec<u8>,
}

/// Opens a request. `added` are the recipients that were added to it after it was received; `stored_as` is
/// its id in the store, `None` if it is not from there.
///
/// # Errors
/// Any [`OpenError`].
pub fn open(
    envelope: &[u8],
    added: &[Recipient],
    stored_as: Option<Uuid>,
    keys: &[PrivateKey],
) -> Result<AppointmentRequest, OpenError> {
    let opening = plan(envelope, added, keys)?;
    let OpenedBy { payload, .. } = decrypt_first(&opening, keys)?;
    opening.finish(&payload, stored_as)
}

/// Opens an envelope with any payload, by any of its recipients whose key is among these.
///
/// # Errors
/// Any [`OpenError`] but [`OpenError::IdMismatch`], [`OpenError::InnerId`] and
/// [`OpenError::Payload`].
pub fn unseal(
    envelope: &[u8],
    added: &[Recipient],
    keys: &[PrivateKey],
) -> Result<Unsealed, OpenError> {
    let opening = plan(envelope, added, keys)?;
    let OpenedBy { payload, .. } = decrypt_first(&opening, keys)?;
    Ok(Unsealed { request_id: opening.request_id(), payload })
}

/// The recipient of an envelope that a key opens, and the key.
///
/// # Errors
/// As of [`unseal`].
pub(crate) fn opener<'a>(
    envelope: &[u8],
    added: &[Recipient],
    keys: &'a [PrivateKey],
) -> Result<(Recipient, &'a PrivateKey), OpenError> {
    let OpenedBy { recipient, key, .. } = decrypt_first(&plan(envelope, added, keys)?, keys)?;
    Ok((recipient, key))
}

struct OpenedBy<'a> {
    recipient: Recipient,
    key: &'a PrivateKey,
    payload: Vec<u8>,
}

fn plan(envelope: &[u8], added: &[Recipient], keys: &[PrivateKey]) -> Result<Opening, OpenError> {
    Opening::plan(envelope, added, |kid| keys.iter().any(|key| key.public().kid == kid))
}

fn decrypt_first<'a>(opening: &Opening, keys: &'a [PrivateKey]) -> Result<OpenedBy<'a>, OpenError> {
    for attempt in opening.attempts() {
        let recipient = &attempt.recipient;
        let key = keys.iter().find(|key| key.public().kid == recipient.header.kid);
        let Some(key) = key else { continue };
        if let Some(payload) = decrypt(&opening.envelope_for(attempt), key) {
            return Ok(OpenedBy { recipient: recipient.clone(), key, payload });
        }
    }
    Err(opening.failure())
}

/// The payload of an envelope for one recipient. The form was right, so the library objects to a point off
/// the curve, a wrapped key or a tag.
fn decrypt(envelope: &Envelope, key: &PrivateKey) -> Option<Vec<u8>> {
    let decrypter: &dyn JweDecrypter = key.decrypter();
    let json = envelope.to_json().ok()?;
    let select =
        |header: &JweHeader| Ok((header.key_id() == decrypter.key_id()).then_some(decrypter));
    let (payload, _) = jwe::deserialize_json_with_selector(&json, select).ok()?;
    Some(payload)
}
