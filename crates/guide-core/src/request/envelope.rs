//! The sealed request: JWE (RFC 7516) in the general JSON serialization. Notes that the staff add to a
//! request are sealed in the same form, under another `typ`.
//!
//! Only its form is checked here. Web Crypto seals it in the browser; a JOSE library opens it in
//! `intake`.

use base64ct::{Base64UrlUnpadded, Encoding};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::key::{ALGORITHM, Point};

/// The largest envelope that is accepted, in bytes. The largest request that the form takes is
/// padded to 14 KiB (19 KiB in base64url), and each recipient adds less than half a KiB.
pub const MAX_BYTES: usize = 64 * 1024;
/// Content encryption (RFC 7518 §5.3).
pub const ENCRYPTION: &str = "A256GCM";
/// The `typ` of every sealed request.
pub const TYPE: &str = "appointment-request+jwe";
/// The `typ` of every sealed note. The ciphertext authenticates it, so neither passes for the other.
pub const NOTE_TYPE: &str = "request-note+jwe";
/// The largest sealed note that is accepted, in bytes: some pages of text.
pub const MAX_NOTE_BYTES: usize = 16 * 1024;
/// The media type in which an envelope is posted.
pub const MEDIA_TYPE: &str = "application/jose+json";
/// More recipients than any clinic has; a bound on the work that an envelope can ask for.
pub const MAX_RECIPIENTS: usize = 16;

/// A sealed request, or a sealed note.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Envelope {
    /// [`ProtectedHeader`], base64url; the additional data that the ciphertext authenticates.
    pub protected: String,
    /// One entry a key that can open it.
    pub recipients: Vec<Recipient>,
    /// 12 bytes, base64url.
    pub iv: String,
    /// The payload, encrypted, base64url.
    pub ciphertext: String,
    /// 16 bytes, base64url.
    pub tag: String,
}

/// The content key, wrapped for one recipient.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recipient {
    /// Whose key it is, and how it was agreed on.
    pub header: RecipientHeader,
    /// 40 bytes, base64url.
    pub encrypted_key: String,
}

/// Everything that a recipient needs to agree on the wrapping key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecipientHeader {
    /// Always [`ALGORITHM`].
    pub alg: String,
    /// The recipient's key, by its RFC 7638 thumbprint.
    pub kid: String,
    /// The sender's public key, used once.
    pub epk: Point,
}

/// The readable part of every envelope, authenticated with the ciphertext.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProtectedHeader {
    /// Always [`ENCRYPTION`].
    pub enc: String,
    /// [`TYPE`] of a request, [`NOTE_TYPE`] of a note.
    pub typ: String,
    /// The request's id, of a note too.
    pub rid: Uuid,
}

/// Why bytes are not an envelope of this form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EnvelopeError {
    /// More than [`MAX_BYTES`], or [`MAX_NOTE_BYTES`] of a note.
    TooLarge,
    /// Not JSON with the members of [`Envelope`], all of the right type and no other.
    Shape,
    /// The protected header is not base64url of a [`ProtectedHeader`].
    Protected,
    /// `enc`, `typ` or a recipient's `alg` is another than the one that is used: a note is no request, nor
    /// a request a note.
    Algorithm,
    /// No recipient, more than [`MAX_RECIPIENTS`], or the same key twice.
    Recipients,
    /// An ephemeral key is not a P-256 key.
    EphemeralKey,
    /// A part is not base64url, or not of its one possible length.
    Encoding,
}

impl ProtectedHeader {
    /// The header of a request.
    pub fn new(request_id: Uuid) -> Self {
        Self { enc: ENCRYPTION.to_owned(), typ: TYPE.to_owned(), rid: request_id }
    }

    /// The header of a note about a request.
    pub fn of_note(request_id: Uuid) -> Self {
        Self { typ: NOTE_TYPE.to_owned(), ..Self::new(request_id) }
    }

