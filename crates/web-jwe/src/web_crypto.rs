//! What every use of Web Crypto needs. It exists in secure contexts only: on a page that was not loaded by
//! https every call fails.

use base64ct::{Base64UrlUnpadded, Encoding as _};
use js_sys::{Array, ArrayBuffer, Object, Promise, Reflect, Uint8Array};
use uuid::Uuid;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Crypto, SubtleCrypto};

/// The error is whatever the browser throws.
pub type Result<T> = std::result::Result<T, JsValue>;

/// A new random request id (UUID v4); `None` where the browser has no source of randomness.
pub fn new_id() -> Option<Uuid> {
    let bytes = random::<16>().ok()?;
    Some(uuid::Builder::from_random_bytes(bytes).into_uuid())
}

/// Random bytes.
///
/// # Errors
/// The browser has no source of randomness.
pub fn random<const N: usize>() -> Result<[u8; N]> {
    let mut bytes = [0; N];
    crypto()?.get_random_values_with_u8_array(&mut bytes)?;
    Ok(bytes)
}

/// The browser's cryptography.
fn crypto() -> Result<Crypto> {
    Reflect::get(&js_sys::global(), &"crypto".into())?
        .dyn_into()
        .map_err(|_| JsValue::from("no Web Crypto"))
}

pub(crate) fn subtle() -> Result<SubtleCrypto> {
    Ok(crypto()?.subtle())
}

pub(crate) fn base64url(bytes: &[u8]) -> String {
    Base64UrlUnpadded::encode_string(bytes)
}

pub(crate) fn usages(usage: &str) -> Array {
    Array::of1(&usage.into())
}

pub(crate) fn object(members: &[(&str, JsValue)]) -> Object {
    let object = Object::new();
    for (name, value) in members {
        // Fails only for an object that is not extensible, and this one is new.
        let _ = Reflect::set(&object, &(*name).into(), value);
    }
    object
}

pub(crate) fn member(object: &JsValue, name: &str) -> Result<JsValue> {
    Reflect::get(object, &name.into())
}

pub(crate) fn bytes(buffer: ArrayBuffer) -> Vec<u8> {
    Uint8Array::new(&buffer).to_vec()
}

pub(crate) async fn resolved<T: wasm_bindgen::JsCast>(promise: Promise) -> Result<T> {
    Ok(JsFuture::from(promise).await?.unchecked_into())
}

pub(crate) fn base64url_decoded(text: &str) -> Result<Vec<u8>> {
    Base64UrlUnpadded::decode_vec(text).map_err(|_| JsValue::from("not base64url"))
}
