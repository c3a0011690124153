//! A self-assessment about something else: the engine knows no question of ours.

#![expect(clippy::expect_used, reason = "a failed expectation fails the test")]

use guide_core::assessment::{Answer, AnswerError, Answers, Assessment};
use guide_core::source;
use serde_json::{Value, json};

#[path = "../examples/score/print.rs"]
mod print;

use print::printed;

fn sleep() -> Assessment {
    source::parse("sleep.toml", include_str!("topics/sleep.toml")).expect("no mistakes")
}

fn answers(json: Value) -> Answers {
    serde_json::from_value(json).expect("answers")
}

/// A night without anything to say about it, with these answers changed.
fn night(changes: Value) -> Answers {
    let mut night = json!({
        "danger": ["none"], "hours": 8, "naps": 0, "habits": ["none"], "mattress": "yes",
    });
    let (all, changes) = (night.as_object_mut(), changes.as_object().cloned());
    all.expect("answers").extend(changes.expect("changed answers"));
    answers(night)
}

fn asked(assessment: &Assessment, answers: &Answers) -> Vec<String> {
    assessment.asked(answers).into_iter().map(|it| it.question.id.clone()).collect()
}

#[test]
fn complete_answers() {
    let assessment = sleep();
    let (long, calm) = (&["long"][..], &["calm"][..]);
    let neither = &["long", "calm"][..];
    for (changes, expected) in [
        (json!({}), ("carry-on", 0, 0, vec![], neither)),
        (json!({ "hours": 7 }), ("carry-on", 1, 0, vec![], neither)),
        (json!({ "hours": 6 }), ("carry-on", 1, 0, vec![], neither)),
        (json!({ "hours": 5 }), ("carry-on", 3, 0, vec![], calm)),
        (json!({ "habits": ["work", "screen"] }), ("carry-on", 0, 2, vec![], long)),
        // 4 points are cut to the criterion's 3.
        (json!({ "habits": ["work", "screen", "coffee"] }), ("carry-on", 0, 3, vec![], long)),
        (
            json!({ "hours": 5, "habits": ["coffee"] }),
            ("ask-a-doctor", 3, 2, vec![], &["both"][..]),
        ),
        (
            json!({ "danger": ["gasping"] }),
            ("ask-a-doctor", 0, 0, vec!["breathing"], &["breathing"][..]),
        ),
        (json!({ "naps": 1, "nap-time": "late" }), ("carry-on", 0, 0, vec![], neither)),
        (json!({ "naps": "varies", "nap-time": "late" }), ("carry-on", 0, 0, vec![], neither)),
        (
            json!({ "danger": ["gasping"], "hours": 7, "naps": 1, "nap-time": "late" }),
            ("ask-a-doctor", 1, 0, vec!["breathing", "late-naps"], &["breathing"][..]),
        ),
        // Not asked without a nap, and so not counted.
        (json!({ "hours": 7, "nap-time": "late" }), ("carry-on", 1, 0, vec![], neither)),
    ] {
        let (outcome, short, restless, flags, because) = expected;
        let counted =
            |points, question: &str| if points > 0 { json!([question]) } else { json!([]) };
        let expected = json!({
            "criteria": { "short-nights": short, "restless-evenings": restless },
            "counted": {
                "short-nights": counted(short, "hours"),
                "restless-evenings": counted(restless, "habits"),
            },
            "flags": flags,
            "outcome": outcome,
            "because": because,
        });
        let answers = night(changes.clone());
        assert_eq!(printed(&assessment.judge(&answers)), expected, "{changes}");
    }
}

