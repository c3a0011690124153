//! Exports: a table that is safe in a spreadsheet, JSON, and FHIR R4 that others take.

mod fhir;

use clinic_core::export::{Export, Format, Opened};
use clinic_core::state::State;
use guide_core::request::form::{Need, PartOfDay};
use guide_core::request::payload::{
    AppointmentRequest, IncludedMatters, Needs, Policyholder, SCHEMA_1,
};
use guide_core::request::reference::Reference;
use proptest::prelude::*;
use serde_json::{Value, json};
use time::OffsetDateTime;

use crate::harness::clinic::{request, request_id, request_of};

fn moment() -> OffsetDateTime {
    OffsetDateTime::from_unix_timestamp(1_795_000_000).unwrap()
}

fn exported(format: Format, requests: &[AppointmentRequest]) -> String {
    let mut out = Vec::new();
    let mut export = Export::begin(format, &mut out).unwrap();
    for request in requests {
        let opened = Opened { received_at: moment(), state: State::New, request: request.clone() };
        export.add(&opened).unwrap();
    }
    export.end().unwrap();
    String::from_utf8(out).unwrap()
}

/// A request with all that one of version 1 could hold.
fn full() -> AppointmentRequest {
    let mut request = request_of(request_id(7), "Zoë Example", "Mornings.\n- no screens");
    request.patient.phone = Some("+1 (972) 555.0123".to_owned());
    request.patient.email = Some("zoe@mail.example".to_owned());
    request.preferred.earliest = Some("2026-12-01".parse().unwrap());
    request.coverage = serde_json::from_value(
        json!({"kind": "insurance", "carrier": "Acme, \"Health\"", "member_number": "007-A"}),
    )
    .unwrap();
    let assessment = json!({
        "version": "3", "answers": {"days": 12, "aura": "yes", "signs": ["light", "sound"]},
        "criteria": {"duration": 2, "pain": 1}, "total": 3, "flags": ["overuse"],
        "outcome": "likely",
    });
    of_version_1(&request, assessment)
}

/// The same request, as a form of version 1 sent it, with this self-assessment.
fn of_version_1(request: &AppointmentRequest, assessment: Value) -> AppointmentRequest {
    let mut payload = serde_json::to_value(request).unwrap();
    payload["schema"] = SCHEMA_1.into();
    payload["assessment"] = assessment;
    AppointmentRequest::from_json(payload.to_string().as_bytes()).unwrap()
}

/// A request with all that one can hold, filled in for another person, with an early result.
fn for_another() -> AppointmentRequest {
    let mut request = request(request_id(9));
    request.patient.filled_in_by = Some("Eva Example".to_owned());
    request.patient.message_ok = true;
    request.patient.date_of_birth = Some("1984-02-29".parse().unwrap());
    request.preferred.call_times = vec![PartOfDay::Morning, PartOfDay::Evening];
    request.patient.needs = Some(Needs {
        kinds: vec![Need::Interpreter, Need::DimRoom],
        language: Some("Spanish".to_owned()),
        words: Some("No strong smells.\n=1".to_owned()),
    });
    let coverage = request.coverage.as_mut().unwrap();
    coverage.policyholder = Some(Policyholder::Other("Juan Example".to_owned()));
    let assessment = json!({
        "version": "4", "complete": false, "answers": {"days": 12}, "criteria": {},
        "flags": ["overuse"], "outcome": "see-doctor-first", "because": ["overuse-likely"],
    });
    request.assessment = Some(serde_json::from_value(assessment).unwrap());
    request.matters = IncludedMatters::read("2026.12 Call_us! some cost much");
    request
}

/// The cells of each row, by another reader than the writer's own rules.
fn rows(table: &str) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(table.as_bytes());
    let cells = |row: csv::StringRecord| row.iter().map(str::to_owned).collect();
    reader.records().map(|row| cells(row.unwrap())).collect()
}

#[test]
fn a_table_has_a_row_for_each_request() {
    let table = exported(Format::Csv, &[full(), request(request_id(1))]);
    assert!(table.starts_with("\u{feff}reference,received_at_utc,state,name,phone,"), "{table}");
    let rows = rows(&table);
    let reference = Reference::of(&request_id(7)).to_string();
    let id = request_id(7).to_string();
    assert_eq!(
        rows[1],
        [
            &*reference,
            "2026-11-18T11:06:40Z",
            "new",
            "Zoë Example",
            "972-555-0123",
            "zoe@mail.example",
            "call",
            "no",
            "main",
            "2026-12-01",
            "mon, thu",
            "",
            "insurance",
            "Acme, \"Health\"",
            "007-A",
            "Mornings.\n'- no screens",
            "likely",
            "3",
            "overuse",
            "3",
            "en",
            "1",
            "2026-11-23T09:30:00-05:00",
            &id,
            "",
            "no",
            "",
            "",
            "",
            "",
            "",
            "",
            "yes",
            "",
            "",
            "",
        ]
    );
    assert_eq!(rows[2][3..6], ["Ann Example", "972-555-0100", ""]);
    assert_eq!(rows.len(), 3);
    assert!(rows.iter().all(|row| row.len() == rows[0].len()));
    assert_eq!(table.matches("\r\n").count(), 3, "rows end as RFC 4180 has it");
}

