//! The clinic's public keys. A page holds those of its build; the server has a file of those that hold now, for a
//! page that is open while they change. Both come from the same origin, and are trusted alike.

use guide_core::key::Point;
use guide_core::request::form::CalendarDate;
use js_sys::Array;
use serde::{Deserialize, Serialize};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast as _, JsValue};
use web_jwe::SealingKey;

use super::{clock, outbox};

#[wasm_bindgen(module = "/src/browser/keys.js")]
extern "C" {
    type Published;
    #[wasm_bindgen(method, getter)]
    fn at(this: &Published) -> f64;
    #[wasm_bindgen(method, getter)]
    fn listed(this: &Published) -> Array;

    type ListedKey;
    #[wasm_bindgen(method, getter)]
    fn kid(this: &ListedKey) -> String;
    #[wasm_bindgen(method, getter)]
    fn kty(this: &ListedKey) -> String;
    #[wasm_bindgen(method, getter)]
    fn crv(this: &ListedKey) -> String;
    #[wasm_bindgen(method, getter)]
    fn x(this: &ListedKey) -> String;
    #[wasm_bindgen(method, getter)]
    fn y(this: &ListedKey) -> String;
    #[wasm_bindgen(method, getter)]
    fn expires(this: &ListedKey) -> Option<String>;

    #[wasm_bindgen(catch, js_name = fetchKeys)]
    async fn fetch_keys(url: &str) -> Result<Published, JsValue>;
}

/// A public key of the clinic.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Key {
    /// The key id, which names the recipient in an envelope.
    pub kid: String,
    /// The key's point on the curve.
    pub point: Point,
    /// The last day of use.
    pub expires: Option<CalendarDate>,
}

/// The keys that are valid on this day; `None` if all have expired.
///
/// Each is accepted one day longer, since the device's clock may be wrong. Intake checks them again.
pub fn valid(keys: &[Key], today: CalendarDate) -> Option<Vec<SealingKey>> {
    let valid = |key: &&Key| key.expires.is_none_or(|last| today <= last.next_day());
    let sealing =
        |Key { kid, point, .. }: &Key| SealingKey { kid: kid.clone(), point: point.clone() };
    let keys: Vec<SealingKey> = keys.iter().filter(valid).map(sealing).collect();
    (!keys.is_empty()).then_some(keys)
}

/// Fetches the keys at this URL, then calls `then` with those that are valid by the server's clock: the device's
/// may be wrong by years. `None` without any.
pub fn fetch(url: String, time_zone: String, then: impl FnOnce(Option<Vec<SealingKey>>) + 'static) {
    outbox::spawn(async move {
        // A captive portal may respond with anything.
        let published = fetch_keys(&url).await.ok();
        then(published.and_then(|it| valid(&it.keys()?, clock::day_of(it.at(), &time_zone))));
    });
}

impl Published {
    /// All keys, or none: the clinic's recovery key must not be left out.
    fn keys(&self) -> Option<Vec<Key>> {
        self.listed().iter().map(|it| key(it.unchecked_ref())).collect()
    }
}

fn key(listed: &ListedKey) -> Option<Key> {
    let point = Point { kty: listed.kty(), crv: listed.crv(), x: listed.x(), y: listed.y() };
    point.check().ok()?;
    let expires = match listed.expires() {
        Some(day) => Some(day.parse().ok()?),
        None => None,
    };
    Some(Key { kid: listed.kid(), point, expires })
}
