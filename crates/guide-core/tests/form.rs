//! The rules of the appointment request's form.

#![expect(clippy::expect_used, clippy::panic, reason = "a failed expectation fails the test")]

use guide_core::request::form::Field::{
    Carrier, Consent, ContactBy, Coverage, Days, Earliest, Email, Location, MemberNumber, Message,
    Name, Phone, Returning, Times,
};
use guide_core::request::form::{
    self, CalendarDate, CoverageKind, Day, Details, Draft, Field, FieldError, InvalidField,
    PartOfDay, Rules,
};
use guide_core::request::payload::{Coverage as Payment, Patient, Preferred};

fn date(text: &str) -> CalendarDate {
    text.parse().expect("a date")
}

/// One location, on 23 November 2026.
fn rules() -> Rules {
    Rules { locations: vec!["allen".to_owned()], today: date("2026-11-23") }
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
                phone: Some("972 555 0123".to_owned()),
                email: None,
                contact_by: form::ContactBy::Call,
                returning: None,
            },
            preferred: Preferred {
                location: "allen".to_owned(),
                earliest: None,
                days: Vec::new(),
                times: Vec::new(),
            },
            coverage: None,
            message: None,
        }
    );
}

#[test]
fn everything_filled_in() {
    let details = taken(&[
        (Name, "  Ana Ruiz \t"),
        (Phone, " (972) 555-0123 "),
        (Email, " ana@example.org "),
        (ContactBy, "email"),
        (Returning, "no"),
        (Earliest, "2026-12-01"),
        (Days, "tue"),
        (Days, "fri"),
        (Times, "morning"),
        (Coverage, "insurance"),
        (Carrier, " Blue Example "),
        (MemberNumber, " X1 "),
        (Message, " Mornings are hard. \r\nThank you. "),
    ]);
    assert_eq!(
        details,
        Details {
            patient: Patient {
                name: "Ana Ruiz".to_owned(),
                phone: Some("(972) 555-0123".to_owned()),
                email: Some("ana@example.org".to_owned()),
                contact_by: form::ContactBy::Email,
                returning: Some(false),
            },
            preferred: Preferred {
                location: "allen".to_owned(),
                earliest: Some(date("2026-12-01")),
                days: vec![Day::Tuesday, Day::Friday],
                times: vec![PartOfDay::Morning],
            },
            coverage: Some(Payment {
                kind: CoverageKind::Insurance,
                carrier: Some("Blue Example".to_owned()),
                member_number: Some("X1".to_owned()),
            }),
            message: Some("Mornings are hard. \nThank you.".to_owned()),
        }
    );
}

