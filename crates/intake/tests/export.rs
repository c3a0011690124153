//! Exports: a table that is safe in a spreadsheet, JSON, and FHIR R4 that others take.

use std::io::Write as _;
use std::process::{Command, Stdio};

use guide_core::request::form::{Need, PartOfDay};
use guide_core::request::payload::{AppointmentRequest, Needs, Policyholder, SCHEMA_1};
use guide_core::request::reference::Reference;
use intake::export::{Export, Format, Opened};
use proptest::prelude::*;
use serde_json::{Value, json};
use time::OffsetDateTime;

use crate::harness::clinic::{request, request_id, request_of};

const QUESTIONNAIRE: &str = "https://guide.example.org/assessment.fhir.json";

fn moment() -> OffsetDateTime {
    OffsetDateTime::from_unix_timestamp(1_795_000_000).unwrap()
}

fn exported(format: Format, requests: &[AppointmentRequest]) -> String {
    let mut out = Vec::new();
    let mut export = Export::begin(format, &mut out).unwrap();
    for request in requests {
        let opened = Opened { received_at: moment(), state: "new", request: request.clone() };
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

fn bundle(requests: &[AppointmentRequest]) -> Value {
    let format = Format::Fhir { now: moment(), questionnaire: Some(QUESTIONNAIRE.to_owned()) };
    serde_json::from_str(&exported(format, requests)).unwrap()
}

fn resources<'a>(bundle: &'a Value, kind: &str) -> Vec<&'a Value> {
    let entries = bundle["entry"].as_array().unwrap().iter();
    entries.map(|it| &it["resource"]).filter(|it| it["resourceType"] == kind).collect()
}

/// As one line of JSON, each reference to an entry's address followed to its entry, and named by that
/// entry's kind: the library below knows addresses no other way.
fn followed(bundle: &Value) -> String {
    let mut line = bundle.to_string();
    for entry in bundle["entry"].as_array().into_iter().flatten() {
        let address = entry["fullUrl"].as_str().unwrap();
        let kind = entry["resource"]["resourceType"].as_str().unwrap();
        let named = format!("\"{kind}/{}\"", address.strip_prefix("urn:uuid:").unwrap());
        line = line
            .replace(&format!("\"reference\":\"{address}\""), &format!("\"reference\":{named}"));
    }
    assert!(!line.contains("\"reference\":\"urn:"), "a reference leads nowhere: {line}");
    line
}

