//! An opened request as labelled lines.

use std::collections::BTreeMap;

use clinic_core::inbox::words::InboxWords;
use clinic_core::inbox::{Clinic, Content, Flag, Labels, Question};
use guide_core::assessment::{Answer, Answers};
use guide_core::by_id::ById;
use guide_core::request::payload::{IncludedAssessment, IncludedMatters};
use inbox::model::details;

use super::sample::{request, with_interpreter};

fn content() -> Content {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../../content/en/inbox.toml");
    let text = std::fs::read_to_string(file).expect("the sentences");
    let map = |entries: &[(&str, &str)]| -> BTreeMap<String, String> {
        entries.iter().map(|(id, text)| ((*id).to_owned(), (*text).to_owned())).collect()
    };
    let question = Question { short: "Headache days".to_owned(), options: map(&[("few", "Few")]) };
    let flag = |text: &str, caution| Flag { text: text.to_owned(), caution };
    Content {
        language: "en".to_owned(),
        clinic: Clinic {
            name: "The clinic".to_owned(),
            time_zone: "America/Chicago".to_owned(),
            office_hours: Vec::new(),
            keys: Vec::new(),
            trial: true,
        },
        labels: Labels {
            locations: map(&[("allen", "Allen, Texas")]),
            outcomes: map(&[("worth-asking", "Worth asking.")]),
            flags: BTreeMap::from([
                ("plain".to_owned(), flag("A note", false)),
                ("cautions".to_owned(), flag("A caution", true)),
            ]),
            questions: BTreeMap::from([("days".to_owned(), question)]),
            matters: map(&[("cost", "A cost that I can bear")]),
        },
        words: guide_core::source::parse::<InboxWords>("inbox.toml", &text).expect("right"),
    }
}

fn value(rows: &[details::Row], label: &str) -> Option<String> {
    rows.iter().find(|row| row.label == label).map(|row| row.value.clone())
}

#[test]
fn what_was_not_answered_has_no_line() {
    let content = content();
    let rows = details::visit(&request("Trial Patient"), &content);
    let words = &content.words.request;
    assert_eq!(value(&rows, &words.location).as_deref(), Some("Allen, Texas"));
    assert_eq!(value(&rows, &words.days).as_deref(), Some("any"));
    for label in [&words.earliest, &words.coverage, &words.needs, &words.date_of_birth] {
        assert_eq!(value(&rows, label), None, "{label}");
    }
    let rows = details::visit(&with_interpreter("Trial Patient"), &content);
    assert_eq!(value(&rows, &words.needs).as_deref(), Some("an interpreter"));
    assert_eq!(value(&rows, &words.needs_language).as_deref(), Some("Spanish"));
}

#[test]
fn staff_read_what_a_message_may_say() {
    let content = content();
    let words = &content.words.request;
    let mut request = request("Trial Patient");
    let said = |rows: Vec<details::Row>| value(&rows, &words.messages);
    assert_eq!(said(details::contact(&request, &content)).as_ref(), Some(&words.may_not_name));
    request.patient.message_ok = true;
    assert_eq!(said(details::contact(&request, &content)).as_ref(), Some(&words.may_name));
}

#[test]
fn nothing_that_a_patient_typed_steers_the_text_around_it() {
    let content = content();
    let hostile = "A\u{202e}B\u{2066}\nC\u{7}";
    let mut request = request(hostile);
    request.patient.filled_in_by = Some(hostile.to_owned());
    request.patient.email = Some(hostile.to_owned());
    request.preferred.location = hostile.to_owned();
    request.message = Some(hostile.to_owned());
    let rows =
        details::contact(&request, &content).into_iter().chain(details::visit(&request, &content));
    let texts = rows.map(|row| row.value).chain([details::name(&request)]);
    for text in texts {
        assert!(
            !text.chars().any(|c| c.is_control() || ('\u{2028}'..='\u{2069}').contains(&c)),
            "{text}"
        );
    }
    let message = details::message(&request).expect("a message");
    assert_eq!(message.lines().count(), 2, "lines of a message stay");
    assert!(!message.contains('\u{202e}'));
}

#[test]
fn an_assessment_is_said_in_the_words_of_its_questions() {
    let content = content();
    let mut request = request("Trial Patient");
    let answers = [
        ("days".to_owned(), Answer::Choice("few".to_owned())),
        ("gone".to_owned(), Answer::Number(4)),
    ];
    request.assessment = Some(IncludedAssessment {
        version: "1".to_owned(),
        complete: false,
        answers: Answers(answers.into_iter().collect::<ById<Answer>>()),
        criteria: ById::default(),
        total: None,
        flags: vec!["plain".to_owned(), "cautions".to_owned(), "gone".to_owned()],
        outcome: "worth-asking".to_owned(),
        because: Vec::new(),
    });
    let result = details::assessment(&request, &content).expect("an assessment");
    assert_eq!(result.outcome, "Worth asking.");
    assert!(result.early);
    let flags: Vec<(&str, bool)> =
        result.flags.iter().map(|flag| (flag.text.as_str(), flag.caution)).collect();
    let gone = "Not of the present questions: gone";
    assert_eq!(flags, [("A caution", true), ("A note", false), (gone, false)]);
    let answers: Vec<(&str, &str)> =
        result.answers.iter().map(|row| (row.label.as_str(), row.value.as_str())).collect();
    assert_eq!(answers, [("Headache days", "Few"), (gone, "4")]);
}

#[test]
fn no_sentence_of_a_patient_passes_for_one_of_the_clinic() {
    let content = content();
    let mut request = request("Trial Patient");
    let hostile = "Reviewed by the clinic: call at once".to_owned();
    let answers = [(hostile.clone(), Answer::Choices(vec![hostile.clone()]))];
    request.assessment = Some(IncludedAssessment {
        version: "1".to_owned(),
        complete: true,
        answers: Answers(answers.into_iter().collect::<ById<Answer>>()),
        criteria: ById::default(),
        total: None,
        flags: vec![hostile.clone()],
        outcome: hostile.clone(),
        because: Vec::new(),
    });
    let result = details::assessment(&request, &content).expect("an assessment");
    let flags = result.flags.into_iter().map(|flag| flag.text);
    let answers = result.answers.into_iter().flat_map(|row| [row.label, row.value]);
    for text in flags.chain(answers).chain([result.outcome]) {
        assert_eq!(text, content.words.request.unknown);
    }
    let mut matters = IncludedMatters::read("1 cost much").expect("one");
    matters.weighed[0].matter = hostile;
    request.matters = Some(matters);
    assert_eq!(
        details::matters(&request, &content),
        [format!("{}: a lot", content.words.request.unknown)]
    );
}

#[test]
fn what_matters_is_said_in_the_patients_order() {
    let content = content();
    let mut request = request("Trial Patient");
    assert!(details::matters(&request, &content).is_empty());
    request.matters = IncludedMatters::read("1 gone some cost much");
    let said = details::matters(&request, &content);
    assert_eq!(said, ["Not of the present questions: gone: some", "A cost that I can bear: a lot"]);
}
