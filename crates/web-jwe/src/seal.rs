//! Sealing for the clinic's public keys: JWE (RFC 7516) with ECDH-ES+A256KW and A256GCM.

use guide_core::key::{ALGORITHM, Point};
use guide_core::request::envelope::{Envelope, ProtectedHeader, Recipient, RecipientHeader};
use js_sys::{Array, Uint8Array};
use sha2::{Digest as _, Sha256};
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{CryptoKey, SubtleCrypto};

use crate::web_crypto::{
    Result, base64url, bytes, member, object, random, resolved, subtle, usages,
};

/// A clinic's public key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealingKey {
    /// The key id, which names the recipient in the envelope.
    pub kid: String,
    /// The key's point on the curve.
    pub point: Point,
}

/// Encrypts a payload for every key. Returns the envelope as JSON, ready to post.
///
/// # Errors
/// The browser cannot encrypt.
pub async fn seal(payload: &[u8], header: &ProtectedHeader, keys: &[SealingKey]) -> Result<String> {
    let subtle = subtle()?;
    let protected = header.encode();
    let iv = random::<12>()?;

    let aes = object(&[("name", "AES-GCM".into()), ("length", 256.into())]);
    let generated = subtle.generate_key_with_object(&aes, true, &usages("encrypt"))?;
    let content_key: CryptoKey = resolved(generated).await?;
    let gcm = object(&[
        ("name", "AES-GCM".into()),
        ("iv", Uint8Array::from(iv.as_slice()).into()),
        ("additionalData", Uint8Array::from(protected.as_bytes()).into()),
    ]);
    let encrypted = subtle.encrypt_with_object_and_js_u8_array(
        &gcm,
        &content_key,
        &Uint8Array::from(payload),
    )?;
    let encrypted = bytes(resolved(encrypted).await?);
    // Web Crypto appends the tag, 16 bytes, to the ciphertext.
    let (ciphertext, tag) =
        encrypted.split_last_chunk::<16>().ok_or_else(|| JsValue::from("no tag"))?;

    let mut recipients = Vec::new();
    for key in keys {
        recipients.push(wrap(&subtle, &content_key, key).await?);
    }
    let envelope = Envelope {
        protected,
        recipients,
        iv: base64url(&iv),
        ciphertext: base64url(ciphertext),
        tag: base64url(tag),
    };
    envelope.to_json().map_err(|_| JsValue::from("no JSON"))
}

/// Wraps the content key for one recipient (RFC 7518 §4.6), with an ephemeral key of its own.
async fn wrap(
    subtle: &SubtleCrypto,
    content_key: &CryptoKey,
    key: &SealingKey,
) -> Result<Recipient> {
    let curve = object(&[("name", "ECDH".into()), ("namedCurve", "P-256".into())]);
    let generated = subtle.generate_key_with_object(&curve, true, &usages("deriveBits"))?;
    let pair: JsValue = resolved(generated).await?;
    let (private, public) = (member(&pair, "privateKey")?, member(&pair, "publicKey")?);

    let Point { kty, crv, x, y } = &key.point;
    let jwk = object(&[
        ("kty", (&**kty).into()),
        ("crv", (&**crv).into()),
        ("x", (&**x).into()),
        ("y", (&**y).into()),
    ]);
    let imported = subtle.import_key_with_object("jwk", &jwk, &curve, true, &Array::new())?;
    let recipient_key: CryptoKey = resolved(imported).await?;
    let agreement = object(&[("name", "ECDH".into()), ("public", recipient_key.into())]);
    let agreed = subtle.derive_bits_with_object(&agreement, private.unchecked_ref(), 256)?;
    let agreed = bytes(resolved(agreed).await?);

    let derived = derived_key(&agreed);
    let raw = Uint8Array::from(derived.as_slice());
    let imported = subtle.import_key_with_str("raw", &raw, "AES-KW", false, &usages("wrapKey"))?;
    let wrapping: CryptoKey = resolved(imported).await?;
    let wrapped = subtle.wrap_key_with_str("raw", content_key, &wrapping, "AES-KW")?;
    let wrapped = bytes(resolved(wrapped).await?);

    let exported: JsValue = resolved(subtle.export_key("jwk", public.unchecked_ref())?).await?;
    let coordinate = |name| -> Result<String> {
        member(&exported, name)?.as_string().ok_or_else(|| JsValue::from(name))
    };
    let epk =
        Point { kty: kty.clone(), crv: crv.clone(), x: coordinate("x")?, y: coordinate("y")? };
    let header = RecipientHeader { alg: ALGORITHM.to_owned(), kid: key.kid.clone(), epk };
    Ok(Recipient { header, encrypted_key: base64url(&wrapped) })
}

/// Derives the wrapping key by the one round of the Concat KDF (RFC 7518 §4.6.2) that 256 bits need.
/// PartyUInfo and PartyVInfo are empty.
pub(crate) fn derived_key(agreed: &[u8]) -> [u8; 32] {
    Sha256::new()
        .chain_update(1_u32.to_be_bytes())
        .chain_update(agreed)
        .chain_update((ALGORITHM.len() as u32).to_be_bytes())
        .chain_update(ALGORITHM)
        .chain_update(0_u32.to_be_bytes())
        .chain_update(0_u32.to_be_bytes())
        .chain_update(256_u32.to_be_bytes())
        .finalize()
        .into()
}
