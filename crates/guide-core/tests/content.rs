//! Parts of the self-assessment that its specification fixes and the vectors do not reach.

#![expect(clippy::expect_used, reason = "a failed expectation fails the test")]

mod common;

use std::fmt::Write as _;
use std::sync::LazyLock;

use guide_core::assessment::definition::{Kind, Offer, Question};
use guide_core::assessment::flow::Progress;
use guide_core::assessment::{Answers, Assessment, Score};
use serde_json::{Value, json};

static ASSESSMENT: LazyLock<Assessment> = LazyLock::new(common::assessment);

/// One question as the specification's table has it: id, kind, range or options; of an option its
/// mark, its points where they count, and `∅` where it excludes the others.
fn row(question: &Question) -> String {
    let Question { id, kind, min, max, options, .. } = question;
    let mut row = format!("{id}:");
    match kind {
        Kind::Number => write!(row, " number {}–{}", min.expect("min"), max.expect("max")),
        Kind::Single => write!(row, " single"),
        Kind::Multi => write!(row, " multi"),
    }
    .expect("a text takes everything");
    if question.optional {
        row += " optional";
    }
    let scored = options.iter().any(|option| option.points() > 0);
    for option in options {
        row += if option.exclusive { " ∅" } else { " " };
        row += &option.id;
        if let Some(mark) = &option.mark {
            row += &format!("({mark})");
        }
        if scored {
            row += &format!("={}", option.points());
        }
    }
    row
}

#[test]
fn the_questions_are_those_of_the_specification() {
    let rows: Vec<String> = ASSESSMENT.questions.iter().map(row).collect();
    assert_eq!(
        rows,
        [
            "red-flags: multi thunderclap(emergency) neuro(emergency) fever-neck(emergency) \
             injury(emergency) seizure(emergency) eye(emergency) pregnant-severe(emergency) \
             new-over-50(prompt) cancer-immune(prompt) pattern-change(prompt) positional(prompt) \
             ∅none",
            "diagnosis: single yes no unsure",
            "features: multi nausea light-sound limits ∅none",
            "headache-days: number 0–31",
            "pattern-months: single lt3 3to6 gt6",
            "days-lost: number 0–92",
            "days-reduced: number 0–92",
            "severity: number 0–10",
            "preventives: single none-tried helps one two three-plus",
            "procedures: single not-tried helps not-enough",
            "rescue: single mostly half rarely none-taken",
            "acute-days: number 0–31",
            "acute-kinds: multi simple triptan combination opioid other unsure",
            "urgent-visits: single none one two three-plus",
            "low-mood: single never=0 some=1 most=2 daily=3",
            "worry: single never=0 some=1 most=2 daily=3",
            "sleep: single never=0 some=1 most=2 daily=3",
            "conditions: multi depression anxiety ptsd other-pain ∅none",
            "supervised: single yes=4 unsure=2 no=0",
            "plan: single yes=4 unsure=2 no=0",
            "cautions: multi optional bp-heart psychosis-mania pregnancy liver pressure substance \
             bladder ketamine-reaction ∅none",
        ]
    );
    let shown = ASSESSMENT.questions.iter().filter(|question| question.shown);
    assert_eq!(shown.map(|it| it.id.as_str()).collect::<Vec<_>>(), ["severity"]);
}

#[test]
fn the_days_of_three_months_are_limited() {
    let limits = ASSESSMENT.limits.iter().map(|limit| (limit.of.join(" + "), limit.at_most));
    assert_eq!(limits.collect::<Vec<_>>(), [("days-lost + days-reduced".to_owned(), 92)]);
}

