//! A new pair of keys of the clinic.

use guide_core::date::CalendarDate;
use guide_core::key::{ALGORITHM, PublicKey};
use sha2::{Digest as _, Sha256};
use wasm_bindgen::JsValue;

use crate::web_crypto::{Result, base64url, member, object, resolved, subtle, usages};

/// A pair of keys.
pub struct KeyPair {
    /// The public key, which pages seal for.
    pub public: PublicKey,
    /// The private number, base64url: the member `d` of the private JWK. Readable: it must leave memory only
    /// under a passphrase.
    pub number: String,
}

/// Makes a pair of keys on P-256. `expires` is the last day on which pages seal for it.
///
/// # Errors
/// The browser cannot make one.
pub async fn new_key_pair(expires: Option<CalendarDate>) -> Result<KeyPair> {
    let subtle = subtle()?;
    let curve = object(&[("name", "ECDH".into()), ("namedCurve", "P-256".into())]);
    let generated = subtle.generate_key_with_object(&curve, true, &usages("deriveBits"))?;
    let pair: JsValue = resolved(generated).await?;
    let private = member(&pair, "privateKey")?;
    let jwk: JsValue = resolved(subtle.export_key("jwk", &private.into())?).await?;
    let text = |name| -> Result<String> {
        member(&jwk, name)?.as_string().ok_or_else(|| JsValue::from(name))
    };
    let mut public = PublicKey {
        kty: "EC".to_owned(),
        crv: "P-256".to_owned(),
        x: text("x")?,
        y: text("y")?,
        kid: String::new(),
        alg: ALGORITHM.to_owned(),
        usage: "enc".to_owned(),
        expires,
    };
    public.kid = base64url(&Sha256::digest(public.thumbprint_input()));
    Ok(KeyPair { public, number: text("d")? })
}
