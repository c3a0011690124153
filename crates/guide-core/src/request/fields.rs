//! The fields of the form, and the rules that each has to meet.

use serde::{Deserialize, Serialize};

use super::choices::{ContactBy, fixed_choices};
use super::phone::Phone;
use crate::date::CalendarDate;

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
/// Longest name of a language, in characters: room for two or three of them.
pub const MAX_LANGUAGE: usize = 100;
/// Longest text on what else the visit needs, in characters: two or three sentences. More belongs into
/// the message.
pub const MAX_NEEDS: usize = 300;
/// The earliest year of birth. Nobody alive was born before: the last one, Emma Morano (29 November 1899),
/// died in 2017 (Gerontology Research Group).
pub const FIRST_BIRTH_YEAR: i32 = 1900;

fixed_choices! {
    /// A field of the form.
    Field {
        /// Somebody fills the form in for another person, if checked.
        ForAnother = "for-another",
        /// Name of that somebody.
        FilledInBy = "filled-in-by",
        /// Full name of the patient.
        Name = "name",
        /// Phone number.
        Phone = "phone",
        /// E-mail address.
        Email = "email",
        /// The way in which to get in touch: a [`ContactBy`].
        ContactBy = "contact-by",
        /// A voicemail or a text message may name the practice, if checked.
        MessageOk = "message-ok",
        /// Parts of the day for a call or a text message: any number of [`super::choices::PartOfDay`].
        CallTimes = "call-times",
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
        /// The person in whose name the insurance is: `self` or `other`.
        Policyholder = "policyholder",
        /// The name of that other person.
        PolicyholderName = "policyholder-name",
        /// Date of birth, `YYYY-MM-DD`.
        DateOfBirth = "date-of-birth",
        /// Everything that the visit needs: any number of [`super::choices::Need`].
        Needs = "needs",
        /// Language of the interpreter.
        NeedsLanguage = "needs-language",
        /// Anything else that the visit needs.
        NeedsWords = "needs-words",
        /// A message to the clinic.
        Message = "message",
        /// Includes the finished self-assessment, if checked.
        IncludeAssessment = "include-assessment",
        /// Includes what matters to the patient, if checked: its value is what
        /// [`IncludedMatters::read`](super::payload::IncludedMatters::read) reads.
        IncludeMatters = "include-matters",
        /// The clinic may get in touch about this request.
        Consent = "consent",
    }
}

impl Field {
    /// The choice without which this field is not asked: another field, and its values that ask for this
    /// one. `None` for a field that is always asked.
    pub const fn reason(self) -> Option<(Self, &'static [&'static str])> {
        Some(match self {
            Self::FilledInBy => (Self::ForAnother, &["yes"]),
            Self::MessageOk | Self::CallTimes => (Self::ContactBy, &["call", "text"]),
            Self::Carrier | Self::MemberNumber | Self::Policyholder | Self::DateOfBirth => {
                (Self::Coverage, &["insurance"])
            }
            Self::PolicyholderName => (Self::Policyholder, &["other"]),
            Self::NeedsLanguage => (Self::Needs, &["interpreter"]),
            _ => return None,
        })
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
    /// No name of the person who fills the form in for another.
    FilledInByMissing,
    /// A name of such a person, and not chosen that the form is filled in for another.
    ForAnotherNeeded,
    /// An entry without the choice that asks for it; see [`Field::reason`].
    ChoiceNeeded {
        /// The field to choose in.
        field: Field,
        /// The value that asks for the entry.
        value: &'static str,
    },
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
    /// A date of birth that is not a date.
    BirthForm,
    /// A date before today.
    DatePast,
    /// A date more than a year ahead.
    DateTooFar,
    /// A date of birth before [`FIRST_BIRTH_YEAR`] or after today.
    BirthRange,
    /// No name of the other person in whose name the insurance is.
    PolicyholderMissing,
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
            Self::FilledInByMissing => "filled-in-by-missing",
            Self::ForAnotherNeeded => "for-another-needed",
            Self::ChoiceNeeded { .. } => "choice-needed",
            Self::NoWayToReach => "no-way-to-reach",
            Self::PhoneForm => "phone-form",
            Self::EmailForm => "email-form",
            Self::ContactByMissing => "contact-by-missing",
            Self::PhoneNeeded => "phone-needed",
            Self::EmailNeeded => "email-needed",
            Self::LocationMissing => "location-missing",
            Self::DateForm => "date-form",
            Self::BirthForm => "birth-form",
            Self::DatePast => "date-past",
            Self::DateTooFar => "date-too-far",
            Self::BirthRange => "birth-range",
            Self::PolicyholderMissing => "policyholder-missing",
            Self::TooLong { .. } => "too-long",
            Self::ConsentMissing => "consent-missing",
        }
    }
}

/// `missing` is the error of an empty name.
pub(super) fn name_error(name: &str, missing: FieldError) -> Option<FieldError> {
    if name.is_empty() {
        Some(missing)
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

/// `today` is the last day of birth, where it is known.
pub(super) fn birth_error(born: CalendarDate, today: Option<CalendarDate>) -> Option<FieldError> {
    let in_range = born.year() >= FIRST_BIRTH_YEAR && today.is_none_or(|today| born <= today);
    (!in_range).then_some(FieldError::BirthRange)
}
