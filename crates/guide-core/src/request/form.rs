//! What is typed into the form, and when it is acceptable.

use serde::{Deserialize, Serialize};

pub use super::date::CalendarDate;
use super::email::is_address;
use super::payload::{Coverage, Patient, Preferred};
use super::phone::Phone;
use crate::unreadable::unreadable;

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

macro_rules! fixed_choices {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $id:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum $name {
            $($(#[$variant_doc])* #[serde(rename = $id)] $variant,)+
        }

        impl $name {
            /// All of them, in the order in which they are offered.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// Its name in forms, payloads and content files.
            pub const fn id(self) -> &'static str {
                match self { $(Self::$variant => $id),+ }
            }

            /// The one of this name.
            pub fn from_id(id: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|it| it.id() == id)
            }
        }
    };
}

fixed_choices! {
    /// A field of the form.
    Field {
        /// Full name.
        Name = "name",
        /// Phone number.
        Phone = "phone",
        /// E-mail address.
        Email = "email",
        /// How to get in touch: a [`ContactBy`].
        ContactBy = "contact-by",
        /// Been here before: `yes` or `no`.
        Returning = "returning",
        /// A location's id.
        Location = "location",
        /// The earliest date, `YYYY-MM-DD`.
        Earliest = "earliest",
        /// Days of the week: any number of [`Day`].
        Days = "days",
        /// Parts of the day: any number of [`PartOfDay`].
        Times = "times",
        /// A [`CoverageKind`].
        Coverage = "coverage",
        /// Name of the insurance.
        Carrier = "carrier",
        /// Member number of the insurance.
        MemberNumber = "member-number",
        /// What the clinic should know.
        Message = "message",
        /// Whether to include the finished self-assessment.
        IncludeAssessment = "include-assessment",
        /// The clinic may get in touch about this request.
        Consent = "consent",
    }
}

fixed_choices! {
    /// How the clinic should get in touch.
    ContactBy {
        /// By a phone call.
        Call = "call",
        /// By a text message.
        Text = "text",
        /// By e-mail.
        Email = "email",
    }
}

fixed_choices! {
    /// A day of the week.
    Day {
        /// Monday.
        Monday = "mon",
        /// Tuesday.
        Tuesday = "tue",
        /// Wednesday.
        Wednesday = "wed",
        /// Thursday.
        Thursday = "thu",
        /// Friday.
        Friday = "fri",
        /// Saturday.
        Saturday = "sat",
        /// Sunday.
        Sunday = "sun",
    }
}

fixed_choices! {
    /// A part of the day.
    PartOfDay {
        /// Before noon.
        Morning = "morning",
        /// From noon.
        Afternoon = "afternoon",
        /// After office hours.
        Evening = "evening",
    }
}

fixed_choices! {
    /// How the visit would be paid for.
    CoverageKind {
        /// By an insurance.
        Insurance = "insurance",
        /// By the patient.
        SelfPay = "self-pay",
        /// Not known yet.
        NotSure = "not-sure",
    }
}

/// Why a field cannot be taken. Mapped to words in `interface.toml`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mistake {
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
    /// More characters than the field takes.
    TooLong {
        /// How many it takes.
        max: usize,
    },
    /// Not agreed that the clinic gets in touch.
    ConsentMissing,
}

impl Mistake {
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

/// What [`Draft::validate`] has to know of the clinic and the day.
#[derive(Clone, Debug)]
pub struct Rules {
    /// Ids of the clinic's locations; a single one need not be chosen.
    pub locations: Vec<String>,
    /// Today, in the clinic's time zone.
    pub today: CalendarDate,
}

/// What the form's controls hold: name and value of each, as a browser lists them.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Draft(Vec<(String, String)>);

/// An acceptable draft, typed.
#[derive(Clone, PartialEq, Eq)]
pub struct Details {
    /// Who asks, and how to reach them.
    pub patient: Patient,
    /// Where and when.
    pub preferred: Preferred,
    /// How it would be paid for.
    pub coverage: Option<Coverage>,
    /// What the clinic should know.
    pub message: Option<String>,
}

unreadable!(Draft, Details);

impl Draft {
    /// A draft from the entries of a form.
    pub fn new(entries: Vec<(String, String)>) -> Self {
        Self(entries)
    }

    /// What one field holds, trimmed; empty where it holds nothing.
    pub fn text(&self, field: Field) -> &str {
        self.values(field).next().unwrap_or("")
    }

    /// What a field of several values holds.
    pub fn values(&self, field: Field) -> impl Iterator<Item = &str> {
        self.0.iter().filter(move |(name, _)| name == field.id()).map(|(_, value)| value.trim())
    }

    /// Whether this value of a field is chosen.
    pub fn has(&self, field: Field, value: &str) -> bool {
        self.values(field).any(|chosen| chosen == value)
    }

    /// Characters in the message, a line break counted as one.
    pub fn message_length(&self) -> usize {
        self.message().chars().count()
    }

    /// The message, with line breaks as they are on every machine.
    fn message(&self) -> String {
        self.text(Field::Message).replace("\r\n", "\n")
    }

