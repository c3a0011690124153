//! The schema `appointment-request/1`, of forms until November 2026, as it was: never changed, so that
//! the requests that a clinic keeps still open.

use serde::Deserialize;
use uuid::Uuid;

use super::current::{self, Consent};
use crate::assessment::Answers;
use crate::by_id::ById;
use crate::date::CalendarDate;
use crate::request::choices::{ContactBy, CoverageKind, Day, PartOfDay};
use crate::request::details;

/// The name of this schema.
pub const SCHEMA: &str = "appointment-request/1";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AppointmentRequest {
    schema: String,
    request_id: Uuid,
    created_at: String,
    language: String,
    patient: Patient,
    preferred: Preferred,
    coverage: Option<Coverage>,
    message: Option<String>,
    assessment: Option<IncludedAssessment>,
    consent: Consent,
    pad: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Patient {
    name: String,
    phone: Option<String>,
    email: Option<String>,
    contact_by: ContactBy,
    returning: Option<bool>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Preferred {
    location: String,
    earliest: Option<CalendarDate>,
    days: Vec<Day>,
    times: Vec<PartOfDay>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Coverage {
    kind: CoverageKind,
    carrier: Option<String>,
    member_number: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct IncludedAssessment {
    version: String,
    answers: Answers,
    criteria: ById<u32>,
    total: u32,
    flags: Vec<String>,
    outcome: String,
}

impl From<AppointmentRequest> for current::AppointmentRequest {
    fn from(old: AppointmentRequest) -> Self {
        Self {
            schema: old.schema,
            request_id: old.request_id,
            created_at: old.created_at,
            language: old.language,
            patient: old.patient.into(),
            preferred: old.preferred.into(),
            coverage: old.coverage.map(Into::into),
            message: old.message,
            assessment: old.assessment.map(Into::into),
            matters: None,
            consent: old.consent,
            pad: old.pad,
        }
    }
}

impl From<Patient> for details::Patient {
    fn from(Patient { name, phone, email, contact_by, returning }: Patient) -> Self {
        Self {
            name,
            filled_in_by: None,
            phone,
            email,
            contact_by,
            message_ok: false,
            date_of_birth: None,
            returning,
            needs: None,
        }
    }
}

impl From<Preferred> for details::Preferred {
    fn from(Preferred { location, earliest, days, times }: Preferred) -> Self {
        Self { location, earliest, days, times, call_times: Vec::new() }
    }
}

impl From<Coverage> for details::Coverage {
    fn from(Coverage { kind, carrier, member_number }: Coverage) -> Self {
        Self { kind, carrier, member_number, policyholder: None }
    }
}

/// No early result could be included then, and no outcome named its reasons.
impl From<IncludedAssessment> for current::IncludedAssessment {
    fn from(old: IncludedAssessment) -> Self {
        let IncludedAssessment { version, answers, criteria, total, flags, outcome } = old;
        let (complete, total, because) = (true, Some(total), Vec::new());
        Self { version, complete, answers, criteria, total, flags, outcome, because }
    }
}
