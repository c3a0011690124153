//! The rules of the appointment request's form.

#![expect(clippy::expect_used, clippy::panic, reason = "a failed expectation fails the test")]

mod coverage;
mod reach;
mod when;
mod words;

use guide_core::request::form::Field::{
    CallTimes, Carrier, Consent, ContactBy, Coverage, DateOfBirth, Days, Earliest, Email,
    FilledInBy, ForAnother, Location, MemberNumber, Message, MessageOk, Name, Needs, NeedsLanguage,
    NeedsWords, Phone, PolicyholderName, Returning, Times,
};
use guide_core::request::form::{
    self, CalendarDate, CoverageKind, Day, Details, Draft, Field, FieldError, InvalidField, Need,
    PartOfDay, Rules,
};
use guide_core::request::payload::{self, Coverage as Payment, Patient, Policyholder, Preferred};

fn date(text: &str) -> CalendarDate {
    text.parse().expect("a date")
}

/// One location, on 23 November 2026.
fn rules() -> Rules {
    Rules {
        locations: vec!["allen".to_owned()],
        today: date("2026-11-23"),
        all_fields_shown: false,
    }
}

/// The least that can be sent, with these fields filled in another way; empty is left out.
fn draft(changes: &[(Field, &str)]) -> Draft {
    let least = [(Name, "Ana Ruiz"), (Phone, "972 555 0123"), (ContactBy, "call"), (Consent, "on")];
    let kept = least.iter().filter(|(field, _)| changes.iter().all(|(other, _)| other != field));
    let entries = kept.chain(changes).filter(|(_, value)| !value.is_empty());
    Draft::new(entries.map(|(field, value)| (field.id().to_owned(), (*value).to_owned())).collect())
}

#[track_caller]
fn taken(changes: &[(Field, &str)]) -> Details {
    draft(changes).validate(&rules()).unwrap_or_else(|errors| panic!("{errors:?}"))
}

fn errors(changes: &[(Field, &str)]) -> Vec<(Field, FieldError)> {
    let invalid = draft(changes).validate(&rules()).err().unwrap_or_default();
    invalid.into_iter().map(|InvalidField { field, error }| (field, error)).collect()
}

/// The error of one field with this value, if there is one; no other field can have one.
#[track_caller]
fn error(field: Field, value: &str) -> Option<FieldError> {
    let found = errors(&[(field, value)]);
    assert!(found.iter().all(|(at, _)| *at == field) && found.len() <= 1, "{value}: {found:?}");
    found.first().map(|(_, error)| *error)
}

#[test]
fn the_least_that_can_be_sent() {
    assert_eq!(
        taken(&[]),
        Details {
            patient: Patient {
                name: "Ana Ruiz".to_owned(),
                filled_in_by: None,
                phone: Some("972 555 0123".to_owned()),
                email: None,
                contact_by: form::ContactBy::Call,
                message_ok: false,
                date_of_birth: None,
                returning: None,
                needs: None,
            },
            preferred: Preferred {
                location: "allen".to_owned(),
                earliest: None,
                days: Vec::new(),
                times: Vec::new(),
                call_times: Vec::new(),
            },
            coverage: None,
            message: None,
        }
    );
}

#[test]
fn everything_filled_in() {
    let details = taken(&[
        (ForAnother, "yes"),
        (FilledInBy, " Eva Ruiz "),
        (Name, "  Ana Ruiz \t"),
        (Phone, " (972) 555-0123 "),
        (Email, " ana@example.org "),
        (ContactBy, "text"),
        (MessageOk, "yes"),
        (CallTimes, "afternoon"),
        (CallTimes, "evening"),
        (Returning, "no"),
        (Earliest, "2026-12-01"),
        (Days, "tue"),
        (Days, "fri"),
        (Times, "morning"),
        (Coverage, "insurance"),
        (Carrier, " Blue Example "),
        (MemberNumber, " X1 "),
        (Field::Policyholder, "other"),
        (PolicyholderName, " Juan Ruiz "),
        (DateOfBirth, "1984-02-29"),
        (Needs, "interpreter"),
        (Needs, "dim-room"),
        (NeedsLanguage, " Spanish "),
        (NeedsWords, " No strong smells. "),
        (Message, " Mornings are hard. \r\nThank you. "),
    ]);
    assert_eq!(
        details,
        Details {
            patient: Patient {
                name: "Ana Ruiz".to_owned(),
                filled_in_by: Some("Eva Ruiz".to_owned()),
                phone: Some("(972) 555-0123".to_owned()),
                email: Some("ana@example.org".to_owned()),
                contact_by: form::ContactBy::Text,
                message_ok: true,
                date_of_birth: Some(date("1984-02-29")),
                returning: Some(false),
                needs: Some(payload::Needs {
                    kinds: vec![Need::Interpreter, Need::DimRoom],
                    language: Some("Spanish".to_owned()),
                    words: Some("No strong smells.".to_owned()),
                }),
            },
            preferred: Preferred {
                location: "allen".to_owned(),
                earliest: Some(date("2026-12-01")),
                days: vec![Day::Tuesday, Day::Friday],
                times: vec![PartOfDay::Morning],
                call_times: vec![PartOfDay::Afternoon, PartOfDay::Evening],
            },
            coverage: Some(Payment {
                kind: CoverageKind::Insurance,
                carrier: Some("Blue Example".to_owned()),
                member_number: Some("X1".to_owned()),
                policyholder: Some(Policyholder::Other("Juan Ruiz".to_owned())),
            }),
            message: Some("Mornings are hard. \nThank you.".to_owned()),
        }
    );
}

