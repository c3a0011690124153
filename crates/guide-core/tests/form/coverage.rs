//! Coverage, and everything that is asked beside an insurance.

use super::*;

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

#[test]
fn the_person_in_whose_name_the_insurance_is() {
    let chosen = |who: &str, name: &str| {
        draft(&[(Coverage, "insurance"), (Field::Policyholder, who), (PolicyholderName, name)])
            .validate(&rules())
            .map(|it| it.coverage.and_then(|it| it.policyholder))
    };
    assert_eq!(chosen("", ""), Ok(None));
    // A name that was typed before the choice changed is not sent.
    assert_eq!(chosen("self", "Juan Ruiz"), Ok(Some(Policyholder::Patient)));
    let other = Policyholder::Other("Juan Ruiz".to_owned());
    assert_eq!(chosen("other", "Juan Ruiz"), Ok(Some(other)));
    for (name, error) in [
        ("", FieldError::PolicyholderMissing),
        ("-", FieldError::NameForm),
        (&*"j".repeat(101), FieldError::TooLong { max: 100 }),
    ] {
        assert_eq!(
            chosen("other", name),
            Err(vec![InvalidField { field: PolicyholderName, error }])
        );
    }
}

#[test]
fn date_of_birth() {
    let born = |text| draft(&[(Coverage, "insurance"), (DateOfBirth, text)]).validate(&rules());
    for (value, expected) in [
        ("1899-12-31", Some(FieldError::BirthRange)),
        ("0000-01-01", Some(FieldError::BirthRange)),
        ("1900-01-01", None),
        ("1984-02-29", None),
        ("2026-11-23", None),
        ("2026-11-24", Some(FieldError::BirthRange)),
        ("9999-12-31", Some(FieldError::BirthRange)),
        ("1985-02-29", Some(FieldError::BirthForm)),
        ("02/29/1984", Some(FieldError::BirthForm)),
        // Half a date.
        ("\u{fffd}", Some(FieldError::BirthForm)),
    ] {
        let expected = expected.map(|error| vec![InvalidField { field: DateOfBirth, error }]);
        assert_eq!(born(value).err(), expected, "{value}");
    }
    let patient = born("1984-02-29").expect("accepted").patient;
    assert_eq!(patient.date_of_birth, Some(date("1984-02-29")));
    assert_eq!(born("").expect("accepted").patient.date_of_birth, None);
}

/// The insurance is switched off again after all was typed: two dates of birth make the same request.
#[test]
fn a_date_of_birth_is_not_sent_without_an_insurance() {
    for kind in ["", "self-pay", "not-sure"] {
        let [one, other] = ["1984-02-29", "1990-01-01"].map(|born| {
            taken(&[(Coverage, kind), (DateOfBirth, born), (Field::Policyholder, "self")])
        });
        assert_eq!(one.patient.date_of_birth, None, "{kind}");
        assert!(one == other, "{kind}");
        assert_eq!(one.coverage.and_then(|it| it.policyholder), None, "{kind}");
    }
}
