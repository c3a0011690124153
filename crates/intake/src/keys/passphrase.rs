//! Private keys sealed under a passphrase: a JWE (RFC 7516 §7.2.2) by PBES2, as RFC 7517 §7 has it.

use base64ct::{Base64UrlUnpadded, Encoding};
use josekit::JoseError;
use josekit::jwe::{self, JweHeaderSet, PBES2_HS512_A256KW};
use serde::Deserialize;

use super::file::Reason;

/// The content type of a private JWK.
pub(super) const JWK: &str = "jwk+json";
/// Rounds of PBKDF2. The OWASP Password Storage Cheat Sheet asks for 210,000 with HMAC-SHA-512 and
/// 600,000 with HMAC-SHA-256; this is SHA-512 at the larger number, half a second on an office
/// computer.
const ROUNDS: usize = 600_000;
/// Bytes of salt; RFC 7518 §4.8.1.1 asks for at least 8, NIST SP 800-132 for 16.
const SALT: usize = 16;

/// A sealed key file, as far as its form must be known before it is opened.
#[derive(Deserialize)]
struct Sealed {
    encrypted_key: String,
    iv: String,
    tag: String,
}

/// Seals a content of this type. Returns JSON.
///
/// # Errors
/// Those of the JOSE library, for an empty passphrase.
pub(super) fn protect(
    content: &[u8],
    content_type: &str,
    passphrase: &str,
) -> Result<String, JoseError> {
    let mut encrypter = PBES2_HS512_A256KW.encrypter_from_bytes(passphrase)?;
    encrypter.set_iter_count(ROUNDS);
    encrypter.set_salt_len(SALT);
    let mut header = JweHeaderSet::new();
    header.set_content_encryption("A256GCM", true);
    header.set_content_type(content_type, true);
    jwe::serialize_flattened_json(content, Some(&header), None, None, &encrypter)
}

/// Returns `true` if a key file is sealed.
pub(super) fn is_protected(json: &[u8]) -> bool {
    serde_json::from_slice::<Sealed>(json).is_ok()
}

/// The private JWK in a sealed key file.
///
/// # Errors
/// [`Reason::Shape`], and [`Reason::Passphrase`] for all that comes of another passphrase or of an
/// altered file.
pub(super) fn unprotect(json: &[u8], passphrase: &str) -> Result<Vec<u8>, Reason> {
    let sealed: Sealed = serde_json::from_slice(json)?;
    // The library takes these lengths for granted.
    for (part, length) in [(&sealed.encrypted_key, 40), (&sealed.iv, 12), (&sealed.tag, 16)] {
        if Base64UrlUnpadded::decode_vec(part).map(|bytes| bytes.len()) != Ok(length) {
            return Err(Reason::Passphrase);
        }
    }
    let decrypter =
        PBES2_HS512_A256KW.decrypter_from_bytes(passphrase).map_err(|_| Reason::Passphrase)?;
    let opened =
        str::from_utf8(json).ok().and_then(|json| jwe::deserialize_json(json, &*decrypter).ok());
    opened.map(|(jwk, _)| jwk).ok_or(Reason::Passphrase)
}