#[test]
fn every_mistake_is_told_once_and_in_the_order_of_the_form() {
    let found = errors(&[
        (ForAnother, "yes"),
        (Name, ""),
        (Phone, "555"),
        (Email, "ana"),
        (ContactBy, ""),
        (Earliest, "tomorrow"),
        (Coverage, "insurance"),
        (Carrier, &"c".repeat(101)),
        (MemberNumber, &"m".repeat(101)),
        (Field::Policyholder, "other"),
        (DateOfBirth, "2026-11-24"),
        (Needs, "interpreter"),
        (NeedsLanguage, &"l".repeat(101)),
        (NeedsWords, &"w".repeat(301)),
        (Message, &"x".repeat(1_001)),
        (Consent, ""),
    ]);
    assert_eq!(
        found,
        [
            (FilledInBy, FieldError::FilledInByMissing),
            (Name, FieldError::NameMissing),
            (Phone, FieldError::PhoneForm),
            (Email, FieldError::EmailForm),
            (ContactBy, FieldError::ContactByMissing),
            (Earliest, FieldError::DateForm),
            (Carrier, FieldError::TooLong { max: 100 }),
            (MemberNumber, FieldError::TooLong { max: 100 }),
            (PolicyholderName, FieldError::PolicyholderMissing),
            (DateOfBirth, FieldError::BirthRange),
            (NeedsLanguage, FieldError::TooLong { max: 100 }),
            (NeedsWords, FieldError::TooLong { max: 300 }),
            (Message, FieldError::TooLong { max: 1_000 }),
            (Consent, FieldError::ConsentMissing),
        ]
    );
    let order: Vec<Field> = found.iter().map(|(field, _)| *field).collect();
    assert!(order.is_sorted(), "{order:?}");
}

#[test]
fn nothing_filled_in() {
    assert_eq!(
        errors(&[(Name, ""), (Phone, ""), (ContactBy, ""), (Consent, "")]),
        [
            (Name, FieldError::NameMissing),
            (Phone, FieldError::NoWayToReach),
            (ContactBy, FieldError::ContactByMissing),
            (Consent, FieldError::ConsentMissing),
        ]
    );
}

#[test]
fn a_draft_tells_what_it_holds() {
    let draft = draft(&[(Days, "mon"), (Days, " tue ")]);
    assert_eq!(draft.text(Name), "Ana Ruiz");
    assert_eq!(draft.text(Message), "");
    assert_eq!(draft.values(Days).collect::<Vec<_>>(), ["mon", "tue"]);
    assert!(draft.has(Days, "tue"));
    assert!(!draft.has(Days, "wed"));
    assert!(!draft.has(Times, "tue"));
}

#[test]
fn names_in_forms_and_payloads_are_the_same() {
    for field in Field::ALL {
        assert_eq!(Field::from_id(field.id()), Some(*field));
        let json = serde_json::to_value(field).expect("JSON");
        assert_eq!(json, field.id());
    }
    assert_eq!(Field::from_id("address"), None);
}

