//! The payload: padded, and held to the rules of the form again when it is opened.

#![expect(clippy::expect_used, reason = "a failed expectation fails the test")]

#[path = "../common/mod.rs"]
mod common;
mod sample;
mod version_1;

use guide_core::assessment::{Answer, Answers};
use guide_core::request::envelope::{MAX_BYTES, MAX_RECIPIENTS};
use guide_core::request::form::{
    ContactBy, CoverageKind, Day, Field, FieldError, MAX_COVERAGE, MAX_EMAIL, MAX_LANGUAGE,
    MAX_MESSAGE, MAX_NAME, MAX_NEEDS, MAX_PHONE, Need, PartOfDay,
};
use guide_core::request::payload::{
    AppointmentRequest, BLOCK, Coverage, IncludedAssessment, IncludedMatters, Needs, Patient,
    PayloadError, Policyholder, SCHEMA, SCHEMA_1, SCHEMA_WITH_MATTERS, Weight,
};
use proptest::prelude::*;
use sample::{included, opened, padded, request, unpadded_length, with_matters};
use serde_json::{Value, json};

#[test]
fn the_payload_has_the_members_of_its_schema() {
    let json: Value =
        serde_json::from_slice(&padded(request(Some("Hello".to_owned()), Some(included()))))
            .expect("JSON");
    let names = |value: &Value| -> Vec<String> {
        let mut names: Vec<String> =
            value.as_object().expect("an object").keys().cloned().collect();
        // Other packages of the workspace may have JSON objects keep their order.
        names.sort();
        names
    };
    assert_eq!(
        names(&json),
        [
            "assessment",
            "consent",
            "coverage",
            "created_at",
            "language",
            "message",
            "pad",
            "patient",
            "preferred",
            "request_id",
            "schema",
        ]
    );
    assert_eq!(
        names(&json["patient"]),
        [
            "contact_by",
            "date_of_birth",
            "email",
            "filled_in_by",
            "message_ok",
            "name",
            "needs",
            "phone",
            "returning",
        ]
    );
    assert_eq!(names(&json["patient"]["needs"]), ["kinds", "language", "words"]);
    assert_eq!(names(&json["preferred"]), ["call_times", "days", "earliest", "location", "times"]);
    assert_eq!(names(&json["coverage"]), ["carrier", "kind", "member_number", "policyholder"]);
    assert_eq!(json["coverage"]["policyholder"], json!({ "other": "Juan Ruiz" }));
    assert_eq!(
        names(&json["assessment"]),
        ["answers", "because", "complete", "criteria", "flags", "outcome", "version"]
    );
    assert_eq!(json["schema"], SCHEMA);
    assert_eq!(json["request_id"], "7f1f5a1c-0b7e-4c43-9a53-2f0f8a1d9b11");
    assert_eq!(json["preferred"]["days"], json!(["mon", "fri"]));
}

#[test]
fn what_matters_is_sent_in_the_patients_order_under_a_schema_of_its_own() {
    let json: Value = serde_json::from_slice(&padded(with_matters())).expect("JSON");
    assert_eq!(json["schema"], SCHEMA_WITH_MATTERS);
    let weighed =
        json!([{ "matter": "cost", "weight": "much" }, { "matter": "driving", "weight": "some" }]);
    assert_eq!(json["matters"], json!({ "version": "2026.12", "weighed": weighed }));
    let again = AppointmentRequest::from_json(json.to_string().as_bytes()).expect("a request");
    assert_eq!(again.matters, with_matters().matters);
    let mut other = json;
    other["matters"]["weighed"][0]["weight"] = json!("little");
    let error = AppointmentRequest::from_json(other.to_string().as_bytes());
    assert!(matches!(error, Err(PayloadError::Shape(_))), "{error:?}");
}

#[test]
fn what_matters_is_read_as_the_page_writes_it() {
    let read = IncludedMatters::read("1 cost much driving some").expect("two");
    let read: Vec<(&str, Weight)> =
        read.weighed.iter().map(|it| (it.matter.as_str(), it.weight)).collect();
    assert_eq!(read, [("cost", Weight::Much), ("driving", Weight::Some)]);
    for nothing in ["", "yes", "2026.12", "1 cost", "1 cost little", "1 cost much driving"] {
        assert_eq!(IncludedMatters::read(nothing), None, "{nothing:?}");
    }
}

