//! Requests that `intake open` prints.

use guide_core::request::form::PartOfDay;
use guide_core::request::payload::{IncludedMatters, Policyholder};
use guide_core::request::reference::Reference;
use serde_json::{Value, json};

use crate::harness::clinic::{request, request_id, request_of};
use crate::harness::office::{Office, counts};
use crate::harness::program::texts;

#[test]
fn a_request_is_printed_in_labelled_lines() {
    let office = Office::new();
    let id = request_id(1);
    office.store_request(request(id));
    let opened = office.open(&[]);
    let (page, _) = texts(&opened);
    let (heading, lines) = page.split_once('\n').unwrap();
    let reference = Reference::of(&id);
    assert!(heading.starts_with(&format!("{reference}  received 20")), "{heading}");
    assert_eq!(
        lines,
        format!(
            "  Name:             Ann Example
  Phone:            (972) 555-0100
  Contact by:       call
  Call or text:     any
  Messages:         leave a number only, do not name the practice
  Been here before: no
  Location:         main
  Days:             mon, thu
  Times:            any
  Coverage:         insurance
  Carrier:          Acme Health
  Message:
    | Mornings are best.
  Language:         en
  Consent text:     1
  Written at:       2026-11-23T09:30:00-05:00
  Request:          {id}

"
        )
    );
    assert_eq!(counts(&opened), (Some(0), "1 opened, 0 failed, 0 skipped".into()));
}

/// A payload that a form of version 1 sealed.
const OF_VERSION_1: &str =
    include_str!("../../guide-core/tests/vectors/appointment-request-1.json");

#[test]
fn a_request_of_version_1_is_printed_as_it_was() {
    let office = Office::new();
    let payload: Value = serde_json::from_str(OF_VERSION_1).unwrap();
    let id = payload["request_id"].as_str().unwrap().parse().unwrap();
    office.store(id, &office.clinic.seal_payload(OF_VERSION_1.as_bytes(), id));
    let (page, _) = texts(&office.open(&[]));
    let expected = "  Self-assessment:  worth-asking
  Score:            total 9, frequent-disabling 4, tried 2, willing 3
  Flags:            overuse
  Question set:     2026.11
  Answers:
    | aura: yes
    | headache-days: 20
    | side-effects: nausea, dizziness
";
    assert!(page.contains(expected), "{page}");
    assert!(page.contains("  Name:             Ana Ruiz\n"), "{page}");
    let (json, _) = texts(&office.open(&["--json"]));
    let json: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["schema"], "appointment-request/1");
    for member in ["patient", "preferred", "coverage", "message", "created_at"] {
        assert_eq!(json[member], payload[member], "{member}");
    }
    assert_eq!(json["assessment"]["total"], 9);
    for format in ["csv", "json", "fhir"] {
        let key = office.clinic.private_file.display().to_string();
        let exported = office.run(&["export", "--format", format, "--private", &key]);
        assert!(texts(&exported).0.contains("Ana Ruiz"), "{format}: {exported:?}");
        assert_eq!(counts(&exported), (Some(0), "1 opened, 0 failed, 0 skipped".into()));
    }
}

#[test]
fn everything_that_a_request_can_say_is_printed() {
    let office = Office::new();
    let mut request = request_of(request_id(1), "Ann Example", "");
    request.patient.filled_in_by = Some("Eva Example".to_owned());
    request.patient.message_ok = true;
    request.patient.date_of_birth = Some("1984-02-29".parse().unwrap());
    request.preferred.call_times = vec![PartOfDay::Morning];
    request.coverage.as_mut().unwrap().policyholder =
        Some(Policyholder::Other("Juan Example".to_owned()));
    let needs = json!({ "kinds": ["interpreter"], "language": "Spanish", "words": "A\u{7} chair" });
    request.patient.needs = Some(serde_json::from_value(needs).unwrap());
    let assessment = json!({
        "version": "4", "complete": false, "answers": {"days": 12}, "criteria": {"pain": 1},
        "flags": [], "outcome": "see-doctor-first", "because": ["overuse-likely"],
    });
    request.assessment = Some(serde_json::from_value(assessment).unwrap());
    request.matters = IncludedMatters::read("2026.12 cost much Clinic:call_555 some");
    office.store_request(request);
    let (page, _) = texts(&office.open(&[]));
    for line in [
        "Filled in by:     Eva Example (phone and e-mail are theirs, not the patient's)",
        "Date of birth:    1984-02-29",
        "Call or text:     morning",
        "Messages:         may name the practice",
        "Policyholder:     Juan Example",
        "Needs:            interpreter",
        "Interpreter for:  Spanish",
        "Also needs:       A\\u{7} chair",
        "Self-assessment:  see-doctor-first (early result: not every question was asked)",
        "Because:          overuse-likely",
        "Score:            pain 1",
        "What matters:     cost (much), not of the list (some)",
        "List of matters:  2026.12",
    ] {
        assert!(page.contains(&format!("  {line}\n")), "{line}: {page}");
    }
}
