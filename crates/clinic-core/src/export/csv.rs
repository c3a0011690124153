//! A table for spreadsheets: RFC 4180 in UTF-8, with the mark at its beginning by which Excel knows
//! that it is UTF-8.
//!
//! Text that a patient typed must stay text. A spreadsheet takes a cell that begins with `=`, `+`,
//! `-` or `@` for a formula, and a formula can send the other cells away ("CSV injection"). So, as
//! OWASP has it, such a beginning gets an apostrophe before it: also behind spaces and invisible
//! characters, which some programs drop, and also where a cell begins for programs that split
//! cells at semicolons or ignore quotes. Tabs, returns and other controls are written as their
//! numbers, as `readable` does. Phone numbers stay plain: the form takes numbers of ten digits
//! alone, and they are written as 972-555-0123, whatever signs stood around them.

use std::io::{self, Write};

use guide_core::request::form::CalendarDate;
use guide_core::request::payload::{Coverage, IncludedAssessment, Needs, Patient, Preferred};
use guide_core::request::phone::Phone;

use super::opened::Opened;
use crate::readable::{policyholder_name, shown_lines, weighed};

/// The byte order mark: Excel reads the file in an old code page without it.
const UTF_8_MARK: &[u8] = "\u{feff}".as_bytes();

/// The columns. Where one was left empty by the patient, its cell is empty. A new column is added at the
/// end: programs of a clinic may find theirs by place.
pub const COLUMNS: [&str; 36] = [
    "reference",
    "received_at_utc",
    "state",
    "name",
    "phone",
    "email",
    "contact_by",
    "returning",
    "location",
    "earliest",
    "days",
    "times",
    "coverage",
    "carrier",
    "member_number",
    "message",
    "assessment_outcome",
    "assessment_total",
    "assessment_flags",
    "assessment_version",
    "language",
    "consent_version",
    "written_at",
    "request_id",
    "filled_in_by",
    "message_ok",
    "call_times",
    "date_of_birth",
    "policyholder",
    "needs",
    "needs_language",
    "needs_words",
    "assessment_complete",
    "assessment_because",
    "matters",
    "matters_version",
];

/// Writes the mark and the names of the columns.
pub(super) fn head(out: &mut impl Write) -> io::Result<()> {
    out.write_all(UTF_8_MARK)?;
    record(out, &COLUMNS.map(str::to_owned))
}

/// Writes the row of a request.
pub(super) fn row(out: &mut impl Write, opened: &Opened) -> io::Result<()> {
    let request = &opened.request;
    let Patient {
        name,
        filled_in_by,
        phone,
        email,
        contact_by,
        message_ok,
        date_of_birth,
        returning,
        needs,
    } = &request.patient;
    let Preferred { location, earliest, days, times, call_times } = &request.preferred;
    let text = |value: Option<&String>| value.map_or_else(String::new, |it| safe(it));
    let list = |ids: Vec<&str>| ids.join(", ");
    let date = |date: &Option<CalendarDate>| date.map_or_else(String::new, |it| it.to_string());
    let (kind, carrier, member_number, policyholder) = match &request.coverage {
        Some(Coverage { kind, carrier, member_number, policyholder }) => (
            kind.id(),
            text(carrier.as_ref()),
            text(member_number.as_ref()),
            policyholder.as_ref().map_or_else(String::new, |it| safe(policyholder_name(it))),
        ),
        None => ("", String::new(), String::new(), String::new()),
    };
    let [needs, language, words] = match needs {
        Some(Needs { kinds, language, words }) => [
            list(kinds.iter().map(|kind| kind.id()).collect()),
            text(language.as_ref()),
            text(words.as_ref()),
        ],
        None => [const { String::new() }; 3],
    };
    let [outcome, total, flags, version, complete, because] = match &request.assessment {
        Some(it) => {
            let IncludedAssessment { outcome, total, flags, version, complete, because, .. } = it;
            [
                safe(outcome),
                total.map_or_else(String::new, |it| it.to_string()),
                safe(&flags.join(", ")),
                safe(version),
                yes_no(*complete).to_owned(),
                safe(&because.join(", ")),
            ]
        }
        None => [const { String::new() }; 6],
    };
    let [matters, of_matters] = match &request.matters {
        Some(it) => [safe(&weighed(it)), safe(&it.version)],
        None => [const { String::new() }; 2],
    };
    let cells: [String; COLUMNS.len()] = [
        opened.reference(),
        opened.received_at()?,
        opened.state.as_str().to_owned(),
        safe(name),
        phone.as_deref().map_or_else(String::new, |it| plain_phone(it).unwrap_or_else(|| safe(it))),
        text(email.as_ref()),
        contact_by.id().to_owned(),
        returning.map_or("", yes_no).to_owned(),
        safe(location),
        date(earliest),
        list(days.iter().map(|day| day.id()).collect()),
        list(times.iter().map(|time| time.id()).collect()),
        kind.to_owned(),
        carrier,
        member_number,
        text(request.message.as_ref()),
        outcome,
        total,
        flags,
        version,
        safe(&request.language),
        safe(&request.consent.text_version),
        safe(&request.created_at),
        request.request_id.to_string(),
        text(filled_in_by.as_ref()),
        yes_no(*message_ok).to_owned(),
        list(call_times.iter().map(|time| time.id()).collect()),
        date(date_of_birth),
        policyholder,
        needs,
        language,
        words,
        complete,
        because,
        matters,
        of_matters,
    ];
    record(out, &cells)
}

const fn yes_no(yes: bool) -> &'static str {
    if yes { "yes" } else { "no" }
}

fn record(out: &mut impl Write, cells: &[String]) -> io::Result<()> {
    let mut row =
        ::csv::WriterBuilder::new().terminator(::csv::Terminator::CRLF).from_writer(Vec::new());
    row.write_record(cells)?;
    let row = row.into_inner().map_err(|error| io::Error::other(error.to_string()))?;
    out.write_all(&row)
}

/// A phone number as 972-555-0123, with its extension as `x22`; `None` for any other text.
fn plain_phone(typed: &str) -> Option<String> {
    let Phone { national, extension } = Phone::read(typed)?;
    let (area, rest) = national.split_at_checked(3)?;
    let (exchange, line) = rest.split_at_checked(3)?;
    let extension = extension.map_or_else(String::new, |it| format!(" x{it}"));
    Some(format!("{area}-{exchange}-{line}{extension}"))
}

/// A text that no spreadsheet takes for a formula.
fn safe(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    // `true` while a cell could begin here: nothing visible has been written since.
    let mut begins = true;
    for c in shown_lines(text).chars() {
        if begins && starts_a_formula(c) {
            out.push('\'');
        }
        begins = matches!(c, '\n' | ';') || begins && is_not_seen(c);
        out.push(c);
    }
    out
}

/// The signs that OWASP names, and their full-width forms.
const fn starts_a_formula(c: char) -> bool {
    matches!(c, '=' | '+' | '-' | '@' | '\u{ff1d}' | '\u{ff0b}' | '\u{ff0d}' | '\u{ff20}')
}

/// White space, quotes, and characters without a width, which a program may drop.
fn is_not_seen(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '"' | '\u{ad}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}')
        || c == '\u{feff}'
}
