//! From a checked request to its arrival: `outbox.js` seals it with `crypto.js`, lets the browser
//! keep it, sends it until it arrives, and says in the page what waits. In JavaScript, because the
//! same in Rust costs the program several KB more: see `docs/decisions/0002-…`.

use js_sys::Array;
use uuid::Uuid;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen(module = "/src/browser/outbox.js")]
extern "C" {
    #[wasm_bindgen(js_name = begin)]
    fn begin_at(endpoint: &str, listener: &Closure<dyn FnMut(Array)>);
    #[wasm_bindgen(js_name = send)]
    fn seal_and_send(payload: &str, header: &str, id: &str, keys: &str, suspicious: bool);
}

/// What becomes of the request of this page's form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum News {
    /// It arrived.
    Arrived {
        /// By which intake knows it.
        reference: String,
    },
    /// It has not arrived, and is sent again by itself.
    Waits,
    /// It is sent no longer: its owner does not want it any more.
    Removed,
    /// The browser cannot seal. Nothing was sent.
    CannotSeal,
    /// Intake will not take it as it is. It is kept no longer.
    Refused {
        /// Of HTTP, from 300 to 499.
        status: u16,
        /// An answer was missing before: it may have arrived.
        uncertain: bool,
    },
}

/// Goes on with what an earlier visit left. `hear` is told what becomes of what is [`send`] from
/// here.
pub fn begin(endpoint: &str, hear: impl Fn(News) + 'static) {
    let listener = Closure::<dyn FnMut(Array)>::new(move |told: Array| {
        let told = |nth| told.get(nth).as_string().unwrap_or_default();
        hear(match &*told(0) {
            "arrived" => News::Arrived { reference: told(1) },
            "waits" => News::Waits,
            "removed" => News::Removed,
            "refused" => News::Refused {
                status: told(1).parse().unwrap_or_default(),
                uncertain: !told(2).is_empty(),
            },
            _ => News::CannotSeal,
        });
    });
    begin_at(endpoint, &listener);
    listener.forget();
}

/// Seals a payload for every key (a JSON array of public JWKs) and sends it. The same id is the
/// same request: it is sealed once. Where it is `suspicious` some work is done first.
pub fn send(payload: &[u8], header: &str, id: Uuid, keys: &str, suspicious: bool) {
    // Padded JSON is UTF-8.
    let payload = std::str::from_utf8(payload).unwrap_or_default();
    seal_and_send(payload, header, &id.to_string(), keys, suspicious);
}