#[test]
fn criteria_have_four_points_and_three_grades() {
    let criteria = ASSESSMENT.criteria.iter().map(|it| (it.id.as_str(), it.max));
    assert_eq!(
        criteria.collect::<Vec<_>>(),
        [
            ("frequent-disabling", 4),
            ("treatments-failed", 4),
            ("mood-affected", 4),
            ("supervision", 4),
            ("open-to-plan", 4),
        ]
    );
    assert_eq!(
        [0, 1, 2, 3, 4].map(|points| {
            let grade = ASSESSMENT.grade(points).expect("a grade");
            ASSESSMENT.grades[grade].name.as_str()
        }),
        ["does not fit", "does not fit", "fits in part", "fits", "fits"]
    );
}

#[test]
fn outcomes_offer_an_appointment_as_the_specification_says() {
    let outcomes = ASSESSMENT.outcomes.iter().map(|it| (it.id.as_str(), it.appointment));
    assert_eq!(
        outcomes.collect::<Vec<_>>(),
        [
            ("emergency", Offer::None),
            ("see-doctor-first", Offer::Second),
            ("other-options-first", Offer::Second),
            ("worth-asking", Offer::First),
            ("could-discuss", Offer::First),
        ]
    );
    let emergency: Vec<&str> =
        ASSESSMENT.outcomes[0].calls.iter().map(|call| call.tel.as_str()).collect();
    // 988 stands beneath, with the support that every result names.
    assert_eq!(emergency, ["911"]);
    let support: Vec<&str> = ASSESSMENT.support.calls.iter().map(|it| it.tel.as_str()).collect();
    assert_eq!(support, ["988"]);
    assert!(ASSESSMENT.support.text.contains("call or text 988"));
}

/// Somebody with few headaches and nothing to raise a flag, with these answers changed.
fn person(changes: Value) -> Answers {
    let mut answers = json!({
        "red-flags": ["none"], "diagnosis": "yes", "features": ["none"], "headache-days": 4,
        "pattern-months": "gt6", "days-lost": 0, "days-reduced": 0, "severity": 5,
        "preventives": "one", "procedures": "not-tried", "rescue": "mostly", "acute-days": 0,
        "urgent-visits": "none", "low-mood": "never", "worry": "never", "sleep": "never",
        "conditions": ["none"], "supervised": "yes", "plan": "yes", "cautions": ["none"],
    });
    let (all, changes) = (answers.as_object_mut(), changes.as_object().cloned());
    all.expect("answers").extend(changes.expect("changed answers"));
    serde_json::from_value(answers).expect("answers")
}

fn flags(changes: Value) -> Vec<String> {
    match ASSESSMENT.score(&person(changes)) {
        Ok(Score::Complete { flags, .. }) => flags,
        other => vec![format!("{other:?}")],
    }
}

#[test]
fn every_prompt_raises_the_first_flag() {
    assert!(flags(json!({})).is_empty());
    for sign in ["new-over-50", "cancer-immune", "pattern-change", "positional"] {
        assert_eq!(flags(json!({ "red-flags": [sign] })), ["prompt-check"], "{sign}");
    }
}

#[test]
fn overuse_depends_on_days_and_kinds() {
    let raised = |headache: u32, acute: u32, kinds: &[&str]| {
        let answers = json!({
            "headache-days": headache, "pattern-months": "lt3", "acute-days": acute,
            "acute-kinds": kinds,
        });
        flags(answers).contains(&"overuse-risk".to_owned())
    };
    for kind in ["triptan", "combination", "opioid", "unsure"] {
        assert!(raised(15, 10, &[kind]), "{kind}");
        assert!(!raised(15, 9, &[kind]), "{kind}");
        assert!(!raised(14, 31, &[kind]), "{kind}");
        assert!(raised(31, 10, &["simple", kind, "other"]), "{kind}");
    }
    for kind in ["simple", "other"] {
        assert!(raised(15, 15, &[kind]), "{kind}");
        assert!(!raised(15, 14, &[kind]), "{kind}");
        assert!(!raised(14, 15, &[kind]), "{kind}");
    }
}

#[test]
fn relief_medicines_are_asked_about_from_one_day_on() {
    let asked = |days: u32| {
        let answers = person(json!({ "acute-days": days }));
        ASSESSMENT.asked(&answers).iter().any(|it| it.question.id == "acute-kinds")
    };
    assert!(!asked(0));
    assert!(asked(1));
}

