//! The form's entries, and the rules by which they are accepted.

pub use super::choices::{ContactBy, CoverageKind, Day, Need, PartOfDay};
pub use super::details::Details;
use super::details::{Coverage, Needs, Patient, Policyholder, Preferred};
use super::email::is_address;
pub use super::fields::{
    Field, FieldError, InvalidField, MAX_COVERAGE, MAX_EMAIL, MAX_LANGUAGE, MAX_MESSAGE, MAX_NAME,
    MAX_NEEDS, MAX_PHONE,
};
use super::fields::{
    birth_error, contact_error, email_error, length_error, name_error, phone_error,
};
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
    /// Fields are shown without the choice that asks for them, too; so an entry there is no leftover that
    /// the patient does not see, but a mistake.
    pub all_fields_shown: bool,
}

/// The entries of the form: name and value of each control, as a browser lists them.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Draft(Vec<(String, String)>);

redacted!(Draft);

impl Draft {
    /// A draft from the entries of a form. Numbers and addresses, which are often pasted, lose the
    /// characters that nobody sees; each line break becomes a single `\n`.
    pub fn new(mut entries: Vec<(String, String)>) -> Self {
        for (name, value) in &mut entries {
            value.retain(|it| it != '\r');
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

    /// The values of a field that can have several; none of a field that is not [asked](Self::asks).
    pub fn values(&self, field: Field) -> impl Iterator<Item = &str> {
        let asked = self.asks(field);
        self.entries(field).filter(move |_| asked)
    }

    /// The entries of a field, asked or not.
    fn entries(&self, field: Field) -> impl Iterator<Item = &str> {
        let own = move |(name, _): &&(String, String)| name == field.id();
        self.0.iter().filter(own).map(|(_, value)| value.trim())
    }

    /// Returns `true` if the [reason](Field::reason) to ask for a field is chosen. Another entry of the
    /// form is not sent: the patient does not see it, or is told (see [`Rules::all_fields_shown`]).
    pub fn asks(&self, field: Field) -> bool {
        self.missing_choice(field).is_none()
    }

    /// The first choice that would have to be made for this field to be asked: a field and its value.
    fn missing_choice(&self, field: Field) -> Option<(Field, &'static str)> {
        let (other, values) = field.reason()?;
        let is_made = || self.entries(other).any(|it| values.contains(&it));
        let value = values.first()?;
        self.missing_choice(other).or_else(|| (!is_made()).then_some((other, *value)))
    }

    /// Returns `true` if this value of a field is chosen.
    pub fn has(&self, field: Field, value: &str) -> bool {
        self.values(field).any(|chosen| chosen == value)
    }

    /// Characters in the message, a line break counted as one.
    pub fn message_length(&self) -> usize {
        self.text(Field::Message).chars().count()
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
        let date_of_birth = self.date_of_birth(rules, &mut errors);
        let needs = self.needs(&mut errors);
        let message = self.limited(Field::Message, MAX_MESSAGE, &mut errors);
        let consent = !self.text(Field::Consent).is_empty();
        errors.note(Field::Consent, (!consent).then_some(FieldError::ConsentMissing));
        if rules.all_fields_shown {
            errors.merge(|field| self.choice_error(field));
        }
        match (patient, preferred) {
            (Some(patient), Some(preferred)) if errors.0.is_empty() => {
                let patient = Patient { date_of_birth, needs, ..patient };
                Ok(Details { patient, preferred, coverage, message })
            }
            _ => Err(errors.0),
        }
    }

    /// The error of an entry without the choice that asks for it. Where another choice was made, an
    /// option that cannot be unchosen is no mistake.
    fn choice_error(&self, field: Field) -> Option<FieldError> {
        let (choice, value) = self.missing_choice(field)?;
        let is_filled = |field| self.entries(field).any(|it| !it.is_empty());
        let kept = field == Field::Policyholder && is_filled(choice);
        (is_filled(field) && !kept).then_some(match choice {
            Field::ForAnother => FieldError::ForAnotherNeeded,
            field => FieldError::ChoiceNeeded { field, value },
        })
    }

    fn patient(&self, errors: &mut Errors) -> Option<Patient> {
        let [name, phone, email] =
            [Field::Name, Field::Phone, Field::Email].map(|it| self.text(it));
        let unreachable = phone.is_empty() && email.is_empty();
        let for_another = !self.text(Field::ForAnother).is_empty();
        let filled_in_by = for_another.then(|| self.text(Field::FilledInBy));
        errors.note(
            Field::FilledInBy,
            filled_in_by.and_then(|it| name_error(it, FieldError::FilledInByMissing)),
        );
        errors.note(Field::Name, name_error(name, FieldError::NameMissing));
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
            filled_in_by: filled_in_by.map(str::to_owned),
            phone: optional(phone),
            email: optional(email),
            contact_by: contact_by?,
            message_ok: !self.text(Field::MessageOk).is_empty(),
            date_of_birth: None,
            returning: match self.text(Field::Returning) {
                "yes" => Some(true),
                "no" => Some(false),
                _ => None,
            },
            needs: None,
        })
    }

