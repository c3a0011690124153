//! The clock, and pauses.

use std::time::Duration;

use jiff::Timestamp;
use js_sys::Promise;
use leptos::prelude::set_timeout;
use time::OffsetDateTime;
use wasm_bindgen_futures::JsFuture;

/// This moment.
pub fn now() -> Timestamp {
    Timestamp::now()
}

/// This moment in whole seconds, as the exports take it.
pub fn now_utc() -> OffsetDateTime {
    // Fails for years beyond 9999.
    OffsetDateTime::from_unix_timestamp(now().as_second()).unwrap_or(OffsetDateTime::UNIX_EPOCH)
}

/// Waits.
pub async fn pause(duration: Duration) {
    let promise = Promise::new(&mut |resolve, _reject| {
        set_timeout(
            move || {
                // Fails for no function, and this one is.
                let _ = resolve.call0(&wasm_bindgen::JsValue::NULL);
            },
            duration,
        );
    });
    // A promise that is never rejected.
    let _ = JsFuture::from(promise).await;
}