#[test]
fn answers_that_are_not_complete() {
    let assessment = sleep();
    for (given, decided, criteria, flags, because) in [
        (json!({}), None, ([0, 3], [0, 3]), vec![], vec![]),
        (
            json!({ "danger": ["none"], "hours": 6 }),
            Some("carry-on"),
            ([1, 1], [0, 3]),
            vec![],
            vec!["long"],
        ),
        (json!({ "danger": ["none"], "hours": 5 }), None, ([3, 3], [0, 3]), vec![], vec![]),
        (
            json!({ "danger": ["gasping"] }),
            Some("ask-a-doctor"),
            ([0, 3], [0, 3]),
            vec!["breathing"],
            vec!["breathing"],
        ),
        // Open until the first question is answered: it could still stop the others.
        (json!({ "hours": 5, "habits": ["coffee"] }), None, ([3, 3], [2, 2]), vec![], vec![]),
        // An answer that its question does not allow is none.
        (json!({ "danger": ["none"], "hours": 25 }), None, ([0, 3], [0, 3]), vec![], vec![]),
        // Not asked yet, whatever was answered before.
        (json!({ "nap-time": "late", "hours": 5 }), None, ([3, 3], [0, 3]), vec![], vec![]),
        (
            json!({ "naps": "varies", "nap-time": "late", "hours": 5 }),
            None,
            ([3, 3], [0, 3]),
            vec!["late-naps"],
            vec![],
        ),
    ] {
        let mut expected = json!({
            "decided": decided,
            "criteria": { "short-nights": criteria.0, "restless-evenings": criteria.1 },
            "flags": flags,
        });
        if decided.is_some() {
            expected["because"] = json!(because);
        }
        let given = answers(given);
        let judged = assessment.judge(&given);
        assert!(!judged.complete);
        assert_eq!(printed(&judged), expected, "{}", json!(given));
    }
}

#[test]
fn a_condition_that_every_possible_answer_fulfills_is_true_before_it_is_answered() {
    for (old, new) in [
        (
            "{ flag = \"breathing\" },",
            "{ answered = { question = \"mattress\", with = [\"yes\", \"no\"] } },",
        ),
        (
            "{ flag = \"breathing\" },",
            "{ answered = { question = \"danger\", with = [\"none\", \"gasping\", \"at-the-wheel\"] } },",
        ),
    ] {
        let text = include_str!("topics/sleep.toml").replacen(old, new, 1);
        // Unchecked: the check refuses the outcomes that are never reached any more.
        let assessment: Assessment = toml::from_str(&text).expect("TOML");
        let judged = assessment.judge(&answers(json!({ "danger": ["none"] })));
        assert_eq!(judged.outcome.map(|it| it.id.as_str()), Some("ask-a-doctor"), "{new}");
    }
}

#[test]
fn an_option_named_twice_counts_once() {
    let assessment = sleep();
    let (once, twice) =
        (night(json!({ "habits": ["screen"] })), night(json!({ "habits": ["screen", "screen"] })));
    assert_eq!(assessment.judge(&once), assessment.judge(&twice));
}

#[test]
fn stops_at_once_whatever_else_is_missing_or_wrong() {
    let assessment = sleep();
    for answered in [
        json!({ "danger": ["at-the-wheel"] }),
        json!({ "danger": ["gasping", "at-the-wheel"] }),
        json!({ "danger": ["none", "at-the-wheel"] }),
        json!({ "danger": ["at-the-wheel"], "hours": 99, "no-such-question": 1 }),
    ] {
        let answers = answers(answered);
        let judged = printed(&assessment.judge(&answers));
        assert_eq!(judged, json!({ "outcome": "stop-driving" }));
        assert_eq!(assessment.stop(&answers).map(|it| it.id.as_str()), Some("stop-driving"));
    }
    assert_eq!(assessment.stop(&night(json!({ "danger": ["gasping"] }))), None);
}

#[test]
fn asks_in_order_and_only_what_matters() {
    let assessment = sleep();
    let first = ["danger", "hours", "naps"];
    let last = ["habits", "mattress"];
    assert_eq!(asked(&assessment, &Answers::default()), [&first[..], &last].concat());
    assert_eq!(asked(&assessment, &night(json!({}))), [&first[..], &last].concat());
    let napping = night(json!({ "naps": 2 }));
    assert_eq!(asked(&assessment, &napping), [&first[..], &["nap-time"], &last].concat());
}

#[test]
fn leads_to_each_open_question_in_turn() {
    let assessment = sleep();
    let mut given = Answers::default();
    let mut turns = Vec::new();
    let all = night(json!({ "naps": 2, "nap-time": "noon" }));
    while let Some(open) = assessment.first_open(&given) {
        assert_eq!(open.error, AnswerError::Missing);
        assert!(turns.len() < assessment.questions.len(), "asked again and again: {turns:?}");
        let id = &open.question.id;
        turns.push(id.clone());
        given.set(id, all.get(id).cloned());
    }
    assert_eq!(turns, ["danger", "hours", "naps", "nap-time", "habits", "mattress"]);
}

