//! A calendar file (iCalendar, RFC 5545) for a time that was agreed on.
//!
//! Start and end are in UTC. For a single event that names the moment without a doubt, and every calendar
//! shows it in its own zone. With a time zone, Outlook takes the file's definition of the zone (VTIMEZONE)
//! or, where it cannot match it, its own clock's: a patient would come at the wrong hour.
//!
//! There is no METHOD: this is an entry for the clinic's calendar, not an invitation, which would need an
//! organizer and e-mail to the patient (RFC 5546 §3.2.1).

use ics::properties::{Description, DtEnd, DtStart, Location, Sequence, Summary};
use ics::{Event, ICalendar, escape_text};
use time::{OffsetDateTime, UtcOffset};
use uuid::Uuid;

use crate::readable::shown_lines;

/// The media type of a calendar file.
pub const MEDIA_TYPE: &str = "text/calendar;charset=utf-8";
/// The name of the writer, which the format asks for.
const WRITER: &str = "-//migraine-guide//clinic//EN";
/// The name from which the id of a request's event is made.
const EVENT: &str = "VEVENT";

/// An appointment, for the clinic's calendar. Each text can hold anything, and stays text.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Appointment<'a> {
    /// The request that it came of: a later file of the same request replaces the earlier event.
    pub request_id: Uuid,
    /// When it begins.
    pub start: OffsetDateTime,
    /// When it ends.
    pub end: OffsetDateTime,
    /// When the file is written.
    pub now: OffsetDateTime,
    /// The title, in one line.
    pub summary: &'a str,
    /// The description, of any number of lines; none if empty.
    pub description: &'a str,
    /// The place, in one line; none if empty.
    pub location: &'a str,
}

/// Why there is no calendar file of an appointment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CalendarError {
    /// It ends before it begins, or at once.
    #[error("the end is not after the start")]
    End,
    /// A moment before the year 1970 or after 9999.
    #[error("a moment before the year 1970 or after 9999")]
    Year,
}

/// The calendar file of an appointment.
///
/// # Errors
/// Any [`CalendarError`].
pub fn file(appointment: &Appointment<'_>) -> Result<String, CalendarError> {
    let Appointment { request_id, start, end, now, summary, description, location } = *appointment;
    if end <= start {
        return Err(CalendarError::End);
    }
    // Made from the id, so that the id itself stays with the clinic.
    let uid = Uuid::new_v5(&request_id, EVENT.as_bytes()).to_string();
    let mut event = Event::new(uid, moment(now)?);
    event.push(DtStart::new(moment(start)?));
    event.push(DtEnd::new(moment(end)?));
    // Calendars replace an event by one of a higher number; between two of one minute DTSTAMP decides.
    // Minutes fit into 31 bits until the year 6053.
    event.push(Sequence::new((now.unix_timestamp() / 60).to_string()));
    event.push(Summary::new(escape_text(one_line(summary))));
    if !description.trim().is_empty() {
        event.push(Description::new(escape_text(shown_lines(&unix_lines(description)))));
    }
    if !location.trim().is_empty() {
        event.push(Location::new(escape_text(one_line(location))));
    }
    let mut calendar = ICalendar::new("2.0", WRITER);
    calendar.add_event(event);
    Ok(calendar.to_string())
}

/// A moment in UTC, to the second (RFC 5545 §3.3.5, form 2).
fn moment(moment: OffsetDateTime) -> Result<String, CalendarError> {
    let utc = moment.checked_to_offset(UtcOffset::UTC).ok_or(CalendarError::Year)?;
    let (year, month, day) = utc.to_calendar_date();
    let (hour, minute, second) = utc.to_hms();
    if !(1970..=9999).contains(&year) {
        return Err(CalendarError::Year);
    }
    let month = u8::from(month);
    Ok(format!("{year:04}{month:02}{day:02}T{hour:02}{minute:02}{second:02}Z"))
}

/// A text in one line, its lines with commas between; what steers is shown as its number.
fn one_line(text: &str) -> String {
    let text = unix_lines(text);
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    shown_lines(&lines.collect::<Vec<_>>().join(", "))
}

fn unix_lines(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}
