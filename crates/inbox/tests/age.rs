//! The age of a request in office hours.

use clinic_core::inbox::OfficeHours;
use inbox::model::age::{Age, Office};
use jiff::Timestamp;

fn office() -> Office {
    let days = |names: &[&str]| names.iter().map(|it| (*it).to_owned()).collect();
    Office::new(
        "America/Chicago",
        &[
            OfficeHours { days: days(&["mon", "tue", "wed", "thu"]), from: 9 * 60, to: 17 * 60 },
            OfficeHours { days: days(&["fri"]), from: 9 * 60, to: 13 * 60 },
        ],
    )
}

/// The age between two moments, each by the clock of Chicago in winter.
fn age(received_at: &str, now: &str) -> Age {
    let moment = |text: &str| -> Timestamp { format!("{text}-06:00").parse().expect("a moment") };
    office().age(moment(received_at), moment(now))
}

#[test]
fn hours_outside_of_the_office_do_not_count() {
    for (received_at, now, minutes) in [
        ("2026-11-23T10:00:00", "2026-11-23T11:30:00", 90),
        ("2026-11-23T07:00:00", "2026-11-23T09:15:00", 15),
        ("2026-11-23T16:00:00", "2026-11-23T23:00:00", 60),
        // Friday evening to Monday morning.
        ("2026-11-27T18:00:00", "2026-11-30T09:10:00", 10),
        ("2026-11-26T16:00:00", "2026-11-27T10:00:00", 120),
        // A whole week: four days of eight hours, and one of four.
        ("2026-11-23T09:00:00", "2026-11-30T09:00:00", 36 * 60),
        // A clock that was put back.
        ("2026-11-23T10:00:00", "2026-11-23T09:00:00", 0),
    ] {
        assert_eq!(age(received_at, now).minutes, minutes, "{received_at} to {now}");
    }
}

#[test]
fn a_request_is_late_after_a_usual_day_in_the_office() {
    // 36 hours on five days.
    let day = 36 * 60 / 5;
    assert_eq!(age("2026-11-23T09:00:00", "2026-11-23T10:00:00").day, day);
    assert!(!age("2026-11-23T09:00:00", "2026-11-23T16:11:00").is_late());
    assert!(age("2026-11-23T09:00:00", "2026-11-23T16:12:00").is_late());
    assert!(!age("2026-11-27T18:00:00", "2026-11-30T12:00:00").is_late(), "a weekend between");
}

#[test]
fn hours_follow_the_clock_of_the_clinic_in_summer_too() {
    let moment = |text: &str| -> Timestamp { text.parse().expect("a moment") };
    let age = office().age(moment("2026-07-06T14:00:00Z"), moment("2026-07-06T15:00:00Z"));
    assert_eq!(age.minutes, 60, "9 to 10 in the morning in Chicago");
    // Over the night in which the clock is put back, from Friday to Monday.
    let age = office().age(moment("2026-10-30T18:00:00Z"), moment("2026-11-02T16:00:00Z"));
    assert_eq!(age.minutes, 60);
}

#[test]
fn without_hours_a_day_has_eight() {
    let office = Office::new("America/Chicago", &[]);
    let moment = |text: &str| -> Timestamp { text.parse().expect("a moment") };
    let age = office.age(moment("2026-11-23T15:00:00Z"), moment("2026-11-30T15:00:00Z"));
    assert_eq!((age.minutes, age.day), (0, 8 * 60));
}

#[test]
fn a_request_of_years_ago_takes_no_time_to_count() {
    let office = office();
    let moment = |text: &str| -> Timestamp { text.parse().expect("a moment") };
    let age = office.age(moment("1970-01-01T00:00:00Z"), moment("9999-01-01T00:00:00Z"));
    assert!(age.is_late());
}
