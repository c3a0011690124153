//! The patient, whoever fills the form in, and the ways to reach them.

use super::*;

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
fn been_here_before() {
    for (value, expected) in [("yes", Some(true)), ("no", Some(false)), ("", None), ("so", None)] {
        assert_eq!(taken(&[(Returning, value)]).patient.returning, expected, "{value}");
    }
}

#[test]
fn somebody_fills_it_in_for_another_person() {
    fn filled_in(by: &str) -> [(Field, &str); 2] {
        [(ForAnother, "yes"), (FilledInBy, by)]
    }
    assert_eq!(taken(&filled_in("Eva Ruiz")).patient.filled_in_by.as_deref(), Some("Eva Ruiz"));
    assert_eq!(errors(&filled_in(" ")), [(FilledInBy, FieldError::FilledInByMissing)]);
    assert_eq!(errors(&filled_in("123")), [(FilledInBy, FieldError::NameForm)]);
    let long = "e".repeat(101);
    assert_eq!(errors(&filled_in(&long)), [(FilledInBy, FieldError::TooLong { max: 100 })]);
    // Unticked again, what was typed before is not sent.
    assert_eq!(taken(&[(FilledInBy, "Eva Ruiz")]).patient.filled_in_by, None);
}

#[test]
fn a_message_may_name_the_practice_only_if_that_was_said() {
    assert!(!taken(&[]).patient.message_ok);
    for by in ["call", "text"] {
        assert!(taken(&[(ContactBy, by), (MessageOk, "yes")]).patient.message_ok, "{by}");
    }
    let by_email = [(ContactBy, "email"), (Email, "ana@example.org"), (MessageOk, "yes")];
    assert!(!taken(&by_email).patient.message_ok);
}

#[test]
fn times_for_a_call_are_not_those_for_the_visit() {
    let preferred = taken(&[(CallTimes, "evening"), (CallTimes, "noon"), (Times, "morning")]);
    let Preferred { call_times, times, .. } = preferred.preferred;
    assert_eq!((call_times, times), (vec![PartOfDay::Evening], vec![PartOfDay::Morning]));
}