    /// The draft as typed values.
    ///
    /// # Errors
    /// Every field that cannot be taken, once, in the order of the form.
    pub fn validate(&self, rules: &Rules) -> Result<Details, Vec<(Field, Mistake)>> {
        let mut mistakes = Vec::new();
        let mut note = |field, mistake: Option<Mistake>| {
            mistakes.extend(mistake.map(|mistake| (field, mistake)));
        };
        let [name, phone, email] =
            [Field::Name, Field::Phone, Field::Email].map(|it| self.text(it));
        note(Field::Name, name_mistake(name));
        if phone.is_empty() && email.is_empty() {
            note(Field::Phone, Some(Mistake::NoWayToReach));
        }
        note(Field::Phone, phone_mistake(phone));
        note(Field::Email, email_mistake(email, is_address));

        let contact_by = ContactBy::from_id(self.text(Field::ContactBy));
        note(
            Field::ContactBy,
            match contact_by {
                None => Some(Mistake::ContactByMissing),
                // Said at the phone field already.
                Some(_) if phone.is_empty() && email.is_empty() => None,
                Some(by) => contact_mistake(by, !phone.is_empty(), !email.is_empty()),
            },
        );

        let chosen = self.text(Field::Location);
        let location = match rules.locations.as_slice() {
            [only] => Some(only),
            several => several.iter().find(|id| *id == chosen),
        };
        note(Field::Location, location.is_none().then_some(Mistake::LocationMissing));

        let typed_date = self.text(Field::Earliest);
        let earliest = typed_date.parse::<CalendarDate>().ok();
        note(
            Field::Earliest,
            match earliest {
                None if typed_date.is_empty() => None,
                None => Some(Mistake::DateForm),
                Some(date) if date < rules.today => Some(Mistake::DatePast),
                Some(date) if date > rules.today.next_year() => Some(Mistake::DateTooFar),
                Some(_) => None,
            },
        );

        let kind = CoverageKind::from_id(self.text(Field::Coverage));
        let insured = kind == Some(CoverageKind::Insurance);
        let insurance = |field| if insured { optional(self.text(field)) } else { None };
        let (carrier, member_number) = (insurance(Field::Carrier), insurance(Field::MemberNumber));
        note(Field::Carrier, length_mistake(carrier.as_deref(), MAX_COVERAGE));
        note(Field::MemberNumber, length_mistake(member_number.as_deref(), MAX_COVERAGE));

        let message = optional(&self.message());
        note(Field::Message, length_mistake(message.as_deref(), MAX_MESSAGE));
        let consent = !self.text(Field::Consent).is_empty();
        note(Field::Consent, (!consent).then_some(Mistake::ConsentMissing));

        match (contact_by, location) {
            (Some(contact_by), Some(location)) if mistakes.is_empty() => Ok(Details {
                patient: Patient {
                    name: name.to_owned(),
                    phone: optional(phone),
                    email: optional(email),
                    contact_by,
                    returning: match self.text(Field::Returning) {
                        "yes" => Some(true),
                        "no" => Some(false),
                        _ => None,
                    },
                },
                preferred: Preferred {
                    location: location.clone(),
                    earliest,
                    days: self.values(Field::Days).filter_map(Day::from_id).collect(),
                    times: self.values(Field::Times).filter_map(PartOfDay::from_id).collect(),
                },
                coverage: kind.map(|kind| Coverage { kind, carrier, member_number }),
                message,
            }),
            _ => Err(mistakes),
        }
    }
}

pub(super) fn name_mistake(name: &str) -> Option<Mistake> {
    if name.is_empty() {
        Some(Mistake::NameMissing)
    } else if !name.chars().any(char::is_alphabetic) {
        Some(Mistake::NameForm)
    } else {
        length_mistake(Some(name), MAX_NAME)
    }
}

pub(super) fn phone_mistake(phone: &str) -> Option<Mistake> {
    if phone.is_empty() {
        None
    } else if Phone::read(phone).is_some() {
        length_mistake(Some(phone), MAX_PHONE)
    } else {
        Some(Mistake::PhoneForm)
    }
}

/// `is_address` says which texts are taken.
pub(super) fn email_mistake(email: &str, is_address: fn(&str) -> bool) -> Option<Mistake> {
    if email.is_empty() {
        None
    } else if is_address(email) {
        length_mistake(Some(email), MAX_EMAIL)
    } else {
        Some(Mistake::EmailForm)
    }
}

pub(super) fn contact_mistake(by: ContactBy, has_phone: bool, has_email: bool) -> Option<Mistake> {
    match by {
        ContactBy::Call | ContactBy::Text => (!has_phone).then_some(Mistake::PhoneNeeded),
        ContactBy::Email => (!has_email).then_some(Mistake::EmailNeeded),
    }
}

pub(super) fn length_mistake(text: Option<&str>, max: usize) -> Option<Mistake> {
    (text.map_or(0, |text| text.chars().count()) > max).then_some(Mistake::TooLong { max })
}

fn optional(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}