/// The length tells neither whether it is included nor how much matters.
#[test]
fn what_matters_changes_no_length() {
    assert_eq!(padded(with_matters()).len(), padded(request(None, None)).len());
    let all = |weight: &str| (0..11).map(|_| format!(" no-needles-or-few {weight}")).collect();
    let all: [String; 2] = ["much", "some"].map(all);
    for weighed in all {
        let mut request = request(Some("x".repeat(MAX_MESSAGE)), None);
        request.matters = IncludedMatters::read(&["2026.12", &weighed].concat());
        assert_eq!(request.matters.as_ref().map(|it| it.weighed.len()), Some(11));
        assert_eq!(padded(request).len(), BLOCK);
    }
}

#[test]
fn what_is_not_given_is_left_out() {
    let mut bare = request(None, None);
    bare.coverage = None;
    bare.patient = Patient {
        filled_in_by: None,
        phone: None,
        contact_by: ContactBy::Email,
        message_ok: false,
        date_of_birth: None,
        returning: None,
        needs: None,
        ..bare.patient
    };
    bare.preferred.earliest = None;
    bare.preferred.call_times.clear();
    let json = serde_json::to_string(&bare).expect("JSON");
    assert!(!json.contains("null") && !json.contains("message_ok"), "{json}");
    let again = AppointmentRequest::from_json(json.as_bytes()).expect("a request");
    assert_eq!(again, bare);
}

#[test]
fn the_block_above_a_full_one_is_the_next() {
    let room = BLOCK - unpadded_length(&request(Some(String::new()), None)) % BLOCK;
    let length = |message: usize| padded(request(Some("x".repeat(message)), None)).len();
    assert_eq!(length(room), length(0));
    assert_eq!(length(room + 1), length(0) + BLOCK);
}

/// Padding that was there before is not counted, nor kept.
#[test]
fn padding_twice_is_padding_once() {
    let once = padded(request(None, None));
    let opened = AppointmentRequest::from_json(&once).expect("a request");
    assert_eq!(padded(opened), once);
}

/// The largest request that the form takes has to fit, sealed for the most recipients.
#[test]
fn the_largest_request_fits_into_an_envelope() {
    // JSON writes this character in six bytes, and no character in more.
    let widest = |count: usize| "\u{1}".repeat(count);
    let mut request = request(Some(widest(MAX_MESSAGE)), Some(included()));
    request.patient.name = format!("A{}", widest(MAX_NAME - 1));
    request.patient.phone = Some(format!("972{}5550123", "\u{2011}".repeat(MAX_PHONE - 10)));
    request.patient.email = Some(format!("{}@example.org", "\u{10000}".repeat(MAX_EMAIL - 12)));
    request.preferred.days = Day::ALL.to_vec();
    request.preferred.times = PartOfDay::ALL.to_vec();
    request.coverage = Some(Coverage {
        kind: CoverageKind::Insurance,
        carrier: Some(widest(MAX_COVERAGE)),
        member_number: Some(widest(MAX_COVERAGE)),
        policyholder: Some(Policyholder::Other(format!("A{}", widest(MAX_NAME - 1)))),
    });
    request.patient.filled_in_by = Some(format!("A{}", widest(MAX_NAME - 1)));
    request.preferred.call_times = PartOfDay::ALL.to_vec();
    request.patient.needs = Some(Needs {
        kinds: Need::ALL.to_vec(),
        language: Some(widest(MAX_LANGUAGE)),
        words: Some(widest(MAX_NEEDS)),
    });
    let bytes = padded(request);
    AppointmentRequest::from_json(&bytes).expect("the form takes it");
    let ciphertext = bytes.len().div_ceil(3) * 4;
    let vectors = include_str!("../vectors/envelope-vectors.json");
    let vectors: Value = serde_json::from_str(vectors).expect("vectors");
    let recipient = vectors["vectors"][0]["envelope"]["recipients"][0].to_string().len() + 1;
    let rest = 500;
    assert!(ciphertext + MAX_RECIPIENTS * recipient + rest < MAX_BYTES, "{ciphertext}");
}

#[test]
fn a_stopped_assessment_cannot_be_included() {
    let assessment = common::assessment();
    let answers: Answers =
        serde_json::from_value(json!({ "red-flags-now": ["seizure"] })).expect("answers");
    let judged = assessment.judge(&answers);
    assert_eq!(IncludedAssessment::new(&assessment, &answers, &judged), None);
}

