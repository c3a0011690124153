//! Reads an opened payload of any schema, and holds it to the rules of the form.

use serde::Deserialize;
use serde::de::DeserializeOwned;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use super::current::{AppointmentRequest, SCHEMA, SCHEMA_WITH_MATTERS};
use super::v1;
use crate::request::details::{Coverage, Needs, Policyholder};
use crate::request::email::has_form;
use crate::request::fields::{
    Field, FieldError, MAX_COVERAGE, MAX_LANGUAGE, MAX_MESSAGE, MAX_NEEDS, birth_error,
    contact_error, email_error, length_error, name_error, phone_error,
};

/// Why opened bytes are not a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PayloadError {
    /// Not JSON with the members of its schema; with category and position.
    Shape(String),
    /// Another schema.
    Schema(String),
    /// `created_at` is not RFC 3339.
    CreatedAt,
    /// A field that the form would not have accepted.
    Field(Field, FieldError),
}

/// The member that tells which others there are.
#[derive(Deserialize)]
struct Versioned {
    schema: String,
}

impl AppointmentRequest {
    /// Reads the opened bytes. The rules of the form hold here too, but for those that depend on the
    /// day it was sent. A request of an earlier schema becomes one of the current type.
    ///
    /// # Errors
    /// The first [`PayloadError`] found.
    pub fn from_json(bytes: &[u8]) -> Result<Self, PayloadError> {
        let Versioned { schema } = parse(bytes)?;
        let request: Self = match schema.as_str() {
            SCHEMA | SCHEMA_WITH_MATTERS => parse(bytes)?,
            v1::SCHEMA => parse::<v1::AppointmentRequest>(bytes)?.into(),
            _ => return Err(PayloadError::Schema(schema)),
        };
        request.check()?;
        Ok(request)
    }

    fn check(&self) -> Result<(), PayloadError> {
        if OffsetDateTime::parse(&self.created_at, &Rfc3339).is_err() {
            return Err(PayloadError::CreatedAt);
        }
        let patient = &self.patient;
        let (phone, email) =
            (patient.phone.as_deref().unwrap_or(""), patient.email.as_deref().unwrap_or(""));
        let filled_in_by = patient.filled_in_by.as_deref();
        let neither = phone.is_empty() && email.is_empty();
        let contact = contact_error(patient.contact_by, !phone.is_empty(), !email.is_empty());
        let no_location = self.preferred.location.is_empty();
        let found = [
            (
                Field::FilledInBy,
                filled_in_by.and_then(|it| name_error(it, FieldError::FilledInByMissing)),
            ),
            (Field::Name, name_error(&patient.name, FieldError::NameMissing)),
            (Field::Phone, neither.then_some(FieldError::NoWayToReach)),
            // Earlier forms accepted more, and their requests have to open.
            (Field::Phone, phone_error(phone, |_| true)),
            (Field::Email, email_error(email, has_form)),
            (Field::ContactBy, contact),
            (Field::Location, no_location.then_some(FieldError::LocationMissing)),
            (Field::Message, length_error(self.message.as_deref(), MAX_MESSAGE)),
            (Field::DateOfBirth, patient.date_of_birth.and_then(|it| birth_error(it, None))),
        ];
        let of_coverage = self.coverage.iter().flat_map(coverage_errors);
        let of_needs = patient.needs.iter().flat_map(needs_errors);
        let mut found = found.into_iter().chain(of_coverage).chain(of_needs);
        match found.find_map(|(field, error)| Some((field, error?))) {
            Some((field, error)) => Err(PayloadError::Field(field, error)),
            None => Ok(()),
        }
    }
}

fn coverage_errors(coverage: &Coverage) -> [(Field, Option<FieldError>); 3] {
    let Coverage { kind: _, carrier, member_number, policyholder } = coverage;
    let policyholder = match policyholder {
        Some(Policyholder::Other(name)) => name_error(name, FieldError::PolicyholderMissing),
        Some(Policyholder::Patient) | None => None,
    };
    [
        (Field::Carrier, length_error(carrier.as_deref(), MAX_COVERAGE)),
        (Field::MemberNumber, length_error(member_number.as_deref(), MAX_COVERAGE)),
        (Field::PolicyholderName, policyholder),
    ]
}

fn needs_errors(needs: &Needs) -> [(Field, Option<FieldError>); 2] {
    let Needs { kinds: _, language, words } = needs;
    [
        (Field::NeedsLanguage, length_error(language.as_deref(), MAX_LANGUAGE)),
        (Field::NeedsWords, length_error(words.as_deref(), MAX_NEEDS)),
    ]
}

fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, PayloadError> {
    serde_json::from_slice(bytes).map_err(|error| PayloadError::Shape(shape(&error)))
}

/// Category and position of an error of the JSON reader. Its own message may quote the value, which
/// must not reach a log.
fn shape(error: &serde_json::Error) -> String {
    format!("{:?} at line {}, column {}", error.classify(), error.line(), error.column())
}