    fn preferred(&self, rules: &Rules, errors: &mut Errors) -> Option<Preferred> {
        let chosen = self.text(Field::Location);
        let location = match rules.locations.as_slice() {
            [only] => Some(only),
            several => several.iter().find(|id| *id == chosen),
        };
        errors.note(Field::Location, location.is_none().then_some(FieldError::LocationMissing));
        let earliest = self.date(Field::Earliest, errors);
        errors.note(
            Field::Earliest,
            match earliest {
                Some(date) if date < rules.today => Some(FieldError::DatePast),
                Some(date) if date > rules.today.next_year() => Some(FieldError::DateTooFar),
                _ => None,
            },
        );
        let parts = |field| self.values(field).filter_map(PartOfDay::from_id).collect();
        Some(Preferred {
            location: location?.clone(),
            earliest,
            days: self.values(Field::Days).filter_map(Day::from_id).collect(),
            times: parts(Field::Times),
            call_times: parts(Field::CallTimes),
        })
    }

    /// The date of a field; `None` if it is empty, or not a date, which is noted.
    fn date(&self, field: Field, errors: &mut Errors) -> Option<CalendarDate> {
        let typed = self.text(field);
        let date = typed.parse().ok();
        let wrong = date.is_none() && !typed.is_empty();
        let error = match field {
            Field::DateOfBirth => FieldError::BirthForm,
            _ => FieldError::DateForm,
        };
        errors.note(field, wrong.then_some(error));
        date
    }

    fn coverage(&self, errors: &mut Errors) -> Option<Coverage> {
        let kind = CoverageKind::from_id(self.text(Field::Coverage))?;
        let carrier = self.limited(Field::Carrier, MAX_COVERAGE, errors);
        let member_number = self.limited(Field::MemberNumber, MAX_COVERAGE, errors);
        let policyholder = match self.text(Field::Policyholder) {
            "self" => Some(Policyholder::Patient),
            "other" => {
                let name = self.text(Field::PolicyholderName);
                let error = name_error(name, FieldError::PolicyholderMissing);
                errors.note(Field::PolicyholderName, error);
                Some(Policyholder::Other(name.to_owned()))
            }
            _ => None,
        };
        Some(Coverage { kind, carrier, member_number, policyholder })
    }

    fn date_of_birth(&self, rules: &Rules, errors: &mut Errors) -> Option<CalendarDate> {
        let born = self.date(Field::DateOfBirth, errors)?;
        errors.note(Field::DateOfBirth, birth_error(born, Some(rules.today)));
        Some(born)
    }

    fn needs(&self, errors: &mut Errors) -> Option<Needs> {
        let kinds: Vec<Need> = self.values(Field::Needs).filter_map(Need::from_id).collect();
        let language = self.limited(Field::NeedsLanguage, MAX_LANGUAGE, errors);
        let words = self.limited(Field::NeedsWords, MAX_NEEDS, errors);
        (!kinds.is_empty() || words.is_some()).then_some(Needs { kinds, language, words })
    }

    /// The text of an optional field, of at most so many characters.
    fn limited(&self, field: Field, max: usize, errors: &mut Errors) -> Option<String> {
        let text = optional(self.text(field));
        errors.note(field, length_error(text.as_deref(), max));
        text
    }
}

/// The errors found so far.
#[derive(Default)]
struct Errors(Vec<InvalidField>);

impl Errors {
    fn note(&mut self, field: Field, error: Option<FieldError>) {
        self.0.extend(error.map(|error| InvalidField { field, error }));
    }

    /// Adds the errors of fields that have none, in the order of the form.
    fn merge(&mut self, find: impl Fn(Field) -> Option<FieldError>) {
        let found = std::mem::take(&mut self.0);
        for field in Field::ALL.iter().copied() {
            let known = found.iter().find(|it| it.field == field).map(|it| it.error);
            self.note(field, known.or_else(|| find(field)));
        }
    }
}

fn optional(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}
