//! Opening a sealed request: every decision but the cryptography, which differs. `intake` decrypts with a
//! JOSE library, at once; the inbox with Web Crypto, in promises. Both plan an [`Opening`], try its
//! [`attempts`](Opening::attempts) in their order until one decrypts, and [`finish`](Opening::finish) with
//! the payload. All or nothing: an error never comes with a part of the request.

use guide_core::request::envelope::{Envelope, EnvelopeError, ProtectedHeader, Recipient};
use guide_core::request::payload::{AppointmentRequest, PayloadError};
use uuid::Uuid;

/// Characters of an RFC 7638 thumbprint: 32 bytes in base64url.
const THUMBPRINT: usize = 43;

/// Why a request cannot be opened.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// Not an envelope of the form that the page seals.
    #[error("not a sealed request ({0:?})")]
    Form(EnvelopeError),
    /// Sealed by another algorithm, or for another purpose, than the page uses.
    #[error("sealed by an algorithm that is not in use here")]
    Algorithm,
    /// Sealed for none of the keys at hand; [`sealed_for`] lists those that it was sealed for.
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

/// A sealed request, about to be opened.
#[derive(Clone, Debug)]
pub struct Opening {
    envelope: Envelope,
    request_id: Uuid,
    attempts: Vec<Attempt>,
    failure: OpenError,
}

/// A recipient whose key is at hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attempt {
    /// The recipient to decrypt for.
    pub recipient: Recipient,
    /// The error if it does not decrypt.
    pub error: OpenError,
}

impl Opening {
    /// Reads an envelope, and plans by which recipients to open it: its own first, since those were
    /// sealed with it, then those `added` to it after it was received. `has_key` tells by a key's id if the
    /// key is at hand.
    ///
    /// # Errors
    /// [`OpenError::Form`] and [`OpenError::Algorithm`]; [`OpenError::NoMatchingKey`] if there is
    /// nothing to try; [`OpenError::AddedRecipient`] if all there is to try is of a wrong form.
    pub fn plan(
        envelope: &[u8],
        added: &[Recipient],
        has_key: impl Fn(&str) -> bool,
    ) -> Result<Self, OpenError> {
        let (envelope, header) = parse(envelope)?;
        let own = envelope.recipients.iter().map(|recipient| (recipient, OpenError::Altered));
        let added = added.iter().map(|recipient| (recipient, OpenError::AddedRecipient));
        let matching: Vec<Attempt> = own
            .chain(added)
            .filter(|(recipient, _)| has_key(&recipient.header.kid))
            .map(|(recipient, error)| Attempt { recipient: recipient.clone(), error })
            .collect();
        let Some(first) = matching.first() else { return Err(OpenError::NoMatchingKey) };
        let failure = first.error.clone();
        // Those of the envelope were checked with it. The others came separately, and a library may take
        // the length of a wrapped key for granted.
        let attempts: Vec<Attempt> =
            matching.into_iter().filter(|it| it.recipient.check().is_ok()).collect();
        if attempts.is_empty() {
            return Err(failure);
        }
        Ok(Self { envelope, request_id: header.rid, attempts, failure })
    }

    /// The recipients to try, in this order: the first that decrypts opens it. There is at least one.
    pub fn attempts(&self) -> &[Attempt] {
        &self.attempts
    }

    /// The envelope.
    pub fn envelope(&self) -> &Envelope {
        &self.envelope
    }

    /// The envelope for the recipient of one attempt alone.
    pub fn envelope_for(&self, attempt: &Attempt) -> Envelope {
        self.envelope.clone().for_recipient(attempt.recipient.clone())
    }

    /// The error if no attempt decrypts: that of the first recipient whose key is at hand.
    pub fn failure(&self) -> OpenError {
        self.failure.clone()
    }

    /// The id that the seal is bound to; known to be the sealer's only after an attempt has decrypted.
    pub fn request_id(&self) -> Uuid {
        self.request_id
    }

    /// Reads the payload that an attempt decrypted. `stored_as` is the request's id in the store, `None` if
    /// it is not from there.
    ///
    /// # Errors
    /// [`OpenError::IdMismatch`], [`OpenError::Payload`] and [`OpenError::InnerId`].
    pub fn finish(
        &self,
        payload: &[u8],
        stored_as: Option<Uuid>,
    ) -> Result<AppointmentRequest, OpenError> {
        if stored_as.is_some_and(|id| id != self.request_id) {
            return Err(OpenError::IdMismatch);
        }
        let request = AppointmentRequest::from_json(payload).map_err(OpenError::Payload)?;
        if request.request_id == self.request_id { Ok(request) } else { Err(OpenError::InnerId) }
    }
}

/// The ids of the keys that open an envelope, each once, to name the key that is needed. `added` are the
/// recipients that were added to it. Anybody can send an envelope with any text in the place of a key's id:
/// what is not of the form of a thumbprint is left out, and a thumbprint may be of no key of the clinic.
///
/// # Errors
/// [`OpenError::Form`] and [`OpenError::Algorithm`].
pub fn sealed_for(envelope: &[u8], added: &[Recipient]) -> Result<Vec<String>, OpenError> {
    let (envelope, _) = parse(envelope)?;
    let mut kids: Vec<String> = Vec::new();
    for Recipient { header, .. } in envelope.recipients.iter().chain(added) {
        if is_thumbprint(&header.kid) && !kids.contains(&header.kid) {
            kids.push(header.kid.clone());
        }
    }
    Ok(kids)
}

fn parse(envelope: &[u8]) -> Result<(Envelope, ProtectedHeader), OpenError> {
    Envelope::parse(envelope).map_err(|error| match error {
        EnvelopeError::Algorithm => OpenError::Algorithm,
        other => OpenError::Form(other),
    })
}

fn is_thumbprint(text: &str) -> bool {
    text.len() == THUMBPRINT
        && text.bytes().all(|it| it.is_ascii_alphanumeric() || matches!(it, b'-' | b'_'))
}
