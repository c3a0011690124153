//! Moments and ages in words.

use clinic_core::inbox::words::{DateWords, InboxWords};
use inbox::model::age::Age;
use inbox::model::moment;
use jiff::Timestamp;
use jiff::tz::TimeZone;

fn words() -> DateWords {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../../content/en/inbox.toml");
    let text = std::fs::read_to_string(file).expect("the sentences");
    guide_core::source::parse::<InboxWords>("inbox.toml", &text).expect("right").dates
}

#[test]
fn moments_are_said_as_people_say_them_in_the_clinics_time() {
    let zone = TimeZone::get("America/Chicago").expect("a zone");
    let now: Timestamp = "2026-11-24T20:00:00Z".parse().expect("a moment");
    for (at, said) in [
        ("2026-11-24T15:05:00Z", "today at 9:05 AM"),
        ("2026-11-24T18:00:00Z", "today at 12:00 PM"),
        ("2026-11-24T06:07:00Z", "today at 12:07 AM"),
        // Past midnight in UTC, and not in Chicago.
        ("2026-11-24T05:59:00Z", "yesterday at 11:59 PM"),
        ("2026-11-20T21:12:00Z", "on Friday, November 20, at 3:12 PM"),
        ("2025-12-31T21:12:00Z", "on December 31, 2025, at 3:12 PM"),
    ] {
        let at: Timestamp = at.parse().expect("a moment");
        assert_eq!(moment::moment(at, now, &zone, &words()), said);
    }
}

#[test]
fn days_are_said_with_month_and_year() {
    let day = "2026-12-01".parse().map_err(|_| "no day").expect("a day");
    assert_eq!(moment::day(day, &words()), "December 1, 2026");
}

#[test]
fn ages_are_said_in_office_hours_and_days() {
    let said = |minutes| moment::age(Age { minutes, day: 480 }, &words());
    assert_eq!(said(0), "less than an office hour");
    assert_eq!(said(59), "less than an office hour");
    assert_eq!(said(60), "an office hour");
    assert_eq!(said(479), "7 office hours");
    assert_eq!(said(480), "an office day");
    assert_eq!(said(5 * 480 + 30), "5 office days");
}
