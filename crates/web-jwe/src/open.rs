//! Opening what was sealed for a public key.

use guide_core::key::Point;
use guide_core::request::envelope::{Envelope, Recipient};
use js_sys::{Array, Uint8Array};
use serde_json::{Map, Value};
use wasm_bindgen::JsValue;
use web_sys::{CryptoKey, SubtleCrypto};

use crate::seal::derived_key;
use crate::web_crypto::{Result, base64url_decoded, bytes, object, resolved, subtle, usages};

/// A private key that opens envelopes. Script in the page cannot read it (it is not extractable); only use
/// it.
#[derive(Clone, Debug)]
pub struct OpeningKey {
    /// The id of the key, as envelopes name it.
    pub kid: String,
    key: CryptoKey,
}

impl OpeningKey {
    /// Takes a private JWK on P-256: the browser checks that its number belongs to its point.
    ///
    /// # Errors
    /// The browser cannot use it.
    pub async fn import(kid: &str, jwk: &Map<String, Value>) -> Result<Self> {
        let member = |name: &str| -> JsValue { jwk.get(name).and_then(Value::as_str).into() };
        let jwk = object(&[
            ("kty", member("kty")),
            ("crv", member("crv")),
            ("x", member("x")),
            ("y", member("y")),
            ("d", member("d")),
        ]);
        let curve = object(&[("name", "ECDH".into()), ("namedCurve", "P-256".into())]);
        let subtle = subtle()?;
        let imported =
            subtle.import_key_with_object("jwk", &jwk, &curve, false, &usages("deriveBits"))?;
        Ok(Self { kid: kid.to_owned(), key: resolved(imported).await? })
    }
}

/// The payload of an envelope, by one of its recipients and the private key of that one.
///
/// # Errors
/// It was altered, or is for another key.
pub async fn decrypt(
    envelope: &Envelope,
    recipient: &Recipient,
    key: &OpeningKey,
) -> Result<Vec<u8>> {
    let subtle = subtle()?;
    let wrapping = agreed(&subtle, &recipient.header.epk, key).await?;
    let wrapped = base64url_decoded(&recipient.encrypted_key)?;
    let content_key: CryptoKey = resolved(subtle.unwrap_key_with_js_u8_array_and_str_and_str(
        "raw",
        &Uint8Array::from(wrapped.as_slice()),
        &wrapping,
        "AES-KW",
        "AES-GCM",
        false,
        &usages("decrypt"),
    )?)
    .await?;
    let gcm = object(&[
        ("name", "AES-GCM".into()),
        ("iv", Uint8Array::from(base64url_decoded(&envelope.iv)?.as_slice()).into()),
        ("additionalData", Uint8Array::from(envelope.protected.as_bytes()).into()),
    ]);
    let mut encrypted = base64url_decoded(&envelope.ciphertext)?;
    // Web Crypto takes the tag at the end of the ciphertext.
    encrypted.extend(base64url_decoded(&envelope.tag)?);
    let decrypted = subtle.decrypt_with_object_and_js_u8_array(
        &gcm,
        &content_key,
        &Uint8Array::from(encrypted.as_slice()),
    )?;
    Ok(bytes(resolved(decrypted).await?))
}

/// The key that the content key is wrapped by (RFC 7518 §4.6).
async fn agreed(subtle: &SubtleCrypto, epk: &Point, key: &OpeningKey) -> Result<CryptoKey> {
    let Point { kty, crv, x, y } = epk;
    let jwk = object(&[
        ("kty", (&**kty).into()),
        ("crv", (&**crv).into()),
        ("x", (&**x).into()),
        ("y", (&**y).into()),
    ]);
    let curve = object(&[("name", "ECDH".into()), ("namedCurve", "P-256".into())]);
    // Fails for a point that is not on the curve.
    let imported = subtle.import_key_with_object("jwk", &jwk, &curve, true, &Array::new())?;
    let public: CryptoKey = resolved(imported).await?;
    let agreement = object(&[("name", "ECDH".into()), ("public", public.into())]);
    let agreed = bytes(resolved(subtle.derive_bits_with_object(&agreement, &key.key, 256)?).await?);
    let raw = Uint8Array::from(derived_key(&agreed).as_slice());
    resolved(subtle.import_key_with_str("raw", &raw, "AES-KW", false, &usages("unwrapKey"))?).await
}
