//! Bundles of FHIR R4.

use std::io::Write as _;
use std::process::{Command, Stdio};

use clinic_core::export::Format;
use guide_core::request::payload::{AppointmentRequest, Policyholder};
use serde_json::{Value, json};

use super::{exported, for_another, full, moment};
use crate::harness::clinic::{request, request_id};

const QUESTIONNAIRE: &str = "https://guide.example.org/assessment.fhir.json";

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
    // The clinic gets in touch with them, not with the patient.
    assert_eq!(filled_in_by["telecom"][0]["system"], "phone");
    assert!(resources(&bundle, "Patient")[0].get("telecom").is_none());
    assert!(policyholder.get("telecom").is_none());
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
         Self-assessment: see-doctor-first (early result; because: overuse-likely; flags: overuse)\n\
         What matters: not of the list (some), cost (much) (list 2026.12)\n\nMornings are best."
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
