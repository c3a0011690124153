//! Requests of `appointment-request/1` still open.

use guide_core::request::form::{Day, Field, FieldError};
use guide_core::request::payload::{AppointmentRequest, PayloadError, SCHEMA_1};
use serde_json::{Value, json};

use super::sample::{included, request};

/// A request as a form of version 1 sealed it.
fn of_version_1() -> Value {
    let payload = include_str!("../vectors/appointment-request-1.json");
    serde_json::from_str(payload).expect("a vector")
}

fn opens(payload: &Value) -> Result<AppointmentRequest, PayloadError> {
    AppointmentRequest::from_json(payload.to_string().as_bytes())
}

#[test]
fn a_request_of_version_1_opens() {
    let opened = opens(&of_version_1()).expect("a request");
    assert_eq!(opened.schema, SCHEMA_1);
    assert_eq!(opened.patient.name, "Ana Ruiz");
    assert!(!opened.patient.message_ok);
    assert_eq!(opened.preferred.days, [Day::Monday, Day::Friday]);
    let coverage = opened.coverage.expect("coverage");
    assert_eq!((coverage.member_number.as_deref(), coverage.policyholder), (Some("X1"), None));
    let assessment = opened.assessment.expect("an assessment");
    assert_eq!((assessment.total, assessment.complete), (Some(9), true));
    assert_eq!(assessment.criteria.get("frequent-disabling"), Some(&4));
    assert_eq!(assessment.because, [""; 0]);
}

/// Each version has its own members: one of the other is unknown.
#[test]
fn a_member_of_another_version_is_refused() {
    let version_2 = serde_json::to_value(request(None, Some(included()))).expect("JSON");
    assert!(opens(&version_2).is_ok());
    let refused = |base: &Value, place: &str, member: &str, value: Value| {
        let mut payload = base.clone();
        payload.pointer_mut(place).expect("a place")[member] = value;
        let found = opens(&payload);
        assert!(matches!(found, Err(PayloadError::Shape(_))), "{place}/{member}: {found:?}");
    };
    refused(&version_2, "/assessment", "total", json!(9));
    let version_1 = of_version_1();
    for (place, member, value) in [
        ("/patient", "filled_in_by", json!("Eva Ruiz")),
        ("/patient", "message_ok", json!(true)),
        ("/patient", "date_of_birth", json!("1984-02-29")),
        ("/patient", "needs", json!({ "kinds": ["wheelchair"] })),
        ("/preferred", "call_times", json!(["morning"])),
        ("/coverage", "policyholder", json!("self")),
        ("/assessment", "complete", json!(true)),
        ("/assessment", "because", json!([])),
        ("", "more", json!("secret")),
    ] {
        refused(&version_1, place, member, value);
    }
    for base in [version_1, version_2] {
        for member in ["answers", "criteria", "flags", "outcome", "version"] {
            let mut payload = base.clone();
            payload["assessment"].as_object_mut().expect("an object").remove(member);
            assert!(matches!(opens(&payload), Err(PayloadError::Shape(_))), "{member}");
        }
    }
}

#[test]
fn the_rules_of_the_form_hold_for_a_request_of_version_1() {
    let mut payload = of_version_1();
    payload["patient"]["name"] = json!("");
    let nameless = PayloadError::Field(Field::Name, FieldError::NameMissing);
    assert_eq!(opens(&payload), Err(nameless));
}