#[test]
fn a_question_that_may_yet_be_asked_counts_until_it_is_known_not_to_be() {
    let first_of = |of| Progress { step: 1, of };
    assert_eq!(ASSESSMENT.progress(&Answers::default(), 0), first_of(21));
    assert_eq!(ASSESSMENT.progress(&person(json!({ "acute-days": 0 })), 0), first_of(20));
    assert_eq!(ASSESSMENT.progress(&person(json!({ "acute-days": 1 })), 0), first_of(21));
}

#[test]
fn a_step_is_the_same_for_those_who_are_asked_less() {
    let step = |id: &str| {
        let index = ASSESSMENT.questions.iter().position(|it| it.id == id).expect(id);
        ASSESSMENT.shared_step(index)
    };
    let nth = |step| Progress { step, of: 20 };
    assert_eq!(step("red-flags"), nth(1));
    assert_eq!(step("acute-days"), nth(12));
    // Asked of some: to others the next question is shown instead.
    assert_eq!(step("acute-kinds"), nth(13));
    assert_eq!(step("urgent-visits"), nth(13));
    assert_eq!(step("cautions"), nth(20));
    // An emergency at the last question is no further step.
    assert_eq!(ASSESSMENT.shared_step(ASSESSMENT.questions.len()), nth(20));
}

#[test]
fn two_features_are_said_to_be_common_in_migraine() {
    let flag = ASSESSMENT.flags.iter().find(|flag| flag.id == "no-diagnosis").expect("the flag");
    for (features, said) in [
        (json!(["none"]), false),
        (json!(["limits"]), false),
        (json!(["nausea", "light-sound"]), true),
        (json!(["nausea", "light-sound", "limits"]), true),
    ] {
        let answers = person(json!({ "diagnosis": "unsure", "features": features }));
        assert_eq!(ASSESSMENT.also(flag, &answers), [said], "{features}");
    }
}

#[test]
fn what_was_chosen_is_named_under_warning_signs_and_cautions() {
    let lists = ASSESSMENT.flags.iter().filter_map(|flag| {
        flag.lists.as_ref().map(|question| (flag.id.as_str(), question.as_str()))
    });
    let expected = [("prompt-check", "red-flags"), ("cautions", "cautions")];
    assert_eq!(lists.collect::<Vec<_>>(), expected);
}

/// The screens are rendered beforehand, so the browser needs no words, only what scoring needs.
#[test]
fn no_sentence_travels_to_the_browser() {
    let json = json!(*ASSESSMENT);
    let mut texts = Vec::new();
    collect_texts(&json, &mut texts);
    let sentences: Vec<_> = texts.iter().filter(|text| text.contains(' ')).collect();
    assert!(sentences.is_empty(), "{sentences:?}");
    for question in &ASSESSMENT.questions {
        assert!(texts.contains(&question.id), "{} is missing", question.id);
        assert!(question.options.iter().all(|option| texts.contains(&option.id)));
    }
}

fn collect_texts(json: &Value, texts: &mut Vec<String>) {
    match json {
        Value::String(text) => texts.push(text.clone()),
        Value::Array(values) => values.iter().for_each(|value| collect_texts(value, texts)),
        Value::Object(members) => members.values().for_each(|it| collect_texts(it, texts)),
        _ => {}
    }
}

/// Words that no page may say of ketamine, of a reader or of this assessment.
#[test]
fn nothing_is_promised() {
    let said = common::TEXT.to_lowercase();
    let words: Vec<&str> = said.split(|c: char| !c.is_alphanumeric() && c != '-').collect();
    for word in [
        "candidate",
        "cure",
        "cures",
        "guaranteed",
        "hipaa-compliant",
        "non-addictive",
        "proven",
        "safe",
        "safely",
        "validated",
    ] {
        assert!(!words.contains(&word), "the content says \"{word}\"");
    }
}
