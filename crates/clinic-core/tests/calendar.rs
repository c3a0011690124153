//! Calendar files: one event, whatever its texts hold.

use clinic_core::calendar::{Appointment, CalendarError, file};
use icalendar::parser::{Component, read_calendar, unfold};
use proptest::prelude::*;
use time::{Duration, OffsetDateTime, UtcOffset};
use uuid::Builder;

/// The longest line, in bytes. RFC 5545 §3.1 recommends 75; the writer of the files counts these without the
/// space before a continued line.
const LONGEST_LINE: usize = 76;

fn appointment<'a>(summary: &'a str, description: &'a str, location: &'a str) -> Appointment<'a> {
    let start = OffsetDateTime::from_unix_timestamp(1_795_000_000).unwrap();
    Appointment {
        request_id: Builder::from_random_bytes([1; 16]).into_uuid(),
        start,
        end: start + Duration::minutes(45),
        now: start - Duration::days(3),
        summary,
        description,
        location,
    }
}

/// The one event of a file and its properties, by another implementation.
fn event(file: &str) -> Vec<(String, String)> {
    let unfolded = unfold(file);
    let calendar = read_calendar(&unfolded).unwrap();
    let [Component { name, properties, components }] = &*calendar.components else {
        unreachable!("{file}")
    };
    assert!(*name == "VEVENT" && components.is_empty(), "{file}");
    let property = |it: &icalendar::parser::Property<'_>| (it.name.to_string(), it.val.to_string());
    properties.iter().map(property).collect()
}

#[test]
fn an_appointment_is_one_event_in_utc() {
    let file =
        file(&appointment("Visit 4F7K-9Q2M", "Bring the list.\nRing twice.", "1 Main St, Dallas"));
    assert_eq!(
        file.unwrap(),
        "BEGIN:VCALENDAR\r\n\
         VERSION:2.0\r\n\
         PRODID:-//migraine-guide//clinic//EN\r\n\
         BEGIN:VEVENT\r\n\
         UID:24c20a0f-0dfc-5f3d-bba9-fcdc081ab6fc\r\n\
         DTSTAMP:20261115T110640Z\r\n\
         DTSTART:20261118T110640Z\r\n\
         DTEND:20261118T115140Z\r\n\
         SEQUENCE:29912346\r\n\
         SUMMARY:Visit 4F7K-9Q2M\r\n\
         DESCRIPTION:Bring the list.\\nRing twice.\r\n\
         LOCATION:1 Main St\\, Dallas\r\n\
         END:VEVENT\r\n\
         END:VCALENDAR\r\n"
    );
}

#[test]
fn a_later_file_of_a_request_replaces_the_event() {
    let first = appointment("Visit", "", "");
    let later = Appointment {
        start: first.start + Duration::days(1),
        end: first.end + Duration::days(1),
        now: first.now + Duration::minutes(1),
        ..first
    };
    let value = |appointment: &Appointment<'_>, name: &str| {
        let all = event(&file(appointment).unwrap());
        all.into_iter().find(|(it, _)| it == name).unwrap().1
    };
    assert_eq!(value(&first, "UID"), value(&later, "UID"));
    assert!(!value(&first, "UID").contains(&first.request_id.to_string()));
    let sequence = |it| value(it, "SEQUENCE").parse::<i32>().unwrap();
    assert!(sequence(&first) < sequence(&later));
}

#[test]
fn moments_of_any_zone_are_written_in_utc() {
    let mut appointment = appointment("Visit", "", "");
    let expected = file(&appointment).unwrap();
    appointment.start = appointment.start.to_offset(UtcOffset::from_hms(-6, 0, 0).unwrap());
    assert_eq!(file(&appointment).unwrap(), expected);
}

#[test]
fn an_end_that_is_not_after_the_start_is_refused() {
    let mut it = appointment("Visit", "", "");
    it.end = it.start;
    assert_eq!(file(&it), Err(CalendarError::End));
}

#[test]
fn moments_that_the_format_cannot_write_are_refused() {
    let mut it = appointment("Visit", "", "");
    it.now = OffsetDateTime::UNIX_EPOCH - Duration::seconds(1);
    assert_eq!(file(&it), Err(CalendarError::Year));
    let mut it = appointment("Visit", "", "");
    it.end = time::Date::MAX
        .with_hms(23, 59, 59)
        .unwrap()
        .assume_offset(UtcOffset::from_hms(-6, 0, 0).unwrap());
    assert_eq!(file(&it), Err(CalendarError::Year));
}

#[test]
fn hostile_text_stays_text() {
    for hostile in [
        "x\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:Other",
        "x\nATTACH:https://evil.example/",
        "x\rBEGIN:VALARM",
        "x\u{b}BEGIN:VEVENT\u{c}\u{85}\u{2028}BEGIN:VEVENT\u{2029}",
        "x\\nBEGIN:VEVENT\\",
        "\u{202e}gnorw\u{202c}",
        "x;TZID=Evil:20260101T000000Z",
        "x\0y",
        "\r\n BEGIN:VEVENT",
    ] {
        let file = file(&appointment(hostile, hostile, hostile)).unwrap();
        for name in ["BEGIN:VEVENT", "END:VEVENT"] {
            let lines = file.split("\r\n").filter(|line| *line == name).count();
            assert_eq!(lines, 1, "{hostile:?}: {file}");
        }
        assert_eq!(event(&file).len(), 8, "{hostile:?}: {file}");
        assert!(!file.contains('\u{202e}'), "{file}");
    }
}

proptest! {
    #[test]
    fn any_texts_make_one_event_of_eight_properties(
        summary in "\\PC{1,100}|(BEGIN:VEVENT|END:VEVENT|\r|\n|;|,|:|\\\\|[a-z]|\u{202e}|\u{1f9e0}){1,40}",
        description in any::<String>(),
        location in "\\PC{0,100}|(\r\n|BEGIN:VALARM|=|\"|\\\\n|x){0,30}",
    ) {
        let file = file(&appointment(&summary, &description, &location)).unwrap();
        let lines: Vec<&str> = file.split("\r\n").collect();
        prop_assert_eq!(lines.last(), Some(&""));
        for line in &lines {
            prop_assert!(line.len() <= LONGEST_LINE, "{}", line);
            prop_assert!(!line.chars().any(|c| c.is_control()), "{:?}", line);
        }
        let mut names: Vec<String> = event(&file).into_iter().map(|(name, _)| name).collect();
        names.retain(|it| it != "DESCRIPTION" && it != "LOCATION");
        prop_assert_eq!(names, ["UID", "DTSTAMP", "DTSTART", "DTEND", "SEQUENCE", "SUMMARY"]);
    }

    #[test]
    fn plain_text_comes_back(description in "[ -~]{0,200}") {
        let it = appointment("Visit", &description, "");
        let read = event(&file(&it).unwrap()).into_iter().find(|(name, _)| name == "DESCRIPTION");
        match description.trim().is_empty() {
            true => prop_assert_eq!(read, None),
            false => prop_assert_eq!(read.unwrap().1, description),
        }
    }
}
