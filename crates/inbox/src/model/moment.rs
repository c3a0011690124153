//! Moments in words, in the clinic's time zone.

use clinic_core::inbox::words::{DateWords, fill};
use guide_core::date::CalendarDate;
use jiff::civil::Time;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _, Zoned};

use super::age::Age;

/// Minutes of an hour.
const HOUR: u32 = 60;

/// A moment as people say it: "today at 3:12 PM".
pub fn moment(at: Timestamp, now: Timestamp, zone: &TimeZone, words: &DateWords) -> String {
    let (at, now) = (at.to_zoned(zone.clone()), now.to_zoned(zone.clone()));
    let yesterday = now.date().checked_sub(1.day()).ok();
    let template = if at.date() == now.date() {
        &words.today
    } else if Some(at.date()) == yesterday {
        &words.yesterday
    } else if at.year() == now.year() {
        &words.this_year
    } else {
        &words.other_year
    };
    fill(
        template,
        &[
            ("weekday", &weekday(&at, words)),
            ("month", &named(&words.months, at.month().unsigned_abs().into())),
            ("day", &at.day().to_string()),
            ("year", &at.year().to_string()),
            ("time", &time(at.time(), words)),
        ],
    )
}

/// A day of the calendar as people say it.
pub fn day(date: CalendarDate, words: &DateWords) -> String {
    let text = date.to_string();
    let mut parts = text.splitn(3, '-');
    let mut number = || parts.next().and_then(|part| part.parse::<usize>().ok());
    match (number(), number(), number()) {
        (Some(year), Some(month), Some(day)) => fill(
            &words.date,
            &[
                ("month", &named(&words.months, month)),
                ("day", &day.to_string()),
                ("year", &year.to_string()),
            ],
        ),
        _ => text,
    }
}

/// A time of the day as people say it.
pub fn time(time: Time, words: &DateWords) -> String {
    let hour = time.hour().unsigned_abs();
    let half = if hour < 12 { &words.am } else { &words.pm };
    let hour12 = match hour % 12 {
        0 => 12,
        hour => hour,
    };
    fill(
        &words.time,
        &[
            ("hour", &hour12.to_string()),
            ("hour24", &format!("{hour:02}")),
            ("minute", &format!("{:02}", time.minute())),
            ("half", half),
        ],
    )
}

/// An age in office hours, in words.
pub fn age(age: Age, words: &DateWords) -> String {
    let (days, hours) = (age.minutes / age.day, age.minutes % age.day / HOUR);
    let (template, number) = match (days, hours) {
        (0, 0) => (&words.age_new, 0),
        (0, 1) => (&words.age_hour, 1),
        (0, hours) => (&words.age_hours, hours),
        (1, _) => (&words.age_day, 1),
        (days, _) => (&words.age_days, days),
    };
    fill(template, &[("number", &number.to_string())])
}

fn weekday(at: &Zoned, words: &DateWords) -> String {
    named(&words.weekdays, at.weekday().to_monday_one_offset().unsigned_abs().into())
}

/// A name of a list, counted from 1.
fn named(names: &[String], number: usize) -> String {
    number.checked_sub(1).and_then(|index| names.get(index)).cloned().unwrap_or_default()
}