#[test]
fn answers_that_were_not_asked_for_are_not_sent() {
    let assessment = common::assessment();
    let mut answers = included().answers;
    answers.set("acute-days", Some(Answer::Number(0)));
    answers.set("acute-kinds", Some(Answer::Choices(vec!["opioid".to_owned()])));
    let judged = assessment.judge(&answers);
    let sent = IncludedAssessment::new(&assessment, &answers, &judged).expect("included");
    assert_eq!(sent.answers.get("acute-kinds"), None);
    assert_eq!(sent.version, assessment.version);
}

#[test]
fn another_member_is_refused_wherever_it_stands() {
    let places =
        ["", "/patient", "/patient/needs", "/preferred", "/coverage", "/consent", "/assessment"];
    let of_matters = ["/matters", "/matters/weighed/0"];
    for place in places.into_iter().chain(of_matters) {
        let mut whole = request(Some("Hello".to_owned()), Some(included()));
        whole.matters = with_matters().matters;
        let mut json = serde_json::to_value(whole).expect("JSON");
        json.pointer_mut(place).expect("a place")["more"] = json!("secret");
        let error = AppointmentRequest::from_json(json.to_string().as_bytes());
        let Err(PayloadError::Shape(reason)) = error else {
            unreachable!("{place}: {error:?}");
        };
        assert!(reason.starts_with("Data at line 1, column "), "{reason}");
    }
}

/// The reader's own message would quote the value; the reason may be logged.
#[test]
fn the_reason_tells_nothing_that_was_written() {
    let Err(PayloadError::Shape(reason)) = opened("/patient/contact_by", json!("Ana Ruiz")) else {
        unreachable!("taken");
    };
    assert!(!reason.contains("Ana"), "{reason}");
}

#[test]
fn what_is_not_a_request_is_refused() {
    for bytes in [&b""[..], b"{}", b"null", b"\xff"] {
        assert!(matches!(AppointmentRequest::from_json(bytes), Err(PayloadError::Shape(_))));
    }
    let schema = "appointment-request/4";
    assert_eq!(opened("/schema", json!(schema)), Err(PayloadError::Schema(schema.to_owned())));
    for at in ["", "yesterday", "2026-11-23", "2026-11-23T09:30:00", "2026-02-30T09:30:00Z"] {
        assert_eq!(opened("/created_at", json!(at)), Err(PayloadError::CreatedAt), "{at}");
    }
    assert!(opened("/created_at", json!("2026-11-23T15:30:00.123Z")).is_ok());
    for (pointer, value) in [
        ("/request_id", json!("one")),
        ("/preferred/earliest", json!("2027-02-29")),
        ("/preferred/days", json!(["someday"])),
        ("/patient/contact_by", json!("pigeon")),
    ] {
        let found = opened(pointer, value);
        assert!(matches!(found, Err(PayloadError::Shape(_))), "{pointer}: {found:?}");
    }
}

