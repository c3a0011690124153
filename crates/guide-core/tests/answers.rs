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
fn an_optional_question_may_be_left_open() {
    let assessment = sleep();
    let habits = assessment.question("habits").expect("habits");
    assert_eq!(read(habits, &[]), Ok(None));
    assert_eq!(habits.allows(Some(&Answer::Choices(Vec::new()))), Ok(()));
}

#[test]
fn kinds_are_named_as_in_the_file() {
    for kind in [Kind::Single, Kind::Multi, Kind::Number] {
        assert_eq!(serde_json::to_value(kind).expect("JSON"), kind.id());
    }
}