/// Objections of an independent library; see `tests/fhir/check.cjs` at the top of the project.
fn objections(bundles: &[Value]) -> Vec<Value> {
    let checker = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/fhir/check.cjs");
    let mut node = Command::new("node")
        .arg(checker)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("node runs; `make test` installs what the checker needs");
    let lines: String = bundles.iter().map(|bundle| followed(bundle) + "\n").collect();
    node.stdin.take().unwrap().write_all(lines.as_bytes()).unwrap();
    let output = node.wait_with_output().unwrap();
    assert!(output.status.success(), "the checker failed, see above");
    let found = str::from_utf8(&output.stdout).unwrap().lines();
    found.map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn bundles_are_as_r4_has_them() {
    let mut by_email = full();
    by_email.request_id = request_id(8);
    by_email.patient.phone = None;
    by_email.assessment = None;
    by_email.language = "not a language".to_owned();
    by_email.patient.name = "Zoë\u{0}\u{7}\u{1b}[2J".to_owned();
    let covered = |nth: u8, kind: &str| {
        let mut request = request(request_id(nth));
        request.coverage = serde_json::from_value(json!({ "kind": kind })).unwrap();
        request
    };
    let mut lower_case = request(request_id(3));
    lower_case.created_at = "2026-11-23t09:30:00.123456789z".to_owned();
    let mut of_the_patient = for_another();
    of_the_patient.request_id = request_id(10);
    of_the_patient.coverage.as_mut().unwrap().policyholder = Some(Policyholder::Patient);
    of_the_patient.patient.needs.as_mut().unwrap().language = None;
    let requests = [
        full(),
        for_another(),
        of_the_patient,
        by_email,
        covered(4, "insurance"),
        covered(5, "self-pay"),
        covered(6, "not-sure"),
        lower_case,
        request(request_id(1)),
    ];
    let mut bundles = vec![bundle(&[]), bundle(&requests)];
    bundles.extend(requests.iter().map(|request| bundle(std::slice::from_ref(request))));
    let mut wrong = bundle(&requests);
    wrong["entry"][1]["resource"]["status"] = "perhaps".into();
    let coverage = &mut wrong["entry"][2]["resource"];
    assert_eq!(coverage["resourceType"], "Coverage");
    coverage["payor"] = json!([]);
    bundles.push(wrong);
    let mut found = objections(&bundles);
    let of_the_wrong_one = found.pop().unwrap().to_string();
    assert!(of_the_wrong_one.contains("status") && of_the_wrong_one.contains("payor"));
    for (found, bundle) in found.iter().zip(&bundles) {
        assert_eq!(*found, json!([]), "{bundle:#}");
    }
    assert_eq!(found.len() + 1, bundles.len());
}

#[test]
fn a_bundle_says_what_the_request_says() {
    let bundle = bundle(&[full()]);
    let [patient] = resources(&bundle, "Patient")[..] else { panic!("{bundle:#}") };
    assert_eq!(patient["name"], json!([{ "text": "Zoë Example" }]));
    assert_eq!(
        patient["telecom"],
        json!([
            { "system": "phone", "value": "+1 (972) 555.0123", "rank": 1 },
            { "system": "email", "value": "zoe@mail.example", "rank": 2 },
        ])
    );
    let [appointment] = resources(&bundle, "Appointment")[..] else { panic!("{bundle:#}") };
    assert_eq!(appointment["status"], "proposed");
    assert_eq!(appointment["created"], "2026-11-23T09:30:00-05:00");
    assert_eq!(appointment["requestedPeriod"], json!([{ "start": "2026-12-01" }]));
    assert_eq!(
        appointment["comment"],
        "Contact by: call\nMessages may name the practice: no\nBeen here before: no\n\
         Days: mon, thu\nCoverage: insurance\n\
         Self-assessment: likely (total 3; flags: overuse)\n\nMornings.\n- no screens"
    );
    let [coverage] = resources(&bundle, "Coverage")[..] else { panic!("{bundle:#}") };
    assert_eq!(coverage["payor"][0]["display"], "Acme, \"Health\"");
    assert_eq!(coverage["subscriberId"], "007-A");
    let [answers] = resources(&bundle, "QuestionnaireResponse")[..] else { panic!("{bundle:#}") };
    assert_eq!(answers["questionnaire"], format!("{QUESTIONNAIRE}|3"));
    assert_eq!(answers["item"].as_array().map(Vec::len), Some(3));
    // All of them are of one patient, who stands in the same Bundle.
    let address = &bundle["entry"][0]["fullUrl"];
    for reference in [
        &appointment["participant"][0]["actor"],
        &coverage["beneficiary"],
        &answers["subject"],
        &answers["source"],
    ] {
        assert_eq!(&reference["reference"], address);
    }
}

#[test]
fn a_bundle_says_who_filled_it_in_and_what_the_visit_needs() {
    let bundle = bundle(&[for_another()]);
    let [patient] = resources(&bundle, "Patient")[..] else { panic!("{bundle:#}") };
    assert_eq!(patient["birthDate"], "1984-02-29");
    let spanish = json!([{ "language": { "text": "Spanish" }, "preferred": true }]);
    assert_eq!(patient["communication"], spanish);
    assert_eq!(patient["extension"][0]["valueBoolean"], true);
    let [filled_in_by, policyholder] = resources(&bundle, "RelatedPerson")[..] else {
        panic!("{bundle:#}")
    };
    assert_eq!(filled_in_by["name"], json!([{ "text": "Eva Example" }]));
    assert_eq!(policyholder["name"], json!([{ "text": "Juan Example" }]));
    // A receiver that looks for duplicates by identifier must not take them for one person.
    assert_ne!(filled_in_by["identifier"], policyholder["identifier"]);
    let address = |name: &str| {
        let mut entries = bundle["entry"].as_array().unwrap().iter();
        let entry = entries.find(|it| it["resource"]["name"][0]["text"] == name);
        entry.unwrap()["fullUrl"].clone()
    };
    let [coverage] = resources(&bundle, "Coverage")[..] else { panic!("{bundle:#}") };
    for role in ["policyHolder", "subscriber"] {
        assert_eq!(coverage[role]["reference"], address("Juan Example"));
    }
    let [answers] = resources(&bundle, "QuestionnaireResponse")[..] else { panic!("{bundle:#}") };
    assert_eq!(answers["source"]["reference"], address("Eva Example"));
    assert_eq!(answers["subject"]["reference"], address("Ann Example"));
    let [appointment] = resources(&bundle, "Appointment")[..] else { panic!("{bundle:#}") };
    assert_eq!(
        appointment["comment"],
        "Contact by: call\nFilled in by: Eva Example\nMessages may name the practice: yes\n\
         Call times: morning, evening\nBeen here before: no\nDays: mon, thu\nCoverage: insurance\n\
         Needs: interpreter, dim-room\nInterpreter for: Spanish\nAlso needs: No strong smells.\n=1\n\
         Self-assessment: see-doctor-first (early result; because: overuse-likely; flags: overuse)\n\n\
         Mornings are best."
    );
}

#[test]
fn the_same_request_has_the_same_addresses_again() {
    assert_eq!(bundle(&[full()]), bundle(&[full()]));
    let addresses = |bundle: &Value| -> Vec<String> {
        let entries = bundle["entry"].as_array().unwrap().iter();
        entries.map(|it| it["fullUrl"].as_str().unwrap().to_owned()).collect()
    };
    let mut all = addresses(&bundle(&[full(), request(request_id(1))]));
    assert!(all.iter().all(|it| it.starts_with("urn:uuid:")));
    let count = all.len();
    all.sort();
    all.dedup();
    assert_eq!((count, all.len()), (7, 7));
}

#[test]
fn without_its_address_answers_name_no_questionnaire() {
    let format = Format::Fhir { now: moment(), questionnaire: None };
    let bundle: Value = serde_json::from_str(&exported(format, &[full()])).unwrap();
    assert!(resources(&bundle, "QuestionnaireResponse")[0].get("questionnaire").is_none());
    assert_eq!(objections(&[bundle]), [json!([])]);
}