#[test]
fn every_mistake_is_told_once_and_in_the_order_of_the_form() {
    let found = errors(&[
        (Name, ""),
        (Phone, "555"),
        (Email, "ana"),
        (ContactBy, ""),
        (Earliest, "tomorrow"),
        (Coverage, "insurance"),
        (Carrier, &"c".repeat(101)),
        (MemberNumber, &"m".repeat(101)),
        (Message, &"x".repeat(1_001)),
        (Consent, ""),
    ]);
    assert_eq!(
        found,
        [
            (Name, FieldError::NameMissing),
            (Phone, FieldError::PhoneForm),
            (Email, FieldError::EmailForm),
            (ContactBy, FieldError::ContactByMissing),
            (Earliest, FieldError::DateForm),
            (Carrier, FieldError::TooLong { max: 100 }),
            (MemberNumber, FieldError::TooLong { max: 100 }),
            (Message, FieldError::TooLong { max: 1_000 }),
            (Consent, FieldError::ConsentMissing),
        ]
    );
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
fn name() {
    for (value, expected) in [
        ("A", None),
        ("Åsa Öberg-O’Neill 3rd", None),
        ("李小龍", None),
        ("", Some(FieldError::NameMissing)),
        ("   ", Some(FieldError::NameMissing)),
        ("972 555 0123", Some(FieldError::NameForm)),
        ("--", Some(FieldError::NameForm)),
    ] {
        assert_eq!(error(Name, value), expected, "{value}");
    }
    // Characters, not bytes.
    assert_eq!(error(Name, &"ñ".repeat(100)), None);
    assert_eq!(error(Name, &"ñ".repeat(101)), Some(FieldError::TooLong { max: 100 }));
}

#[test]
fn phone() {
    for value in [
        "9725550123",
        "972 555 0123",
        "972-555-0123",
        "972.555.0123",
        "(972) 555-0123",
        "972/555\u{2011}0123",
        "972\u{a0}555\u{2013}0123",
        "1 972 555 0123",
        "+1 972 555 0123",
        "+19725550123",
        "+ 1 (972) 555 0123",
    ] {
        assert_eq!(error(Phone, value), None, "{value}");
    }
    for value in [
        "555 0123",
        "972 555 012",
        "972 555 01234",
        "2 972 555 0123",
        "+972 555 0123",
        "+44 20 7946 0958",
        "++1 972 555 0123",
        "972 555 O123",
        "٩٧٢٥٥٥٠١٢٣",
        "call me",
        "-",
        "972 555 0123 x",
        "972 555 0123 x 22 x 23",
        "972 555 0123 y 22",
        "972 555 0123 x1234567890",
        "972 555 0123,",
        "972 555 01 x23",
        "x22",
    ] {
        assert_eq!(error(Phone, value), Some(FieldError::PhoneForm), "{value}");
    }
    let spaced = |spaces| format!("972{}5550123", " ".repeat(spaces));
    assert_eq!(error(Phone, &spaced(30)), None);
    assert_eq!(error(Phone, &spaced(31)), Some(FieldError::TooLong { max: 40 }));
}

/// A digit is missing, or it is a number of another country: neither area code nor exchange begins
/// with 0 or 1.
#[test]
fn a_phone_number_that_nobody_has() {
    for value in [
        "1 972 555 012",
        "1972555012",
        "0972555012",
        "1725550123",
        "972 155 0123",
        "972 055 0123",
        "+1 172 555 0123",
        "1 072 555 0123 x22",
    ] {
        assert_eq!(error(Phone, value), Some(FieldError::PhoneForm), "{value}");
    }
}

/// An app for contacts copies marks of direction along, and some keyboards type wide digits.
#[test]
fn characters_that_nobody_sees_are_dropped_before_a_number_or_an_address_is_judged() {
    for unseen in
        ["\u{200b}", "\u{200f}", "\u{202a}", "\u{202e}", "\u{2060}", "\u{2069}", "\u{feff}"]
    {
        let spoilt =
            |text: &str| text.chars().map(|it| format!("{unseen}{it}")).collect::<String>();
        let phone = format!("{unseen}+1 (972) 555{unseen}-0123{unseen}");
        let entries = [
            (Name, "Ana Ruiz".to_owned()),
            (Phone, phone),
            (Email, format!("{}{unseen}", spoilt("ana@example.org"))),
            (ContactBy, "call".to_owned()),
            (Coverage, "insurance".to_owned()),
            (MemberNumber, spoilt("M-1")),
            (Consent, "on".to_owned()),
        ];
        let entries = entries.map(|(field, value)| (field.id().to_owned(), value)).to_vec();
        let draft = Draft::new(entries);
        let details = draft.validate(&rules()).expect("accepted");
        assert_eq!(details.patient.phone.as_deref(), Some("+1 (972) 555-0123"));
        assert_eq!(details.patient.email.as_deref(), Some("ana@example.org"));
        let coverage = details.coverage.expect("given");
        assert_eq!(coverage.member_number.as_deref(), Some("M-1"));
        assert_eq!(draft.text(Phone), "+1 (972) 555-0123");
        // Nothing but such characters is nothing.
        assert_eq!(error(Phone, unseen), Some(FieldError::NoWayToReach));
    }
    let wide = "\u{ff19}\u{ff17}\u{ff12} \u{ff15}55 012\u{ff10}";
    assert_eq!(error(Phone, wide), None);
    let draft = Draft::new(vec![("phone".to_owned(), wide.to_owned())]);
    assert_eq!(draft.text(Phone), "972 555 0120");
}

#[test]
fn a_phone_number_with_an_extension_is_taken() {
    for value in [
        "972 555 0123 x22",
        "972-555-0123x22",
        "(972) 555-0123 X 22",
        "972 555 0123 ext. 22",
        "972 555 0123, Ext 22",
        "+1 972 555 0123 extension 22",
        "9725550123#22",
    ] {
        assert_eq!(error(Phone, value), None, "{value}");
        let read = guide_core::request::phone::Phone::read(value).expect("a number");
        assert_eq!((&*read.national, read.extension.as_deref()), ("9725550123", Some("22")));
    }
}

#[test]
fn an_address_with_the_signs_it_was_copied_with_is_refused() {
    for value in [
        "<a@b.de>",
        "a@b.de;",
        "a@b.de,",
        "\"a@b.de\"",
        "'a@b.de'",
        "\u{201c}a@b.de\u{201d}",
        "(a@b.de)",
        "mailto:a@b.de",
        "a@b.de>",
        "Ana<a@b.de>",
    ] {
        assert_eq!(error(Email, value), Some(FieldError::EmailForm), "{value}");
    }
}

#[test]
fn email() {
    for value in
        ["ana@example.org", "a.b+c@mail.example.co", "o'neill@example.org", "ana@münchen.example"]
    {
        assert_eq!(error(Email, value), None, "{value}");
    }
    for value in [
        "ana",
        "ana@",
        "@example.org",
        "ana@example",
        "ana@example.",
        "ana@.org",
        "ana@example..org",
        "ana@home@example.org",
        "ana ruiz@example.org",
        "ana@exam ple.org",
        "ana@example.org, b@example.org",
    ] {
        assert_eq!(error(Email, value), Some(FieldError::EmailForm), "{value}");
    }
    let long = |length: usize| format!("{}@example.org", "a".repeat(length - 12));
    assert_eq!(error(Email, &long(254)), None);
    assert_eq!(error(Email, &long(255)), Some(FieldError::TooLong { max: 254 }));
}

#[test]
fn a_way_of_contact_needs_its_field() {
    let phone = (Phone, "972 555 0123");
    let email = (Email, "ana@example.org");
    for (by, given, expected) in [
        ("call", phone, None),
        ("text", phone, None),
        ("email", phone, Some(FieldError::EmailNeeded)),
        ("call", email, Some(FieldError::PhoneNeeded)),
        ("text", email, Some(FieldError::PhoneNeeded)),
        ("email", email, None),
        ("", email, Some(FieldError::ContactByMissing)),
        ("pigeon", email, Some(FieldError::ContactByMissing)),
    ] {
        let expected: Vec<_> = expected.map(|error| (ContactBy, error)).into_iter().collect();
        let empty = if given == phone { (Email, "") } else { (Phone, "") };
        assert_eq!(errors(&[given, empty, (ContactBy, by)]), expected, "{by}, {given:?}");
    }
}

#[test]
fn neither_phone_nor_email_is_told_at_the_phone_alone() {
    for by in ["call", "text", "email"] {
        let found = errors(&[(Phone, ""), (ContactBy, by)]);
        assert_eq!(found, [(Phone, FieldError::NoWayToReach)], "{by}");
    }
}

#[test]
fn a_single_location_need_not_be_chosen() {
    for chosen in ["", "allen", "elsewhere"] {
        assert_eq!(taken(&[(Location, chosen)]).preferred.location, "allen");
    }
}

#[test]
fn one_of_several_locations_has_to_be_chosen() {
    let rules = Rules { locations: ["allen", "frisco"].map(String::from).into(), ..rules() };
    let chosen = draft(&[(Location, "frisco")]).validate(&rules).expect("no errors");
    assert_eq!(chosen.preferred.location, "frisco");
    for location in ["", "dallas"] {
        let found = draft(&[(Location, location)]).validate(&rules);
        assert_eq!(
            found,
            Err(vec![InvalidField { field: Location, error: FieldError::LocationMissing }]),
            "{location}"
        );
    }
}

#[test]
fn earliest_date() {
    for (value, expected) in [
        ("2026-11-22", Some(FieldError::DatePast)),
        ("2026-11-23", None),
        ("2026-11-24", None),
        ("2027-11-23", None),
        ("2027-11-24", Some(FieldError::DateTooFar)),
        ("9999-12-31", Some(FieldError::DateTooFar)),
        ("0000-01-01", Some(FieldError::DatePast)),
        // 2027 is no leap year.
        ("2027-02-28", None),
        ("2027-02-29", Some(FieldError::DateForm)),
        ("2026-12-32", Some(FieldError::DateForm)),
        ("2026-13-01", Some(FieldError::DateForm)),
        ("2026-12-00", Some(FieldError::DateForm)),
        ("2026-12-1", Some(FieldError::DateForm)),
        ("26-12-01", Some(FieldError::DateForm)),
        ("2026-12", Some(FieldError::DateForm)),
        ("2026-12-01-", Some(FieldError::DateForm)),
        ("2026/12/01", Some(FieldError::DateForm)),
        ("12/01/2026", Some(FieldError::DateForm)),
        ("+026-12-01", Some(FieldError::DateForm)),
        ("next week", Some(FieldError::DateForm)),
    ] {
        assert_eq!(error(Earliest, value), expected, "{value}");
    }
}

#[test]
fn a_year_ahead_around_29_february() {
    for (today, last) in [
        ("2028-02-29", "2029-02-28"),
        ("2028-02-28", "2029-02-28"),
        ("2028-03-01", "2029-03-01"),
        ("2027-03-01", "2028-03-01"),
        ("2027-02-28", "2028-02-28"),
    ] {
        assert_eq!(date(today).next_year(), date(last), "{today}");
    }
    let rules = Rules { today: date("2027-06-01"), ..rules() };
    let details = draft(&[(Earliest, "2028-02-29")]).validate(&rules).expect("no errors");
    assert_eq!(details.preferred.earliest, Some(date("2028-02-29")));
    // There is no later year that a date can have.
    assert_eq!(date("9999-12-31").next_year(), date("9999-12-31"));
}

#[test]
fn a_date_reads_as_it_is_written() {
    for text in ["2026-11-23", "2028-02-29", "0001-01-01"] {
        assert_eq!(date(text).to_string(), text);
        let json = serde_json::to_string(&date(text)).expect("JSON");
        assert_eq!(json, format!("\"{text}\""));
        assert_eq!(serde_json::from_str::<CalendarDate>(&json).expect("a date"), date(text));
    }
    assert!(serde_json::from_str::<CalendarDate>("\"2027-02-29\"").is_err());
}

#[test]
fn days_and_times_that_are_unknown_are_left_out() {
    let details =
        taken(&[(Days, "mon"), (Days, "someday"), (Times, "midnight"), (Times, "evening")]);
    assert_eq!(details.preferred.days, [Day::Monday]);
    assert_eq!(details.preferred.times, [PartOfDay::Evening]);
}

#[test]
fn been_here_before() {
    for (value, expected) in [("yes", Some(true)), ("no", Some(false)), ("", None), ("so", None)] {
        assert_eq!(taken(&[(Returning, value)]).patient.returning, expected, "{value}");
    }
}

/// Entries for an insurance are neither sent nor checked if another payment is chosen.
#[test]
fn carrier_and_member_number_go_with_an_insurance_alone() {
    let long = "m".repeat(101);
    let typed = |kind| [(Coverage, kind), (Carrier, "Blue Example"), (MemberNumber, long.as_str())];
    for kind in ["self-pay", "not-sure"] {
        let coverage = taken(&typed(kind)).coverage.expect("coverage");
        assert_eq!(coverage.kind.id(), kind);
        assert_eq!((coverage.carrier, coverage.member_number), (None, None));
    }
    for kind in ["", "barter"] {
        assert_eq!(taken(&typed(kind)).coverage, None);
    }
    let found = errors(&typed("insurance"));
    assert_eq!(found, [(MemberNumber, FieldError::TooLong { max: 100 })]);
    let unnamed = taken(&[(Coverage, "insurance")]).coverage.expect("coverage");
    assert_eq!((unnamed.carrier, unnamed.member_number), (None, None));
}

/// A browser sends each line break of a textarea as two characters; its counter shows one.
#[test]
fn a_message_is_counted_in_characters() {
    assert_eq!(error(Message, &"😀".repeat(1_000)), None);
    assert_eq!(error(Message, &"😀".repeat(1_001)), Some(FieldError::TooLong { max: 1_000 }));
    let lines = format!("{}x", "\r\n".repeat(999));
    assert_eq!(error(Message, &format!("x{}", &lines[2..])), None);
    assert_eq!(error(Message, &format!("xx{lines}")), Some(FieldError::TooLong { max: 1_000 }));
    assert_eq!(taken(&[(Message, "a\r\n\r\nb")]).message.as_deref(), Some("a\n\nb"));
    assert_eq!(taken(&[(Message, " \r\n ")]).message, None);
    assert_eq!(draft(&[(Message, "a\r\n\r\nb\r\n")]).message_length(), 4);
    assert_eq!(draft(&[(Message, "😀😀")]).message_length(), 2);
    assert_eq!(draft(&[]).message_length(), 0);
}

#[test]
fn consent() {
    assert_eq!(error(Consent, "on"), None);
    assert_eq!(error(Consent, ""), Some(FieldError::ConsentMissing));
    assert_eq!(error(Consent, " "), Some(FieldError::ConsentMissing));
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
        FieldError::NoWayToReach,
        FieldError::PhoneForm,
        FieldError::EmailForm,
        FieldError::ContactByMissing,
        FieldError::PhoneNeeded,
        FieldError::EmailNeeded,
        FieldError::LocationMissing,
        FieldError::DateForm,
        FieldError::DatePast,
        FieldError::DateTooFar,
        FieldError::TooLong { max: 1 },
        FieldError::ConsentMissing,
    ];
    let written: String = errors.iter().map(|it| format!("{} ", it.id())).collect();
    assert_eq!(
        written,
        "name-missing name-form no-way-to-reach phone-form email-form contact-by-missing \
         phone-needed email-needed location-missing date-form date-past date-too-far too-long \
         consent-missing "
    );
}