#[test]
fn a_changed_answer_opens_what_it_makes_needed() {
    let assessment = sleep();
    let mut given = night(json!({}));
    assert_eq!(assessment.first_open(&given), None);
    given.set("naps", Some(Answer::Number(1)));
    let open = assessment.first_open(&given).map(|open| open.question.id.as_str());
    assert_eq!(open, Some("nap-time"));
}

#[test]
fn a_question_that_no_open_answer_brings_about_is_not_counted() {
    let tired = include_str!("topics/sleep.toml").replace(
        r#"ask-when = { sum = { of = ["naps"], from = 1 } }"#,
        r#"ask-when = { all = [{ sum = { of = ["hours"], to = 5 } }, { sum = { of = ["naps"], from = 1 } }] }"#,
    );
    let assessment: Assessment = source::parse("sleep.toml", &tired).expect("no mistakes");
    let all = assessment.questions.len();
    let shown = |hours: u32| assessment.progress(&answers(json!({ "hours": hours })), 0).of;
    assert_eq!((shown(5), shown(8)), (all, all - 1));
}

#[test]
fn answers_that_do_not_count_are_left_out() {
    let given = night(json!({ "nap-time": "late" }));
    assert_eq!(sleep().relevant(&given), night(json!({})));
}

#[test]
fn says_why_an_answer_is_not_accepted() {
    let assessment = sleep();
    for (changes, reason) in [
        (json!({ "hours": 0 }), "hours: the answer must be from 1 to 24"),
        (json!({ "hours": 25 }), "hours: the answer must be from 1 to 24"),
        (
            json!({ "hours": 20, "naps": 5, "nap-time": "noon" }),
            "naps: a limit of \"naps\" refuses these answers together",
        ),
        (json!({ "danger": [] }), "danger: an answer is needed"),
        (
            json!({ "danger": ["none", "gasping"] }),
            "danger: an exclusive option was chosen with another option",
        ),
        (
            json!({ "mattress": "maybe" }),
            "mattress: the answer must be a whole number for kind = \"number\" (or the id of an \
             option, if it has any), such an id for \"single\", a list of such ids for \"multi\"",
        ),
    ] {
        let given = night(changes);
        let open = assessment.first_open(&given).expect("open");
        assert_eq!(format!("{}: {}", open.question.id, open.error), reason);
        assert!(!assessment.judge(&given).complete);
    }
}

#[test]
fn a_limit_holds_at_the_question_that_it_names() {
    let assessment = sleep();
    let [hours, naps] = ["hours", "naps"].map(|id| assessment.question(id).expect("a question"));
    let limit = &assessment.limits[0];
    let over = night(json!({ "hours": 20, "naps": 5 }));
    assert_eq!(assessment.accept(hours, &over), Ok(()));
    assert_eq!(assessment.accept(naps, &over), Err(AnswerError::Refused(limit)));
    let full = night(json!({ "hours": 20, "naps": 4 }));
    assert_eq!(assessment.accept(naps, &full), Ok(()));
}

/// What is not accepted is left out of early answers: that can delay one, never make it wrong.
#[test]
fn a_limit_does_not_decide_anything_early() {
    let open = answers(json!({ "danger": ["none"], "hours": 24, "naps": 5 }));
    let judged = sleep();
    let judged = judged.judge(&open);
    assert_eq!(judged.outcome.map(|it| it.id.as_str()), Some("carry-on"));
}

#[test]
fn further_sentences_of_a_flag() {
    let assessment = sleep();
    let flag = &assessment.flags[1];
    let said = |changes| assessment.also(flag, &night(changes));
    assert_eq!(said(json!({ "habits": ["work", "coffee"] })), [true]);
    assert_eq!(said(json!({ "habits": ["work"] })), [false]);
    assert_eq!(said(json!({ "habits": ["none"] })), [false]);
}

#[test]
fn grades_and_the_questions_behind_a_criterion() {
    let assessment = sleep();
    assert_eq!([0, 1, 2, 3].map(|points| assessment.grade(points)), [0, 0, 1, 1].map(Some));
    assert_eq!(assessment.criteria[0].questions(), ["hours"]);
    assert_eq!(assessment.criteria[1].questions(), ["habits"]);
}
