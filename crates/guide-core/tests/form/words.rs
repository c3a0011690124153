//! Needs of the visit, the message, and consent.

use super::*;

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
fn needs_of_the_visit() {
    assert_eq!(taken(&[(NeedsLanguage, "Spanish")]).patient.needs, None);
    let needs = |changes| taken(changes).patient.needs.expect("needs");
    let wheelchair = needs(&[(Needs, "wheelchair"), (Needs, "piano"), (NeedsLanguage, "Spanish")]);
    assert_eq!(wheelchair.kinds, [Need::Wheelchair]);
    assert_eq!((wheelchair.language, wheelchair.words), (None, None));
    // An interpreter without a language is a need all the same, and so are words alone.
    assert_eq!(needs(&[(Needs, "interpreter")]).language, None);
    assert_eq!(needs(&[(NeedsWords, "A chair")]).words.as_deref(), Some("A chair"));
    let long = |field, length| {
        errors(&[(Needs, "interpreter"), (field, "ñ".repeat(length).as_str())]).pop()
    };
    for (field, max) in [(NeedsLanguage, 100), (NeedsWords, 300)] {
        assert_eq!(long(field, max), None);
        assert_eq!(long(field, max + 1), Some((field, FieldError::TooLong { max })));
    }
}
