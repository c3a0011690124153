//! Opening a sealed request. All or nothing: an error never comes with a part of the request.

use guide_core::request::envelope::{Envelope, EnvelopeError, Recipient};
use guide_core::request::payload::{AppointmentRequest, PayloadError};
use josekit::jwe::{self, JweDecrypter, JweHeader};
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
    /// A recipient that was added for the key does not open it.
    #[error(
        "the recipient that was added for this key is damaged, or of another request; open it with an \
         older key, and run `intake key rewrap` and `intake add-recipients` once more"
    )]
    AddedRecipient,
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
    let Unsealed { request_id, payload } = unseal(envelope, added, keys)?;
    if stored_as.is_some_and(|id| id != request_id) {
        return Err(OpenError::IdMismatch);
    }
    let request = AppointmentRequest::from_json(&payload).map_err(OpenError::Payload)?;
    if request.request_id == request_id { Ok(request) } else { Err(OpenError::InnerId) }
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
    let (_, _, unsealed) = unseal_by(envelope, added, keys)?;
    Ok(unsealed)
}

/// The same, with the recipient and the key that opened it.
pub(crate) fn unseal_by<'a>(
    envelope: &[u8],
    added: &[Recipient],
    keys: &'a [PrivateKey],
) -> Result<(Recipient, &'a PrivateKey, Unsealed), OpenError> {
    let (envelope, header) = Envelope::parse(envelope).map_err(|error| match error {
        EnvelopeError::Algorithm => OpenError::Algorithm,
        other => OpenError::Form(other),
    })?;
    let own = envelope.recipients.iter().map(|recipient| (recipient, OpenError::Altered));
    let added = added.iter().map(|recipient| (recipient, OpenError::AddedRecipient));
    let mut first_error = None;
    for (recipient, error) in own.chain(added) {
        let key = keys.iter().find(|key| key.public().kid == recipient.header.kid);
        let Some(key) = key else { continue };
        if let Some(payload) = decrypt(envelope.clone().for_recipient(recipient.clone()), key) {
            let unsealed = Unsealed { request_id: header.rid, payload };
            return Ok((recipient.clone(), key, unsealed));
        }
        first_error.get_or_insert(error);
    }
    Err(first_error.unwrap_or(OpenError::NoMatchingKey))
}

/// The payload of an envelope for one recipient. The form was right, so the library objects to a point off
/// the curve, a wrapped key or a tag.
fn decrypt(envelope: Envelope, key: &PrivateKey) -> Option<Vec<u8>> {
    let decrypter: &dyn JweDecrypter = key.decrypter();
    let json = envelope.to_json().ok()?;
    let select =
        |header: &JweHeader| Ok((header.key_id() == decrypter.key_id()).then_some(decrypter));
    let (payload, _) = jwe::deserialize_json_with_selector(&json, select).ok()?;
    Some(payload)
}
