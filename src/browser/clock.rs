//! Dates and times of the device's clock.

use std::cell::RefCell;
use std::time::Duration;

use guide_core::request::form::CalendarDate;
use guide_core::request::outbox::Millis;
use js_sys::{Array, Date, Intl, Object, Promise, Reflect};
use leptos::prelude::set_timeout;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

/// The current time in UTC, as RFC 3339.
pub fn now() -> String {
    Date::new_0().to_iso_string().into()
}

/// Today's date in a time zone of the IANA database; in UTC if the browser does not know the zone.
pub fn today(time_zone: &str) -> CalendarDate {
    day(&Date::new_0(), time_zone)
}

/// The day of a moment, in milliseconds since the Unix epoch, in a time zone as of [`today`].
pub fn day_of(moment: f64, time_zone: &str) -> CalendarDate {
    day(&Date::new(&moment.into()), time_zone)
}

fn day(moment: &Date, time_zone: &str) -> CalendarDate {
    let utc = || String::from(moment.to_iso_string()).get(..10).and_then(|day| day.parse().ok());
    day_in(moment, time_zone).or_else(utc).unwrap_or_default()
}

fn day_in(moment: &Date, time_zone: &str) -> Option<CalendarDate> {
    // Parts, not a formatted date: order and separators differ by locale.
    let parts = date_format(time_zone)?.format_to_parts(moment);
    let part = |kind: &str| {
        parts
            .iter()
            .find(|part| text(part, "type").as_deref() == Some(kind))
            .and_then(|part| text(&part, "value"))
    };
    [part("year")?, part("month")?, part("day")?].join("-").parse().ok()
}

/// The format of dates in this time zone. Kept, since a slow phone takes a frame or more to make one.
fn date_format(time_zone: &str) -> Option<Intl::DateTimeFormat> {
    thread_local! {
        // A page has one time zone.
        static MADE: RefCell<Option<(String, Intl::DateTimeFormat)>> = const { RefCell::new(None) };
    }
    MADE.with_borrow_mut(|made| {
        if let Some((_, format)) = made.as_ref().filter(|(of, _)| of == time_zone) {
            return Some(format.clone());
        }
        let options = Object::new();
        for (name, value) in
            [("timeZone", time_zone), ("year", "numeric"), ("month", "2-digit"), ("day", "2-digit")]
        {
            Reflect::set(&options, &name.into(), &value.into()).ok()?;
        }
        let format = Intl::DateTimeFormat::new(&Array::of1(&"en-US".into()), &options);
        *made = Some((time_zone.to_owned(), format.clone()));
        Some(format)
    })
}

fn text(object: &JsValue, key: &str) -> Option<String> {
    Reflect::get(object, &key.into()).ok()?.as_string()
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
