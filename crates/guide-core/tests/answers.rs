//! A form's entries become an answer, or an error of its own kind.

#![expect(clippy::expect_used, reason = "a failed expectation fails the test")]

use guide_core::assessment::definition::{Kind, Question};
use guide_core::assessment::{Answer, AnswerError, Assessment};
use guide_core::source;

fn sleep() -> Assessment {
    source::parse("sleep.toml", include_str!("topics/sleep.toml")).expect("no mistakes")
}

/// The answer that these entries are read as, if it is allowed.
fn read(question: &Question, entries: &[&str]) -> Result<Option<Answer>, AnswerError<'static>> {
    let entries: Vec<String> = entries.iter().map(ToString::to_string).collect();
    let answer = question.read(&entries)?;
    question.allows(answer.as_ref())?;
    Ok(answer)
}

#[test]
fn a_number() {
    let assessment = sleep();
    let hours = assessment.question("hours").expect("hours");
    let range = AnswerError::OutOfRange { min: 1, max: 24 };
    for (typed, expected) in [
        ("1", Ok(Some(Answer::Number(1)))),
        (" 24 ", Ok(Some(Answer::Number(24)))),
        ("08", Ok(Some(Answer::Number(8)))),
        ("\u{202d}8\u{200b}\u{202c}", Ok(Some(Answer::Number(8)))),
        ("\u{ff11}\u{ff12}", Ok(Some(Answer::Number(12)))),
        ("\u{202d} 8 \u{202c}", Ok(Some(Answer::Number(8)))),
        ("\u{200b}", Err(AnswerError::Missing)),
        ("0", Err(range.clone())),
        ("25", Err(range.clone())),
        // More than fits into any number.
        ("99999999999999999999", Err(range)),
        ("", Err(AnswerError::Missing)),
        ("   ", Err(AnswerError::Missing)),
        ("+3", Err(AnswerError::NotWhole)),
        ("-3", Err(AnswerError::NotWhole)),
        ("7.5", Err(AnswerError::NotWhole)),
        ("7,5", Err(AnswerError::NotWhole)),
        ("1e1", Err(AnswerError::NotWhole)),
        ("7 8", Err(AnswerError::NotWhole)),
        ("seven", Err(AnswerError::NotWhole)),
        ("٣", Err(AnswerError::NotWhole)),
    ] {
        assert_eq!(read(hours, &[typed]), expected, "`{typed}`");
    }
    assert_eq!(read(hours, &[]), Err(AnswerError::Missing));
}

#[test]
fn a_single_option() {
    let assessment = sleep();
    let bed = assessment.question("mattress").expect("mattress");
    assert_eq!(read(bed, &["no"]), Ok(Some(Answer::Choice("no".to_owned()))));
    assert_eq!(read(bed, &[]), Err(AnswerError::Missing));
    assert_eq!(read(bed, &["so-so"]), Err(AnswerError::Unknown));
    let several = Answer::Choices(vec!["no".to_owned()]);
    assert_eq!(bed.allows(Some(&several)), Err(AnswerError::Unknown));
    assert_eq!(bed.allows(Some(&Answer::Number(1))), Err(AnswerError::Unknown));
}

#[test]
fn several_options() {
    let assessment = sleep();
    let danger = assessment.question("danger").expect("danger");
    let chosen = |ids: &[&str]| Answer::Choices(ids.iter().map(ToString::to_string).collect());
    let both = ["gasping", "at-the-wheel"];
    assert_eq!(read(danger, &both), Ok(Some(chosen(&both))));
    assert_eq!(read(danger, &["none"]), Ok(Some(chosen(&["none"]))));
    assert_eq!(read(danger, &[]), Err(AnswerError::Missing));
    assert_eq!(read(danger, &["none", "gasping"]), Err(AnswerError::NotAlone));
    assert_eq!(read(danger, &["gasping", "none"]), Err(AnswerError::NotAlone));
    assert_eq!(read(danger, &["snoring"]), Err(AnswerError::Unknown));
    assert_eq!(danger.allows(Some(&chosen(&[]))), Err(AnswerError::Missing));
}

#[test]
fn a_number_or_the_option_in_its_place_never_both() {
    let assessment = sleep();
    let naps = assessment.question("naps").expect("naps");
    let varies = Ok(Some(Answer::Choice("varies".to_owned())));
    assert_eq!(read(naps, &["varies"]), varies);
    assert_eq!(read(naps, &["", "varies"]), varies);
    assert_eq!(read(naps, &["\u{200b}", "varies"]), varies);
    assert_eq!(read(naps, &["3", ""]), Ok(Some(Answer::Number(3))));
    assert_eq!(read(naps, &["", ""]), Err(AnswerError::Missing));
    for both in [["3", "varies"], ["varies", "3"], ["three", "varies"]] {
        assert_eq!(read(naps, &both), Err(AnswerError::NumberAndOption), "{both:?}");
    }
    let several = Answer::Choices(vec!["varies".to_owned()]);
    assert_eq!(naps.allows(Some(&several)), Err(AnswerError::Unknown));
    assert_eq!(naps.allows(Some(&Answer::Choice("often".to_owned()))), Err(AnswerError::Unknown));
    // Without such an option no text is an answer.
    let hours = assessment.question("hours").expect("hours");
    let varies = Answer::Choice("varies".to_owned());
    assert_eq!(hours.allows(Some(&varies)), Err(AnswerError::Unknown));
    assert_eq!(read(hours, &["varies"]), Err(AnswerError::NotWhole));
}

#[test]
fn kinds_are_named_as_in_the_file() {
    for kind in [Kind::Single, Kind::Multi, Kind::Number] {
        assert_eq!(serde_json::to_value(kind).expect("JSON"), kind.id());
    }
}