    /// The JSON of which [`Envelope::protected`] is the base64url.
    pub fn to_json(&self) -> String {
        let Self { enc, typ, rid } = self;
        format!(r#"{{"enc":"{enc}","typ":"{typ}","rid":"{rid}"}}"#)
    }

    /// As it stands in [`Envelope::protected`].
    pub fn encode(&self) -> String {
        Base64UrlUnpadded::encode_string(self.to_json().as_bytes())
    }
}

impl Envelope {
    /// Reads a sealed request and checks its form. Only its recipients can tell if it opens.
    ///
    /// # Errors
    /// The first [`EnvelopeError`] found.
    pub fn parse(bytes: &[u8]) -> Result<(Self, ProtectedHeader), EnvelopeError> {
        Self::parse_as(TYPE, MAX_BYTES, bytes)
    }

    /// The same of a sealed note.
    ///
    /// # Errors
    /// The first [`EnvelopeError`] found.
    pub fn parse_note(bytes: &[u8]) -> Result<(Self, ProtectedHeader), EnvelopeError> {
        Self::parse_as(NOTE_TYPE, MAX_NOTE_BYTES, bytes)
    }

    fn parse_as(
        typ: &str,
        max_bytes: usize,
        bytes: &[u8],
    ) -> Result<(Self, ProtectedHeader), EnvelopeError> {
        if bytes.len() > max_bytes {
            return Err(EnvelopeError::TooLarge);
        }
        let envelope: Self = serde_json::from_slice(bytes).map_err(|_| EnvelopeError::Shape)?;
        let header = envelope.check(typ)?;
        Ok((envelope, header))
    }

    /// The JSON to post.
    ///
    /// # Errors
    /// Those of the JSON writer, which has none for these types.
    pub fn to_json(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string(self)
    }

    /// The envelope for this recipient alone, which may have been added after it was sealed.
    #[must_use]
    pub fn for_recipient(self, recipient: Recipient) -> Self {
        Self { recipients: vec![recipient], ..self }
    }

    fn check(&self, typ: &str) -> Result<ProtectedHeader, EnvelopeError> {
        let json = decode(&self.protected).ok_or(EnvelopeError::Protected)?;
        let header: ProtectedHeader =
            serde_json::from_slice(&json).map_err(|_| EnvelopeError::Protected)?;
        if header.enc != ENCRYPTION || header.typ != typ {
            return Err(EnvelopeError::Algorithm);
        }
        if self.recipients.is_empty() || self.recipients.len() > MAX_RECIPIENTS {
            return Err(EnvelopeError::Recipients);
        }
        for (index, recipient) in self.recipients.iter().enumerate() {
            let kid = &recipient.header.kid;
            if self.recipients[..index].iter().any(|earlier| earlier.header.kid == *kid) {
                return Err(EnvelopeError::Recipients);
            }
            recipient.check()?;
        }
        has_length(&self.iv, 12)?;
        has_length(&self.tag, 16)?;
        if decode(&self.ciphertext).is_none_or(|bytes| bytes.is_empty()) {
            return Err(EnvelopeError::Encoding);
        }
        Ok(header)
    }
}

impl Recipient {
    /// Checks the form of a recipient alone.
    ///
    /// # Errors
    /// The first [`EnvelopeError`] found.
    pub fn check(&self) -> Result<(), EnvelopeError> {
        if self.header.alg != ALGORITHM {
            return Err(EnvelopeError::Algorithm);
        }
        self.header.epk.check().map_err(|_| EnvelopeError::EphemeralKey)?;
        has_length(&self.encrypted_key, 40)
    }
}

fn decode(text: &str) -> Option<Vec<u8>> {
    Base64UrlUnpadded::decode_vec(text).ok()
}

fn has_length(text: &str, length: usize) -> Result<(), EnvelopeError> {
    match decode(text) {
        Some(bytes) if bytes.len() == length => Ok(()),
        _ => Err(EnvelopeError::Encoding),
    }
}
