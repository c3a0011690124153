//! Opening a sealed request. All or nothing: an error never comes with a part of the request.

use guide_core::request::envelope::{Envelope, EnvelopeError, Recipient};
use guide_core::request::payload::{AppointmentRequest, PayloadError};
use josekit::jwe::{self, JweDecrypter};
use uuid::Uuid;

use crate::keys::PrivateKey;

/// Why a request cannot be opened.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// Not an envelope of the form that the page seals.
    #[error("not a sealed request ({0:?})")]
    Form(EnvelopeError),
    /// Sealed by another algorithm, or for another purpose, than the page uses.
    #[error("sealed by an algorithm that is not in use here")]
    Algorithm,
    /// Sealed for none of the keys at hand.
    #[error("sealed for other keys than those given")]
    NoMatchingKey,
    /// Something was changed after it was sealed, or the key's name is borrowed.
    #[error("altered after it was sealed")]
    Altered,
    /// The id outside is not the one that it is stored under.
    #[error("the id outside is not the one it is stored under; it may have been swapped")]
    IdMismatch,
    /// The id inside is not the id outside: it was sealed so.
    #[error("the id inside is not the id outside")]
    InnerId,
    /// The payload is not an appointment request.
    #[error("what was sealed is not an appointment request ({0:?})")]
    Payload(PayloadError),
}

/// The payload of an envelope, and the id that it was sealed under.
#[derive(Clone, PartialEq, Eq)]
pub struct Unsealed {
    /// The id that the seal is bound to.
    pub request_id: Uuid,
    /// The bytes that were sealed; readable, so never logged.
    pub payload: Vec<u8>,
}

/// Opens a request. `stored_as` is its id in the store; `None` if it is not from there.
///
/// # Errors
/// Any [`OpenError`].
pub fn open(
    envelope: &[u8],
    stored_as: Option<Uuid>,
    keys: &[PrivateKey],
) -> Result<AppointmentRequest, OpenError> {
    let Unsealed { request_id, payload } = unseal(envelope, keys)?;
    if stored_as.is_some_and(|id| id != request_id) {
        return Err(OpenError::IdMismatch);
    }
    let request = AppointmentRequest::from_json(&payload).map_err(OpenError::Payload)?;
    if request.request_id == request_id { Ok(request) } else { Err(OpenError::InnerId) }
}

/// Opens an envelope with any payload, by the first of its recipients whose key is among these.
///
/// # Errors
/// Any [`OpenError`] but [`OpenError::IdMismatch`], [`OpenError::InnerId`] and
/// [`OpenError::Payload`].
pub fn unseal(envelope: &[u8], keys: &[PrivateKey]) -> Result<Unsealed, OpenError> {
    let (parsed, header) = Envelope::parse(envelope).map_err(|error| match error {
        EnvelopeError::Algorithm => OpenError::Algorithm,
        other => OpenError::Form(other),
    })?;
    let (_, key) = opener(&parsed, keys).ok_or(OpenError::NoMatchingKey)?;
    let decrypter: &dyn JweDecrypter = key.decrypter();
    let json = str::from_utf8(envelope).map_err(|_| OpenError::Form(EnvelopeError::Shape))?;
    let opened = jwe::deserialize_json_with_selector(json, |header| {
        Ok((header.key_id() == decrypter.key_id()).then_some(decrypter))
    });
    match opened {
        Ok((payload, _)) => Ok(Unsealed { request_id: header.rid, payload }),
        // The form was right, so the library objects to a point off the curve, a wrapped key or a
        // tag.
        Err(_) => Err(OpenError::Altered),
    }
}

/// The first of an envelope's recipients whose key is among these, and that key.
pub(crate) fn opener<'a>(
    envelope: &'a Envelope,
    keys: &'a [PrivateKey],
) -> Option<(&'a Recipient, &'a PrivateKey)> {
    envelope.recipients.iter().find_map(|recipient| {
        let key = keys.iter().find(|key| key.public().kid == recipient.header.kid)?;
        Some((recipient, key))
    })
}