/// Programs of a clinic may find their columns by place.
#[test]
fn new_columns_stand_after_those_that_were_there() {
    let rows = rows(&exported(Format::Csv, &[for_another()]));
    assert_eq!(rows[0][..3], ["reference", "received_at_utc", "state"]);
    assert_eq!(rows[0][23], "request_id");
    let added: Vec<(&str, &str)> =
        rows[0].iter().map(String::as_str).zip(rows[1].iter().map(String::as_str)).collect();
    assert_eq!(added[17], ("assessment_total", ""));
    assert_eq!(
        added[24..],
        [
            ("filled_in_by", "Eva Example"),
            ("message_ok", "yes"),
            ("call_times", "morning, evening"),
            ("date_of_birth", "1984-02-29"),
            ("policyholder", "Juan Example"),
            ("needs", "interpreter, dim-room"),
            ("needs_language", "Spanish"),
            ("needs_words", "No strong smells.\n'=1"),
            ("assessment_complete", "no"),
            ("assessment_because", "overuse-likely"),
            ("matters", "not of the list (some), cost (much)"),
            ("matters_version", "2026.12"),
        ]
    );
}

#[test]
fn a_table_of_nothing_has_its_head() {
    assert_eq!(rows(&exported(Format::Csv, &[])).len(), 1);
}

#[test]
fn no_cell_begins_as_a_formula() {
    for (typed, cell) in [
        ("=1+1", "'=1+1"),
        ("+1 972", "'+1 972"),
        ("-2+3+cmd|' /C calc'!A0", "'-2+3+cmd|' /C calc'!A0"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\u{ff1d}1", "'\u{ff1d}1"),
        ("\t=1", "\\u{9}=1"),
        ("\r=1", "\\u{d}=1"),
        ("\n=1", "\n'=1"),
        (" \u{a0}\u{200b}=1", " \u{a0}\u{200b}'=1"),
        ("\u{feff}=1", "\u{feff}'=1"),
        ("\"=1", "\"'=1"),
        ("well;=1", "well;'=1"),
        ("ten - eleven = -1", "ten - eleven = -1"),
        ("'=1", "'=1"),
    ] {
        let mut request = request(request_id(1));
        request.message = Some(typed.to_owned());
        request.patient.name = typed.to_owned();
        let rows = rows(&exported(Format::Csv, &[request]));
        assert_eq!([&*rows[1][3], &*rows[1][15]], [cell, cell], "{typed:?}");
    }
}

#[test]
fn phone_numbers_stay_readable() {
    for (typed, cell) in [
        ("+1 972 555 0123", "972-555-0123"),
        ("1-972-555-0123", "972-555-0123"),
        ("-(972) 555.0123", "972-555-0123"),
        ("9725550123", "972-555-0123"),
        ("972 555 0123 ext. 22", "972-555-0123 x22"),
        // Eleven digits with the extension, and no country code.
        ("172 555 0123 x4", "172-555-0123 x4"),
        // Not of the form's making, so not taken for one.
        ("+49 30 1234567", "'+49 30 1234567"),
        ("=9725550123,9", "'=9725550123,9"),
    ] {
        let mut request = request(request_id(1));
        request.patient.phone = Some(typed.to_owned());
        assert_eq!(rows(&exported(Format::Csv, &[request]))[1][4], cell, "{typed}");
    }
}

proptest! {
    /// However a program parts the file into cells, none of those that hold typed text begins with
    /// a sign of formulas.
    #[test]
    fn whatever_is_typed_stays_text(name in any::<String>(), message in "[-=+@;,\"'\\s\\w\u{200b}]{0,40}") {
        let mut request = request(request_id(1));
        request.patient.name = name;
        request.message = Some(message);
        let table = exported(Format::Csv, &[request]);
        let by_quotes = rows(&table).into_iter().flatten();
        let naively = table.split([';', '\n', '\t', '\r']).map(str::to_owned);
        for cell in by_quotes.chain(naively) {
            let seen = cell.trim_start_matches(|c: char| {
                c.is_whitespace() || c == '"' || ('\u{200b}'..='\u{200f}').contains(&c)
            });
            prop_assert!(!seen.starts_with(['=', '+', '-', '@']), "{cell:?}");
        }
    }
}

#[test]
fn json_is_one_list() {
    assert_eq!(exported(Format::Json, &[]), "[]\n");
    let list = exported(Format::Json, &[full(), request(request_id(1))]);
    let list: Vec<Value> = serde_json::from_str(&list).unwrap();
    let mut expected = serde_json::to_value(full()).unwrap();
    expected.as_object_mut().unwrap().remove("pad");
    assert_eq!(
        list[0],
        json!({
            "reference": Reference::of(&request_id(7)).to_string(),
            "received_at": "2026-11-18T11:06:40Z", "state": "new", "request": expected,
        })
    );
    assert_eq!(list.len(), 2);
}
