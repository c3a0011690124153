//! A request with something in every field.

use std::sync::LazyLock;

use guide_core::assessment::Answers;
use guide_core::request::form::{ContactBy, CoverageKind, Day, Details, Need, PartOfDay};
use guide_core::request::payload::{
    AppointmentRequest, Circumstances, Coverage, Included, IncludedAssessment, IncludedMatters,
    Needs, Patient, PayloadError, Policyholder, Preferred,
};
use serde_json::Value;
use uuid::Uuid;

use super::common;

pub fn details(message: Option<String>) -> Details {
    Details {
        patient: Patient {
            name: "Ana Ruiz".to_owned(),
            filled_in_by: Some("Eva Ruiz".to_owned()),
            phone: Some("972 555 0123".to_owned()),
            email: Some("ana@example.org".to_owned()),
            contact_by: ContactBy::Text,
            message_ok: true,
            date_of_birth: Some("1984-02-29".parse().expect("a date")),
            returning: Some(true),
            needs: Some(Needs {
                kinds: vec![Need::Interpreter, Need::DimRoom],
                language: Some("Spanish".to_owned()),
                words: Some("No strong smells.".to_owned()),
            }),
        },
        preferred: Preferred {
            location: "allen".to_owned(),
            earliest: Some("2026-12-01".parse().expect("a date")),
            days: vec![Day::Monday, Day::Friday],
            times: vec![PartOfDay::Afternoon],
            call_times: vec![PartOfDay::Morning],
        },
        coverage: Some(Coverage {
            kind: CoverageKind::Insurance,
            carrier: Some("Blue Example".to_owned()),
            member_number: Some("X1".to_owned()),
            policyholder: Some(Policyholder::Other("Juan Ruiz".to_owned())),
        }),
        message,
    }
}

static INCLUDED: LazyLock<IncludedAssessment> = LazyLock::new(largest);

pub fn included() -> IncludedAssessment {
    INCLUDED.clone()
}

/// A finished self-assessment with as much in it as there can be.
pub fn largest() -> IncludedAssessment {
    let vectors: Value =
        serde_json::from_str(include_str!("../vectors/assessment-vectors.json")).expect("vectors");
    let assessment = common::assessment();
    let scored = vectors["vectors"].as_array().expect("a list").iter().filter_map(|vector| {
        let answers: Answers = serde_json::from_value(vector["answers"].clone()).expect("answers");
        IncludedAssessment::new(&assessment, &answers, &assessment.judge(&answers))
    });
    scored.max_by_key(|it| serde_json::to_string(it).map_or(0, |json| json.len())).expect("one")
}

pub fn request(
    message: Option<String>,
    assessment: Option<IncludedAssessment>,
) -> AppointmentRequest {
    let circumstances = Circumstances {
        request_id: Uuid::from_u128(0x7f1f_5a1c_0b7e_4c43_9a53_2f0f_8a1d_9b11),
        created_at: "2026-11-23T09:30:00-06:00".to_owned(),
        language: "en".to_owned(),
        consent_version: "2026.11".to_owned(),
    };
    let included = Included { assessment, matters: None };
    AppointmentRequest::new(details(message), included, circumstances)
}

/// A request that says what matters to the patient.
pub fn with_matters() -> AppointmentRequest {
    let sent = request(None, None);
    let matters = IncludedMatters::read("2026.12 cost much driving some");
    let circumstances = Circumstances {
        request_id: sent.request_id,
        created_at: sent.created_at,
        language: sent.language,
        consent_version: sent.consent.text_version,
    };
    AppointmentRequest::new(details(None), Included { assessment: None, matters }, circumstances)
}

pub fn padded(request: AppointmentRequest) -> Vec<u8> {
    request.to_padded_json().expect("JSON")
}

pub fn unpadded_length(request: &AppointmentRequest) -> usize {
    serde_json::to_vec(request).expect("JSON").len()
}

/// Opens a request with one place, by its JSON pointer, holding something else.
#[track_caller]
pub fn opened(pointer: &str, value: Value) -> Result<AppointmentRequest, PayloadError> {
    let mut json = serde_json::to_value(request(None, None)).expect("JSON");
    *json.pointer_mut(pointer).expect("a place in the request") = value;
    AppointmentRequest::from_json(json.to_string().as_bytes())
}
