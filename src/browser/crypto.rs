//! New request ids. Sealing is done by `crypto.js`, for [`super::outbox`].

use uuid::Uuid;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen(module = "/src/browser/crypto.js")]
extern "C" {
    #[wasm_bindgen(catch)]
    fn random(length: u8) -> Result<Vec<u8>, JsValue>;
}

/// A new random request id (UUID v4); none where the browser has no source of randomness.
pub fn new_id() -> Option<Uuid> {
    let bytes = random(16).ok()?.try_into().ok()?;
    Some(uuid::Builder::from_random_bytes(bytes).into_uuid())
}
