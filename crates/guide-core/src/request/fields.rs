//! The fields of the form, and the rules that each has to meet.

use serde::{Deserialize, Serialize};

use super::choices::{ContactBy, fixed_choices};
use super::phone::Phone;

/// Longest name, in characters.
pub const MAX_NAME: usize = 100;
/// Longest phone number as typed, in characters: eleven digits, an extension and any spacing a
/// person would use.
pub const MAX_PHONE: usize = 40;
/// Longest e-mail address, in characters (RFC 5321 §4.5.3.1.3, less the angle brackets).
pub const MAX_EMAIL: usize = 254;
/// Longest carrier name and member number, in characters.
pub const MAX_COVERAGE: usize = 100;
/// Longest message, in characters.
pub const MAX_MESSAGE: usize = 1_000;

fixed_choices! {
    /// A field of the form.
    Field {
        /// Full name.
        Name = "name",
        /// Phone number.
        Phone = "phone",
        /// E-mail address.
        Email = "email",
        /// The way in which to get in touch: a [`ContactBy`].
        ContactBy = "contact-by",
        /// Been here before: `yes` or `no`.
        Returning = "returning",
        /// A location's id.
        Location = "location",
        /// The earliest date, `YYYY-MM-DD`.
        Earliest = "earliest",
        /// Days of the week: any number of [`super::choices::Day`].
        Days = "days",
        /// Parts of the day: any number of [`super::choices::PartOfDay`].
        Times = "times",
        /// A [`super::choices::CoverageKind`].
        Coverage = "coverage",
        /// Name of the insurance.
        Carrier = "carrier",
        /// Member number of the insurance.
        MemberNumber = "member-number",
        /// A message to the clinic.
        Message = "message",
        /// Includes the finished self-assessment, if checked.
        IncludeAssessment = "include-assessment",
        /// The clinic may get in touch about this request.
        Consent = "consent",
    }
}

/// A field of the form that is not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvalidField {
    /// The field.
    pub field: Field,
    /// The reason.
    pub error: FieldError,
}

/// The reason why a field is not accepted. Mapped to words in `interface.toml`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldError {
    /// No name.
    NameMissing,
    /// A name without a letter.
    NameForm,
    /// Neither phone nor e-mail.
    NoWayToReach,
    /// Not a US phone number.
    PhoneForm,
    /// Not an e-mail address.
    EmailForm,
    /// No way of contact chosen.
    ContactByMissing,
    /// Call or text chosen, and no phone number given.
    PhoneNeeded,
    /// E-mail chosen, and no address given.
    EmailNeeded,
    /// No location chosen, or one that there is not.
    LocationMissing,
    /// Not a date.
    DateForm,
    /// A date before today.
    DatePast,
    /// A date more than a year ahead.
    DateTooFar,
    /// More characters than the field accepts.
    TooLong {
        /// The longest that is accepted.
        max: usize,
    },
    /// Not agreed that the clinic gets in touch.
    ConsentMissing,
}

impl FieldError {
    /// Its name in `interface.toml`.
    pub const fn id(self) -> &'static str {
        match self {
            Self::NameMissing => "name-missing",
            Self::NameForm => "name-form",
            Self::NoWayToReach => "no-way-to-reach",
            Self::PhoneForm => "phone-form",
            Self::EmailForm => "email-form",
            Self::ContactByMissing => "contact-by-missing",
            Self::PhoneNeeded => "phone-needed",
            Self::EmailNeeded => "email-needed",
            Self::LocationMissing => "location-missing",
            Self::DateForm => "date-form",
            Self::DatePast => "date-past",
            Self::DateTooFar => "date-too-far",
            Self::TooLong { .. } => "too-long",
            Self::ConsentMissing => "consent-missing",
        }
    }
}

pub(super) fn name_error(name: &str) -> Option<FieldError> {
    if name.is_empty() {
        Some(FieldError::NameMissing)
    } else if !name.chars().any(char::is_alphabetic) {
        Some(FieldError::NameForm)
    } else {
        length_error(Some(name), MAX_NAME)
    }
}

/// `accepts` decides which numbers are accepted.
pub(super) fn phone_error(phone: &str, accepts: fn(&Phone) -> bool) -> Option<FieldError> {
    if phone.is_empty() {
        None
    } else if Phone::read(phone).is_some_and(|it| accepts(&it)) {
        length_error(Some(phone), MAX_PHONE)
    } else {
        Some(FieldError::PhoneForm)
    }
}

/// `is_address` decides which texts are accepted.
pub(super) fn email_error(email: &str, is_address: fn(&str) -> bool) -> Option<FieldError> {
    if email.is_empty() {
        None
    } else if is_address(email) {
        length_error(Some(email), MAX_EMAIL)
    } else {
        Some(FieldError::EmailForm)
    }
}

pub(super) fn contact_error(by: ContactBy, has_phone: bool, has_email: bool) -> Option<FieldError> {
    match by {
        ContactBy::Call | ContactBy::Text => (!has_phone).then_some(FieldError::PhoneNeeded),
        ContactBy::Email => (!has_email).then_some(FieldError::EmailNeeded),
    }
}

pub(super) fn length_error(text: Option<&str>, max: usize) -> Option<FieldError> {
    (text.map_or(0, |text| text.chars().count()) > max).then_some(FieldError::TooLong { max })
}
