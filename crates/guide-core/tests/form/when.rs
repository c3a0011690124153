//! The location, and the days and times asked for.

use super::*;

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
