//! Types of problems, and words that several problems have in common.

use guide_core::request::envelope::EnvelopeError;

/// The type of a problem, and its title (RFC 9457 §3.1).
pub(super) struct Kind {
    pub uri: &'static str,
    pub title: &'static str,
}

/// Advice about an envelope of the wrong form.
pub(super) const fn envelope_detail(error: &EnvelopeError) -> &'static str {
    match error {
        EnvelopeError::TooLarge => "An envelope has at most 65536 bytes.",
        EnvelopeError::Shape => {
            "The body must be JSON with exactly the members protected, recipients, iv, ciphertext \
             and tag."
        }
        EnvelopeError::Protected => {
            "The protected header must be base64url of JSON with exactly enc, typ and rid."
        }
        EnvelopeError::Algorithm => {
            "enc must be A256GCM, typ appointment-request+jwe, and every alg ECDH-ES+A256KW."
        }
        EnvelopeError::Recipients => {
            "There must be 1 to 16 recipients, each with a kid of its own."
        }
        EnvelopeError::EphemeralKey => "Every epk must be a P-256 key.",
        EnvelopeError::Encoding => "A part is not base64url of the length it must have.",
    }
}
