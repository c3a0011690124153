//! A request as FHIR R4 (4.0.1) resources: Patient, Appointment (`proposed`), RelatedPerson for whoever
//! filled it in for the patient and for another policyholder, Coverage where one was named,
//! QuestionnaireResponse where a self-assessment was included.
//!
//! Nothing is added to the request, and no code is made up: parts that R4 has no place for (days and
//! parts of the day, needs, the outcome of the self-assessment) are written out in
//! `Appointment.comment`.
//! The addresses are made from the request's id, so that the same request, exported again, has the
//! same ones.

use std::io;

use guide_core::assessment::fhir::{Reply, response};
use guide_core::request::form::{ContactBy, CoverageKind, Need, PartOfDay};
use guide_core::request::payload::{
    AppointmentRequest, Coverage, IncludedAssessment, Needs, Patient, Policyholder, Preferred,
};
use serde_json::{Map, Value, json};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;
use uuid::Uuid;

use super::opened::Opened;
use crate::readable::{shown_lines as text, weighed};

/// The system of identifiers that are URIs.
const URI: &str = "urn:ietf:rfc:3986";
/// HL7's code system for patients who pay themselves.
const SELF_PAY: &str = "http://terminology.hl7.org/CodeSystem/coverage-selfpay";
/// Extension with the reason why a required element is absent.
const ABSENT: &str = "http://hl7.org/fhir/StructureDefinition/data-absent-reason";

