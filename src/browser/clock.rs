//! Dates and times of the device's clock.

use std::time::Duration;

use guide_core::request::form::CalendarDate;
use guide_core::request::outbox::Millis;
use js_sys::{Date, Promise};
use leptos::prelude::set_timeout;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen(module = "/src/browser/clock.js")]
extern "C" {
    #[wasm_bindgen(catch)]
    fn day(moment: f64, time_zone: &str) -> Result<String, JsValue>;
}

/// The current time in UTC, as RFC 3339.
pub fn now() -> String {
    Date::new_0().to_iso_string().into()
}

/// Today's date in a time zone of the IANA database; in UTC if the browser does not know the zone.
pub fn today(time_zone: &str) -> CalendarDate {
    day_of(Date::now(), time_zone)
}

/// The day of a moment, in milliseconds since the Unix epoch, in a time zone as of [`today`].
pub fn day_of(moment: f64, time_zone: &str) -> CalendarDate {
    let utc = || Date::new(&moment.into()).to_iso_string().into();
    let parse = |day: String| day.get(..10)?.parse().ok();
    day(moment, time_zone).ok().and_then(parse).or_else(|| parse(utc())).unwrap_or_default()
}

/// Milliseconds since the Unix epoch.
pub fn unix_time() -> Millis {
    Date::now() as Millis
}

/// Runs `act` in a task of its own, right after this one.
pub fn soon(act: impl FnOnce() + 'static) {
    set_timeout(act, Duration::ZERO);
}

/// Yields to the event loop, so that the browser can handle input.
pub async fn next_task() {
    let task = Promise::new(&mut |resolve, _| {
        let resolve = move || drop(resolve.call0(&JsValue::UNDEFINED));
        set_timeout(resolve, Duration::ZERO);
    });
    // This promise is never rejected.
    let _ = JsFuture::from(task).await;
}
