//! A request as FHIR R4 (4.0.1) resources: Patient, Appointment (`proposed`), Coverage where one was
//! named, QuestionnaireResponse where a self-assessment was included.
//!
//! Nothing is added to the request, and no code is made up: parts that R4 has no place for (days and
//! parts of the day, the outcome of the self-assessment) are written out in `Appointment.comment`.
//! The addresses are made from the request's id, so that the same request, exported again, has the
//! same ones.

use std::io;

use guide_core::assessment::fhir::{Reply, response};
use guide_core::request::form::{ContactBy, CoverageKind};
use guide_core::request::payload::{
    AppointmentRequest, Coverage, IncludedAssessment, Patient, Preferred,
};
use serde_json::{Map, Value, json};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;
use uuid::Uuid;

use super::opened::Opened;
use crate::readable::shown_lines as text;

/// The system of identifiers that are URIs.
const URI: &str = "urn:ietf:rfc:3986";
/// HL7's code system for patients who pay themselves.
const SELF_PAY: &str = "http://terminology.hl7.org/CodeSystem/coverage-selfpay";
/// Extension with the reason why a required element is absent.
const ABSENT: &str = "http://hl7.org/fhir/StructureDefinition/data-absent-reason";

/// The entries of a request in a Bundle. `questionnaire` is the canonical address of the Questionnaire
/// that a self-assessment answers.
pub(super) fn entries(opened: &Opened, questionnaire: Option<&str>) -> io::Result<Vec<Value>> {
    let request = &opened.request;
    // FHIR's dates are stricter than RFC 3339, so the moment is parsed and written again.
    let written_at =
        OffsetDateTime::parse(&request.created_at, &Rfc3339).map_err(io::Error::other)?;
    let written_at = written_at.format(&Rfc3339).map_err(io::Error::other)?;
    let entry = |kind, resource| json!({ "fullUrl": address(request, kind), "resource": resource });
    let coverage = request.coverage.as_ref().and_then(|it| coverage(request, it));
    let answers =
        request.assessment.as_ref().map(|it| answers(request, it, questionnaire, &written_at));
    Ok([
        Some(entry("Patient", patient(request))),
        Some(entry("Appointment", appointment(opened, &written_at))),
        coverage.map(|it| entry("Coverage", it)),
        answers.map(|it| entry("QuestionnaireResponse", it)),
    ]
    .into_iter()
    .flatten()
    .collect())
}

/// The address of one of a request's resources: a name-based UUID (RFC 9562 §5.5).
fn address(request: &AppointmentRequest, kind: &str) -> String {
    Uuid::new_v5(&request.request_id, kind.as_bytes()).urn().to_string()
}

fn to_patient(request: &AppointmentRequest) -> Value {
    json!({ "reference": address(request, "Patient") })
}

/// The request's own id, by which a receiver finds duplicates.
fn identifier(request: &AppointmentRequest) -> Value {
    json!({ "system": URI, "value": request.request_id.urn().to_string() })
}

fn patient(request: &AppointmentRequest) -> Value {
    let Patient { name, phone, email, contact_by, .. } = &request.patient;
    let (of_phone, of_email) = match contact_by {
        ContactBy::Call | ContactBy::Text => (1, 2),
        ContactBy::Email => (2, 1),
    };
    let point = |system: &str, value: &Option<String>, rank: u32| {
        let value = text(value.as_deref()?);
        Some(json!({ "system": system, "value": value, "rank": rank }))
    };
    let telecom: Vec<Value> = [point("phone", phone, of_phone), point("email", email, of_email)]
        .into_iter()
        .flatten()
        .collect();
    json!({
        "resourceType": "Patient",
        "identifier": [identifier(request)],
        "name": [{ "text": text(name) }],
        "telecom": telecom,
    })
}