/// Extension: the patient needs an interpreter.
const INTERPRETER: &str = "http://hl7.org/fhir/StructureDefinition/patient-interpreterRequired";
/// The person who filled the request in for the patient, in [`address`].
const FILLED_IN_BY: &str = "RelatedPerson, filled in by";
/// The person in whose name the insurance is, in [`address`].
const POLICYHOLDER: &str = "RelatedPerson, policyholder";

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
    let related = |kind, name: &String| entry(kind, related_person(request, kind, name));
    let filled_in_by = request.patient.filled_in_by.as_ref();
    let policyholder = match request.coverage.as_ref().and_then(|it| it.policyholder.as_ref()) {
        Some(Policyholder::Other(name)) => Some(name),
        Some(Policyholder::Patient) | None => None,
    };
    let answers =
        request.assessment.as_ref().map(|it| answers(request, it, questionnaire, &written_at));
    Ok([
        Some(entry("Patient", patient(request))),
        Some(entry("Appointment", appointment(opened, &written_at))),
        filled_in_by.map(|name| related(FILLED_IN_BY, name)),
        policyholder.map(|name| related(POLICYHOLDER, name)),
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
    reference(request, "Patient")
}

fn reference(request: &AppointmentRequest, kind: &str) -> Value {
    json!({ "reference": address(request, kind) })
}

/// The request's own id, by which a receiver finds duplicates.
fn identifier(request: &AppointmentRequest) -> Value {
    json!({ "system": URI, "value": request.request_id.urn().to_string() })
}

fn patient(request: &AppointmentRequest) -> Value {
    let Patient { name, filled_in_by, date_of_birth, needs, .. } = &request.patient;
    let mut patient = json!({
        "resourceType": "Patient",
        "identifier": [identifier(request)],
        "name": [{ "text": text(name) }],
    });
    if filled_in_by.is_none() {
        patient["telecom"] = telecom(request);
    }
    if let Some(born) = date_of_birth {
        patient["birthDate"] = born.to_string().into();
    }
    if let Some(Needs { kinds, language, .. }) = needs
        && kinds.contains(&Need::Interpreter)
    {
        patient["extension"] = json!([{ "url": INTERPRETER, "valueBoolean": true }]);
        if let Some(language) = language {
            let language = json!({ "text": text(language) });
            patient["communication"] = json!([{ "language": language, "preferred": true }]);
        }
    }
    patient
}

/// Phone and e-mail, the chosen one first: the patient's, or of whoever filled the form in.
fn telecom(request: &AppointmentRequest) -> Value {
    let Patient { phone, email, contact_by, .. } = &request.patient;
    let (of_phone, of_email) = match contact_by {
        ContactBy::Call | ContactBy::Text => (1, 2),
        ContactBy::Email => (2, 1),
    };
    let point = |system: &str, value: &Option<String>, rank: u32| {
        let value = text(value.as_deref()?);
        Some(json!({ "system": system, "value": value, "rank": rank }))
    };
    [point("phone", phone, of_phone), point("email", email, of_email)]
        .into_iter()
        .flatten()
        .collect()
}

/// How they belong together was not asked. The identifier is their own, since a request can name two.
fn related_person(request: &AppointmentRequest, kind: &str, name: &str) -> Value {
    let mut person = json!({
        "resourceType": "RelatedPerson",
        "identifier": [{ "system": URI, "value": address(request, kind) }],
        "patient": to_patient(request),
        "name": [{ "text": text(name) }],
    });
    if kind == FILLED_IN_BY {
        person["telecom"] = telecom(request);
    }
    person
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
    let Preferred { days, times, call_times, .. } = &request.preferred;
    let Patient { contact_by, filled_in_by, message_ok, returning, needs, .. } = &request.patient;
    let mut lines = vec![format!("Contact by: {}", contact_by.id())];
    let mut line = |label: &str, value: &str| {
        if !value.is_empty() {
            lines.push(format!("{label}: {value}"));
        }
    };
    let yes_no = |yes: bool| if yes { "yes" } else { "no" };
    let parts = |parts: &[PartOfDay]| list(parts.iter().map(|part| part.id()));
    line("Filled in by", &filled_in_by.as_deref().map(text).unwrap_or_default());
    if *contact_by != ContactBy::Email {
        line("Messages may name the practice", yes_no(*message_ok));
    }
    line("Call times", &parts(call_times));
    line("Been here before", returning.map(yes_no).unwrap_or_default());
    line("Days", &list(days.iter().map(|day| day.id())));
    line("Times", &parts(times));
    if let Some(Coverage { kind, .. }) = &request.coverage {
        line("Coverage", kind.id());
    }
    if let Some(Needs { kinds, language, words }) = needs {
        line("Needs", &list(kinds.iter().map(|kind| kind.id())));
        line("Interpreter for", &language.as_deref().map(text).unwrap_or_default());
        line("Also needs", &words.as_deref().map(text).unwrap_or_default());
    }
    if let Some(assessment) = &request.assessment {
        line("Self-assessment", &assessment_line(assessment));
    }
    if let Some(matters) = &request.matters {
        let version = text(&matters.version);
        line("What matters", &format!("{} (list {version})", text(&weighed(matters))));
    }
    if let Some(message) = &request.message {
        lines.push(String::new());
        lines.push(text(message));
    }
    lines.join("\n")
}

/// The outcome, and everything beside the answers that is known.
fn assessment_line(assessment: &IncludedAssessment) -> String {
    let IncludedAssessment { outcome, complete, total, flags, because, .. } = assessment;
    let details: Vec<String> = [
        (!complete).then(|| "early result".to_owned()),
        total.map(|total| format!("total {total}")),
        (!because.is_empty()).then(|| format!("because: {}", text(&because.join(", ")))),
        (!flags.is_empty()).then(|| format!("flags: {}", text(&flags.join(", ")))),
    ]
    .into_iter()
    .flatten()
    .collect();
    let outcome = text(outcome);
    if details.is_empty() { outcome } else { format!("{outcome} ({})", details.join("; ")) }
}

fn list<'a>(ids: impl Iterator<Item = &'a str>) -> String {
    ids.collect::<Vec<_>>().join(", ")
}

/// A `draft`, since nobody has looked at it. `None` if the patient was not sure.
fn coverage(request: &AppointmentRequest, coverage: &Coverage) -> Option<Value> {
    let Coverage { kind, carrier, member_number, policyholder } = coverage;
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
    if let Some(policyholder) = policyholder {
        let holder = match policyholder {
            Policyholder::Patient => to_patient(request),
            Policyholder::Other(_) => reference(request, POLICYHOLDER),
        };
        // In the United States the subscriber, whose number it is, and the policyholder are one.
        resource.insert("policyHolder".to_owned(), holder.clone());
        resource.insert("subscriber".to_owned(), holder);
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
        complete: assessment.complete,
    };
    let mut response = response(&assessment.answers, &reply, None);
    if let Value::Object(members) = &mut response {
        if questionnaire.is_none() {
            members.remove("questionnaire");
        }
        members.insert("identifier".to_owned(), identifier(request));
        members.insert("subject".to_owned(), to_patient(request));
        // Whoever fills the form in answers the questions on the same page.
        let source = if request.patient.filled_in_by.is_some() { FILLED_IN_BY } else { "Patient" };
        members.insert("source".to_owned(), reference(request, source));
    }
    response
}