/// By this name `interface.toml` has the words for it.
#[test]
fn each_error_has_a_name_of_its_own() {
    let errors = [
        FieldError::NameMissing,
        FieldError::NameForm,
        FieldError::FilledInByMissing,
        FieldError::ForAnotherNeeded,
        FieldError::ChoiceNeeded { field: ContactBy, value: "call" },
        FieldError::NoWayToReach,
        FieldError::PhoneForm,
        FieldError::EmailForm,
        FieldError::ContactByMissing,
        FieldError::PhoneNeeded,
        FieldError::EmailNeeded,
        FieldError::LocationMissing,
        FieldError::DateForm,
        FieldError::BirthForm,
        FieldError::DatePast,
        FieldError::DateTooFar,
        FieldError::BirthRange,
        FieldError::PolicyholderMissing,
        FieldError::TooLong { max: 1 },
        FieldError::ConsentMissing,
    ];
    let written: String = errors.iter().map(|it| format!("{} ", it.id())).collect();
    assert_eq!(
        written,
        "name-missing name-form filled-in-by-missing for-another-needed choice-needed \
         no-way-to-reach phone-form email-form contact-by-missing phone-needed email-needed \
         location-missing date-form birth-form date-past date-too-far birth-range policyholder-missing too-long consent-missing "
    );
}

/// The reason comes first in the form, so that nothing appears above what was just chosen.
#[test]
fn a_field_comes_after_the_reason_to_ask_for_it() {
    for field in Field::ALL {
        let Some((reason, values)) = field.reason() else { continue };
        assert!(reason < *field, "{field:?}");
        assert!(!values.is_empty(), "{field:?}");
    }
}

/// Entries of fields that the patient does not see are neither checked nor sent.
#[test]
fn what_is_not_asked_is_not_sent() {
    let with_secret = |field: Field, secret: &str| {
        let chosen = [(ContactBy, "email"), (Email, "ana@example.org"), (field, secret)];
        draft(&chosen).validate(&rules()).expect("accepted")
    };
    let with_reason = Field::ALL.iter().filter(|it| it.reason().is_some());
    for field in with_reason.copied() {
        // Each is accepted where it is asked, and the second would be an error.
        let [one, other] = ["self", &"x".repeat(2_000)].map(|it| with_secret(field, it));
        assert!(one == other, "{field:?}");
        assert_eq!(draft(&[(ContactBy, "email"), (field, "self")]).text(field), "", "{field:?}");
    }
}

/// What the form had shown in a frame was dropped without a word, where its choice was not made.
#[test]
fn what_is_shown_without_its_choice_was_dropped_silently() {
    let rules = Rules { all_fields_shown: true, ..rules() };
    let found = |changes: &[(Field, &str)]| {
        let invalid = draft(changes).validate(&rules).err().unwrap_or_default();
        invalid.into_iter().map(|it| (it.field, it.error)).collect::<Vec<_>>()
    };
    let needed = |field, value| FieldError::ChoiceNeeded { field, value };
    let insurance = needed(Coverage, "insurance");
    // Alone, each asks for its choice; once that is made, it is sent.
    for (field, entry, error) in [
        (FilledInBy, "Ana", FieldError::ForAnotherNeeded),
        (Carrier, "Acme", insurance),
        (MemberNumber, "1", insurance),
        (Field::Policyholder, "other", insurance),
        (PolicyholderName, "Bo", insurance),
        (DateOfBirth, "1990-01-01", insurance),
        // Half typed.
        (DateOfBirth, "\u{fffd}", insurance),
        (NeedsLanguage, "Thai", needed(Needs, "interpreter")),
    ] {
        assert_eq!(found(&[(field, entry)]), [(field, error)], "{field:?}");
    }
    let by_mail = [(ContactBy, "email"), (Email, "ana@example.org")];
    for (field, entry) in [(MessageOk, "yes"), (CallTimes, "morning")] {
        let all = [by_mail[0], by_mail[1], (field, entry)];
        assert_eq!(found(&all), [(field, needed(ContactBy, "call"))]);
    }
    let name = (PolicyholderName, "Bo");
    let other = needed(Field::Policyholder, "other");
    assert_eq!(found(&[(Coverage, "insurance"), name]), [(PolicyholderName, other)]);
    // A radio button cannot be unchosen: with another choice it is left out.
    let by_myself = [(Coverage, "self-pay"), (Field::Policyholder, "self")];
    assert_eq!(found(&by_myself), []);
    let with_name = [(Coverage, "self-pay"), (Field::Policyholder, "other"), name];
    assert_eq!(found(&with_name), [(PolicyholderName, insurance)]);
    // In the order of the form, each field once.
    assert_eq!(
        found(&[(Name, ""), (FilledInBy, "Ana"), (Consent, ""), (Carrier, "Acme")]),
        [
            (FilledInBy, FieldError::ForAnotherNeeded),
            (Name, FieldError::NameMissing),
            (Carrier, insurance),
            (Consent, FieldError::ConsentMissing),
        ]
    );
    assert_eq!(found(&[]), []);
}