fn appointment(opened: &Opened, written_at: &str) -> Value {
    let request = &opened.request;
    let Preferred { location, earliest, .. } = &request.preferred;
    let location = text(location);
    let mut appointment = json!({
        "resourceType": "Appointment",
        "identifier": [identifier(request), { "value": opened.reference() }],
        "status": "proposed",
        "description": format!("Appointment request {}", opened.reference()),
        "created": written_at,
        "comment": comment(request),
        "participant": [
            { "actor": to_patient(request), "status": "accepted" },
            {
                "actor": {
                    "type": "Location",
                    "identifier": { "value": location },
                    "display": location,
                },
                "status": "needs-action",
            },
        ],
    });
    if let Some(earliest) = earliest {
        appointment["requestedPeriod"] = json!([{ "start": earliest.to_string() }]);
    }
    appointment
}

/// The parts of a request that R4 has no place for, for people to read.
fn comment(request: &AppointmentRequest) -> String {
    let Preferred { days, times, .. } = &request.preferred;
    let mut lines = vec![format!("Contact by: {}", request.patient.contact_by.id())];
    if let Some(returning) = request.patient.returning {
        lines.push(format!("Been here before: {}", if returning { "yes" } else { "no" }));
    }
    let mut list = |label: &str, ids: Vec<&str>| {
        if !ids.is_empty() {
            lines.push(format!("{label}: {}", ids.join(", ")));
        }
    };
    list("Days", days.iter().map(|day| day.id()).collect());
    list("Times", times.iter().map(|time| time.id()).collect());
    if let Some(Coverage { kind, .. }) = &request.coverage {
        list("Coverage", vec![kind.id()]);
    }
    if let Some(IncludedAssessment { outcome, total, flags, .. }) = &request.assessment {
        let (outcome, flags) = (text(outcome), text(&flags.join(", ")));
        let flags = if flags.is_empty() { flags } else { format!("; flags: {flags}") };
        lines.push(format!("Self-assessment: {outcome} (total {total}{flags})"));
    }
    if let Some(message) = &request.message {
        lines.push(String::new());
        lines.push(text(message));
    }
    lines.join("\n")
}

/// A `draft`, since nobody has looked at it. `None` if the patient was not sure.
fn coverage(request: &AppointmentRequest, coverage: &Coverage) -> Option<Value> {
    let Coverage { kind, carrier, member_number } = coverage;
    let mut resource = Map::new();
    let payor = match (kind, carrier) {
        (CoverageKind::NotSure, _) => return None,
        (CoverageKind::SelfPay, _) => {
            let coding = json!({ "coding": [{ "system": SELF_PAY, "code": "pay" }] });
            resource.insert("type".to_owned(), coding);
            to_patient(request)
        }
        (CoverageKind::Insurance, Some(carrier)) => {
            json!({ "type": "Organization", "display": text(carrier) })
        }
        (CoverageKind::Insurance, None) => {
            json!({ "extension": [{ "url": ABSENT, "valueCode": "unknown" }] })
        }
    };
    if let Some(number) = member_number {
        resource.insert("subscriberId".to_owned(), text(number).into());
    }
    for (name, value) in [
        ("resourceType", json!("Coverage")),
        ("identifier", json!([identifier(request)])),
        ("status", json!("draft")),
        ("beneficiary", to_patient(request)),
        ("payor", json!([payor])),
    ] {
        resource.insert(name.to_owned(), value);
    }
    Some(resource.into())
}

fn answers(
    request: &AppointmentRequest,
    assessment: &IncludedAssessment,
    questionnaire: Option<&str>,
    written_at: &str,
) -> Value {
    let reply = Reply {
        // Removed below where it is not known: the core always writes one.
        questionnaire: questionnaire.unwrap_or_default(),
        version: &assessment.version,
        authored: Some(written_at),
    };
    let mut response = response(&assessment.answers, &reply, None);
    if let Value::Object(members) = &mut response {
        if questionnaire.is_none() {
            members.remove("questionnaire");
        }
        members.insert("identifier".to_owned(), identifier(request));
        members.insert("subject".to_owned(), to_patient(request));
        members.insert("source".to_owned(), to_patient(request));
    }
    response
}