#[test]
fn the_rules_of_the_form_hold_for_what_is_opened() {
    let long = |max: usize| json!("x".repeat(max + 1));
    for (pointer, value, field, error) in [
        ("/patient/name", json!(""), Field::Name, FieldError::NameMissing),
        ("/patient/name", json!("123"), Field::Name, FieldError::NameForm),
        ("/patient/name", long(MAX_NAME), Field::Name, FieldError::TooLong { max: MAX_NAME }),
        ("/patient/phone", json!("555"), Field::Phone, FieldError::PhoneForm),
        ("/patient/phone", Value::Null, Field::ContactBy, FieldError::PhoneNeeded),
        // An empty number reaches nobody.
        ("/patient/phone", json!(""), Field::ContactBy, FieldError::PhoneNeeded),
        ("/patient/email", json!("ana"), Field::Email, FieldError::EmailForm),
        ("/preferred/location", json!(""), Field::Location, FieldError::LocationMissing),
        ("/patient/filled_in_by", json!(""), Field::FilledInBy, FieldError::FilledInByMissing),
        ("/patient/filled_in_by", json!("1"), Field::FilledInBy, FieldError::NameForm),
        ("/patient/date_of_birth", json!("1899-12-31"), Field::DateOfBirth, FieldError::BirthRange),
        (
            "/patient/needs/language",
            long(MAX_LANGUAGE),
            Field::NeedsLanguage,
            FieldError::TooLong { max: MAX_LANGUAGE },
        ),
        (
            "/patient/needs/words",
            long(MAX_NEEDS),
            Field::NeedsWords,
            FieldError::TooLong { max: MAX_NEEDS },
        ),
        (
            "/coverage/policyholder",
            json!({ "other": "" }),
            Field::PolicyholderName,
            FieldError::PolicyholderMissing,
        ),
        (
            "/coverage/carrier",
            long(MAX_COVERAGE),
            Field::Carrier,
            FieldError::TooLong { max: MAX_COVERAGE },
        ),
        (
            "/coverage/member_number",
            long(MAX_COVERAGE),
            Field::MemberNumber,
            FieldError::TooLong { max: MAX_COVERAGE },
        ),
    ] {
        let found = opened(pointer, value);
        assert_eq!(found, Err(PayloadError::Field(field, error)), "{pointer}");
    }
    let json = serde_json::to_vec(&request(Some("x".repeat(MAX_MESSAGE + 1)), None)).expect("JSON");
    let long = PayloadError::Field(Field::Message, FieldError::TooLong { max: MAX_MESSAGE });
    assert_eq!(AppointmentRequest::from_json(&json), Err(long));
    for nothing in [Value::Null, json!("")] {
        let patient = json!({
            "name": "Ana Ruiz", "phone": nothing, "email": nothing, "contact_by": "call"
        });
        let neither = PayloadError::Field(Field::Phone, FieldError::NoWayToReach);
        assert_eq!(opened("/patient", patient), Err(neither));
    }
}

#[test]
fn a_request_that_an_earlier_form_took_still_opens() {
    for email in ["<ana@example.org>", "ana@example.org;"] {
        assert!(opened("/patient/email", json!(email)).is_ok(), "{email}");
    }
}

/// Any message that the form takes.
fn any_message() -> impl Strategy<Value = Option<String>> {
    let short = prop::collection::vec(any::<char>(), 0..40);
    let long = prop::collection::vec(any::<char>(), 0..=MAX_MESSAGE);
    let text = prop_oneof![short, long].prop_map(|chars| chars.into_iter().collect());
    prop::option::of(text)
}

proptest! {
    // A failure prints its smallest case: keep that as a test of its own, not in a file.
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_message_is_padded_to_blocks_and_reads_as_it_was(message in any_message(), with in any::<bool>()) {
        let request = request(message, with.then(included));
        let bytes = padded(request.clone());
        prop_assert_eq!(bytes.len() % BLOCK, 0);
        // Never more than what is needed.
        prop_assert!(bytes.len() - unpadded_length(&request) < BLOCK);
        let mut opened = AppointmentRequest::from_json(&bytes).expect("a request");
        opened.pad.clear();
        prop_assert_eq!(opened, request);
    }

    #[test]
    fn messages_that_end_in_the_same_block_are_of_one_length(
        one in any_message(),
        other in any_message(),
    ) {
        let [one, other] = [one, other].map(|message| {
            let request = request(message, None);
            (unpadded_length(&request).div_ceil(BLOCK), padded(request).len())
        });
        prop_assert_eq!(one.0 == other.0, one.1 == other.1);
    }

    #[test]
    fn no_bytes_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        prop_assert!(AppointmentRequest::from_json(&bytes).is_err());
    }

    #[test]
    fn no_altered_request_panics(
        alterations in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
    ) {
        let mut bytes = padded(request(None, None));
        for (index, byte) in alterations {
            let place = index.index(bytes.len());
            bytes[place] = byte;
        }
        if let Ok(request) = AppointmentRequest::from_json(&bytes) {
            prop_assert!([SCHEMA, SCHEMA_1].contains(&&*request.schema));
        }
    }
}

#[test]
fn what_was_typed_is_not_in_the_debug_form() {
    let request = request(Some("Hello".to_owned()), Some(included()));
    let shown = format!("{request:?} {:?} {:?}", request.patient, request.assessment);
    assert!(!shown.contains("Hello") && !shown.contains(&request.patient.name), "{shown}");
}

/// The form takes neither any more.
#[test]
fn requests_of_earlier_forms_open() {
    assert!(opened("/patient/phone", json!("1725550123")).is_ok());
    assert!(opened("/patient/email", json!("<ana@example.org>")).is_ok());
}
