//! The form's entries, and the rules by which they are accepted.

pub use super::choices::{ContactBy, CoverageKind, Day, PartOfDay};
pub use super::details::Details;
use super::details::{Coverage, Patient, Preferred};
use super::email::is_address;
pub use super::fields::{
    Field, FieldError, InvalidField, MAX_COVERAGE, MAX_EMAIL, MAX_MESSAGE, MAX_NAME, MAX_PHONE,
};
use super::fields::{contact_error, email_error, length_error, name_error, phone_error};
use super::phone::Phone;
pub use crate::date::CalendarDate;
use crate::redacted::redacted;
use crate::typed::plain;

/// The facts about clinic and day that [`Draft::validate`] depends on.
#[derive(Clone, Debug)]
pub struct Rules {
    /// Ids of the clinic's locations; a single one need not be chosen.
    pub locations: Vec<String>,
    /// Today, in the clinic's time zone.
    pub today: CalendarDate,
}

/// The entries of the form: name and value of each control, as a browser lists them.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Draft(Vec<(String, String)>);

redacted!(Draft);

impl Draft {
    /// A draft from the entries of a form. Numbers and addresses, which are often pasted, lose the
    /// characters that nobody sees.
    pub fn new(mut entries: Vec<(String, String)>) -> Self {
        for (name, value) in &mut entries {
            if [Field::Phone, Field::Email, Field::MemberNumber].iter().any(|it| it.id() == name) {
                *value = plain(value);
            }
        }
        Self(entries)
    }

    /// The value of a field, trimmed; empty if it has none.
    pub fn text(&self, field: Field) -> &str {
        self.values(field).next().unwrap_or("")
    }

    /// The values of a field that can have several.
    pub fn values(&self, field: Field) -> impl Iterator<Item = &str> {
        self.0.iter().filter(move |(name, _)| name == field.id()).map(|(_, value)| value.trim())
    }

    /// Returns `true` if this value of a field is chosen.
    pub fn has(&self, field: Field, value: &str) -> bool {
        self.values(field).any(|chosen| chosen == value)
    }

    /// Characters in the message, a line break counted as one.
    pub fn message_length(&self) -> usize {
        self.message().chars().count()
    }

    /// The message, with each line break as a single `\n`.
    fn message(&self) -> String {
        self.text(Field::Message).replace('\r', "")
    }

    /// The draft as typed values.
    ///
    /// # Errors
    /// Every field that is not accepted, once, in the order of the form.
    pub fn validate(&self, rules: &Rules) -> Result<Details, Vec<InvalidField>> {
        let mut errors = Errors::default();
        let patient = self.patient(&mut errors);
        let preferred = self.preferred(rules, &mut errors);
        let coverage = self.coverage(&mut errors);
        let message = optional(&self.message());
        errors.note(Field::Message, length_error(message.as_deref(), MAX_MESSAGE));
        let consent = !self.text(Field::Consent).is_empty();
        errors.note(Field::Consent, (!consent).then_some(FieldError::ConsentMissing));
        match (patient, preferred) {
            (Some(patient), Some(preferred)) if errors.0.is_empty() => {
                Ok(Details { patient, preferred, coverage, message })
            }
            _ => Err(errors.0),
        }
    }

    fn patient(&self, errors: &mut Errors) -> Option<Patient> {
        let [name, phone, email] =
            [Field::Name, Field::Phone, Field::Email].map(|it| self.text(it));
        let unreachable = phone.is_empty() && email.is_empty();
        errors.note(Field::Name, name_error(name));
        errors.note(Field::Phone, unreachable.then_some(FieldError::NoWayToReach));
        errors.note(Field::Phone, phone_error(phone, Phone::is_assignable));
        errors.note(Field::Email, email_error(email, is_address));
        let contact_by = ContactBy::from_id(self.text(Field::ContactBy));
        errors.note(
            Field::ContactBy,
            match contact_by {
                None => Some(FieldError::ContactByMissing),
                // The phone field says so already.
                Some(_) if unreachable => None,
                Some(by) => contact_error(by, !phone.is_empty(), !email.is_empty()),
            },
        );
        Some(Patient {
            name: name.to_owned(),
            phone: optional(phone),
            email: optional(email),
            contact_by: contact_by?,
            returning: match self.text(Field::Returning) {
                "yes" => Some(true),
                "no" => Some(false),
                _ => None,
            },
        })
    }

    fn preferred(&self, rules: &Rules, errors: &mut Errors) -> Option<Preferred> {
        let chosen = self.text(Field::Location);
        let location = match rules.locations.as_slice() {
            [only] => Some(only),
            several => several.iter().find(|id| *id == chosen),
        };
        errors.note(Field::Location, location.is_none().then_some(FieldError::LocationMissing));
        let typed_date = self.text(Field::Earliest);
        let earliest = typed_date.parse::<CalendarDate>().ok();
        errors.note(
            Field::Earliest,
            match earliest {
                None if typed_date.is_empty() => None,
                None => Some(FieldError::DateForm),
                Some(date) if date < rules.today => Some(FieldError::DatePast),
                Some(date) if date > rules.today.next_year() => Some(FieldError::DateTooFar),
                Some(_) => None,
            },
        );
        Some(Preferred {
            location: location?.clone(),
            earliest,
            days: self.values(Field::Days).filter_map(Day::from_id).collect(),
            times: self.values(Field::Times).filter_map(PartOfDay::from_id).collect(),
        })
    }

    fn coverage(&self, errors: &mut Errors) -> Option<Coverage> {
        let kind = CoverageKind::from_id(self.text(Field::Coverage))?;
        let insured = kind == CoverageKind::Insurance;
        let insurance = |field| if insured { optional(self.text(field)) } else { None };
        let (carrier, member_number) = (insurance(Field::Carrier), insurance(Field::MemberNumber));
        errors.note(Field::Carrier, length_error(carrier.as_deref(), MAX_COVERAGE));
        errors.note(Field::MemberNumber, length_error(member_number.as_deref(), MAX_COVERAGE));
        Some(Coverage { kind, carrier, member_number })
    }
}

/// The errors found so far.
#[derive(Default)]
struct Errors(Vec<InvalidField>);

impl Errors {
    fn note(&mut self, field: Field, error: Option<FieldError>) {
        self.0.extend(error.map(|error| InvalidField { field, error }));
    }
}

fn optional(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}
