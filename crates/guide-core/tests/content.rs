//! Parts of the self-assessment that its specification fixes and the vectors do not reach.

#![expect(clippy::expect_used, reason = "a failed expectation fails the test")]

mod common;

use std::fmt::Write as _;
use std::sync::LazyLock;

use guide_core::assessment::definition::{Kind, Offer, Question};
use guide_core::assessment::flow::Progress;
use guide_core::assessment::{Answers, Assessment};
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
            "red-flags-now: multi thunderclap(emergency) neuro(emergency) fever-neck(emergency) \
             injury(emergency) seizure(emergency) eye(emergency) pregnant-severe(emergency) ∅none",
            "red-flags-ever: multi sudden-before(prompt) neuro-before(prompt) jaw-scalp(prompt) \
             new-over-50(prompt) cancer-immune(prompt) fever(prompt) pregnancy-since(prompt) \
             injury-since(prompt) changed(prompt) strain(prompt) posture(prompt) \
             new-medicine(prompt) ∅none",
            "diagnosis: single yes no unsure",
            "features: multi nausea light-sound one-side throbbing movement aura ∅none",
            "cautions: multi bp-heart psychosis-mania pregnancy liver pressure substance sedatives \
             bladder ketamine-reaction under-18 ∅none ∅decline",
            "headache-days: number 0–31 unsure=5",
            "pattern-months: single lt3 3to6 gt6 unsure",
            "bad-days: single none 1to3 4to7 8plus unsure",
            "acute-days: number 0–31 unsure=10",
            "acute-kinds: multi simple triptan caffeine butalbital opioid other unsure",
            "relief-works: single mostly sometimes rarely unsure",
            "preventives: single none-tried helps one two three-plus unsure",
            "procedures: single not-tried helps not-enough unsure",
            "urgent-visits: single none one two-plus unsure",
            "mood: multi low worry sleep withdrawn diagnosed cannot-go-on(crisis) ∅none ∅decline",
            "supervised: single yes=4 unsure=2 no=0",
            "plan: single yes=4 unsure=2 no=0",
        ]
    );
    assert!(!ASSESSMENT.questions.iter().any(|question| question.shown));
}

#[test]
fn flags_and_reasons_are_in_the_order_of_the_specification() {
    let flags = ASSESSMENT.flags.iter().map(|flag| flag.id.as_str());
    assert_eq!(
        flags.collect::<Vec<_>>(),
        [
            "crisis-support",
            "prompt-check",
            "no-diagnosis",
            "cautions",
            "cautions-unknown",
            "overuse-risk",
            "relief-often",
            "alone-at-home",
            "recent-increase",
            "options-left",
            "count-days",
            "chronic-pattern",
            "mood-support",
        ]
    );
    let at_once = ASSESSMENT.flags.iter().filter(|flag| flag.at_once);
    assert_eq!(at_once.map(|it| it.id.as_str()).collect::<Vec<_>>(), ["crisis-support"]);
    let because = ASSESSMENT.outcomes.iter().map(|outcome| {
        let ids: Vec<&str> = outcome.because.iter().map(|it| it.id.as_str()).collect();
        ids.join(" ")
    });
    assert_eq!(
        because.collect::<Vec<_>>(),
        [
            "",
            "warning-sign not-told told-unsure",
            "caution",
            "simple triptan caffeine butalbital opioid kind-unsure days-unsure",
            "preventive-untried preventive-unsure procedure-untried procedure-unsure \
             preventive-helps procedure-helps few-days low-burden burden-unsure",
            "failed-many frequent bad-days supervised plan",
            "failed-some one-preventive procedure-untried procedure-unsure less-frequent recent \
             duration-unsure days-unsure no-supervision no-plan not-said",
        ]
    );
}

/// Who should call today, and who should call 911 at once.
#[test]
fn each_warning_sign_says_how_soon() {
    let signs = ASSESSMENT.question("red-flags-ever").expect("the question");
    let says = |words: &str| -> Vec<&str> {
        let advises = |it: &&guide_core::assessment::definition::Choice| {
            it.advice.as_ref().is_some_and(|advice| advice.contains(words))
        };
        signs.options.iter().filter(advises).map(|it| it.id.as_str()).collect()
    };
    let today = [
        "sudden-before",
        "neuro-before",
        "jaw-scalp",
        "cancer-immune",
        "fever",
        "pregnancy-since",
        "injury-since",
    ];
    assert_eq!(says(" today."), today);
    assert_eq!(says("If nobody answers, go to urgent care."), today);
    assert_eq!(says("call 911"), ["sudden-before", "neuro-before", "jaw-scalp"]);
    assert_eq!(says("cost your sight"), ["jaw-scalp"]);
}

#[test]
fn more_bad_days_than_headache_days_are_not_accepted() {
    let accepted = |days: Value, bad: &str| {
        let answers = person(json!({ "headache-days": days, "bad-days": bad }));
        let bad_days = ASSESSMENT.question("bad-days").expect("the question");
        ASSESSMENT.accept(bad_days, &answers).is_ok()
    };
    for (days, bad, expected) in [
        (json!(3), "4to7", false),
        (json!(4), "4to7", true),
        (json!(7), "8plus", false),
        (json!(8), "8plus", true),
        (json!("unsure"), "8plus", true),
        (json!("unsure"), "4to7", true),
        (json!(1), "1to3", true),
        (json!(1), "unsure", true),
    ] {
        assert_eq!(accepted(days.clone(), bad), expected, "{days} {bad}");
    }
    // Changed later: the question is open again.
    let changed = person(json!({ "headache-days": 5, "bad-days": "8plus" }));
    let open = ASSESSMENT.first_open(&changed).map(|open| open.question.id.as_str());
    assert_eq!(open, Some("bad-days"));
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
        ["not by your answers", "fits in part", "fits in part", "fits", "fits"]
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
            ("safety-first", Offer::Second),
            ("relief-medicine-first", Offer::Second),
            ("other-options-first", Offer::Second),
            ("worth-asking", Offer::First),
            ("could-discuss", Offer::First),
        ]
    );
    let emergency: Vec<&str> =
        ASSESSMENT.outcomes[0].calls.iter().map(|call| call.tel.as_str()).collect();
    // 988 stands beneath, with the support that every result names.
    assert_eq!(emergency, ["911"]);
    // It can be called and texted.
    let support = ASSESSMENT.support.calls.iter().map(|it| (it.tel.as_str(), it.sms));
    assert_eq!(support.collect::<Vec<_>>(), [("988", false), ("988", true)]);
    assert!(ASSESSMENT.support.text.contains("call or text 988"));
}

/// Somebody with few headaches and nothing to raise a flag, with these answers changed.
fn person(changes: Value) -> Answers {
    let mut answers = json!({
        "red-flags-now": ["none"], "red-flags-ever": ["none"], "diagnosis": "yes",
        "cautions": ["none"], "headache-days": 4, "bad-days": "1to3", "acute-days": 0,
        "preventives": "three-plus", "procedures": "not-enough", "urgent-visits": "none",
        "mood": ["none"], "supervised": "yes", "plan": "yes",
    });
    let (all, changes) = (answers.as_object_mut(), changes.as_object().cloned());
    all.expect("answers").extend(changes.expect("changed answers"));
    serde_json::from_value(answers).expect("answers")
}

fn flags(changes: Value) -> Vec<String> {
    let answers = person(changes);
    let judged = ASSESSMENT.judge(&answers);
    judged.flags.iter().map(|flag| flag.id.clone()).collect()
}

#[test]
fn every_prompt_raises_its_flag() {
    assert!(flags(json!({})).is_empty());
    let signs = ASSESSMENT.question("red-flags-ever").expect("the question");
    for sign in signs.options.iter().filter(|sign| !sign.exclusive) {
        assert_eq!(flags(json!({ "red-flags-ever": [sign.id] })), ["prompt-check"], "{}", sign.id);
    }
}

#[test]
fn overuse_depends_on_days_and_kinds() {
    let raised = |headache: u32, acute: u32, kinds: &[&str]| {
        let answers = json!({
            "headache-days": headache, "pattern-months": "gt6", "acute-days": acute,
            "acute-kinds": kinds,
        });
        flags(answers).contains(&"overuse-risk".to_owned())
    };
    for kind in ["triptan", "caffeine", "butalbital", "opioid", "unsure"] {
        assert!(raised(15, 10, &[kind]), "{kind}");
        assert!(!raised(15, 9, &[kind]), "{kind}");
        assert!(!raised(14, 14, &[kind]), "{kind}");
        assert!(raised(14, 15, &[kind]), "{kind}");
        assert!(raised(31, 10, &["simple", kind, "other"]), "{kind}");
    }
    assert!(raised(15, 15, &["simple"]));
    assert!(!raised(15, 14, &["simple"]));
    assert!(!raised(31, 31, &["other"]));
}

#[test]
fn stopping_suddenly_is_warned_of_only_where_it_harms() {
    let flag = ASSESSMENT.flags.iter().find(|flag| flag.id == "overuse-risk").expect("the flag");
    for (kind, said) in [
        ("simple", false),
        ("triptan", false),
        ("caffeine", false),
        ("butalbital", true),
        ("opioid", true),
        ("unsure", true),
    ] {
        let answers = person(json!({
            "headache-days": 15, "pattern-months": "gt6", "acute-days": 15, "acute-kinds": [kind],
        }));
        assert_eq!(ASSESSMENT.also(flag, &answers), [said], "{kind}");
    }
}

#[test]
fn only_what_an_earlier_answer_makes_useful_is_asked() {
    let asked = |changes: Value, id: &str| {
        let answers = person(changes);
        ASSESSMENT.asked(&answers).iter().any(|it| it.question.id == id)
    };
    for (changes, id, expected) in [
        (json!({}), "features", false),
        (json!({ "diagnosis": "no" }), "features", true),
        (json!({ "diagnosis": "unsure" }), "features", true),
        (json!({ "headache-days": 14 }), "pattern-months", false),
        (json!({ "headache-days": 15 }), "pattern-months", true),
        (json!({ "headache-days": "unsure" }), "pattern-months", false),
        (json!({ "headache-days": 0 }), "bad-days", false),
        (json!({ "headache-days": 1 }), "bad-days", true),
        (json!({ "headache-days": "unsure" }), "bad-days", true),
        (json!({ "acute-days": 0 }), "relief-works", false),
        (json!({ "acute-days": "unsure" }), "relief-works", true),
        (json!({ "acute-days": 14 }), "acute-kinds", false),
        (json!({ "acute-days": 15 }), "acute-kinds", true),
        (json!({ "acute-days": 9, "headache-days": 15 }), "acute-kinds", false),
        (json!({ "acute-days": 10, "headache-days": 15 }), "acute-kinds", true),
        (json!({ "acute-days": "unsure", "headache-days": "unsure" }), "acute-kinds", true),
        (json!({ "acute-days": "unsure", "headache-days": 14 }), "acute-kinds", false),
    ] {
        assert_eq!(asked(changes.clone(), id), expected, "{id} {changes}");
    }
}

#[test]
fn a_question_that_may_yet_be_asked_counts_until_it_is_known_not_to_be() {
    let first_of = |of| Progress { step: 1, of };
    assert_eq!(ASSESSMENT.progress(&Answers::default(), 0), first_of(17));
    // 12 that everybody is asked, and the days that headache takes.
    assert_eq!(ASSESSMENT.progress(&person(json!({})), 0), first_of(13));
    // With a diagnosis 14 at most; many headache days and frequent relief medicine add one each.
    let relief = json!({ "acute-days": 14, "relief-works": "mostly" });
    assert_eq!(ASSESSMENT.progress(&person(relief), 0), first_of(14));
    let most = json!({ "diagnosis": "no", "headache-days": 31, "acute-days": 31 });
    assert_eq!(ASSESSMENT.progress(&person(most), 0), first_of(17));
}

#[test]
fn a_step_is_the_same_for_those_who_are_asked_less() {
    let step = |id: &str| {
        let index = ASSESSMENT.questions.iter().position(|it| it.id == id).expect(id);
        ASSESSMENT.shared_step(index)
    };
    let nth = |step| Progress { step, of: 12 };
    assert_eq!(step("red-flags-now"), nth(1));
    // Asked of some: to others the next question is shown instead.
    assert_eq!(step("features"), nth(4));
    assert_eq!(step("cautions"), nth(4));
    assert_eq!(step("plan"), nth(12));
    // An emergency at the last question is no further step.
    assert_eq!(ASSESSMENT.shared_step(ASSESSMENT.questions.len()), nth(12));
}

#[test]
fn features_are_listed_for_the_doctor_without_a_verdict() {
    let flag = ASSESSMENT.flags.iter().find(|flag| flag.id == "no-diagnosis").expect("the flag");
    assert_eq!(flag.lists.as_deref(), Some("features"));
    for (features, said) in [(json!(["none"]), false), (json!(["nausea"]), true)] {
        let answers = person(json!({ "diagnosis": "unsure", "features": features }));
        assert_eq!(ASSESSMENT.also(flag, &answers), [said], "{features}");
    }
}

#[test]
fn what_was_chosen_is_named_under_warning_signs_and_cautions() {
    let lists = ASSESSMENT.flags.iter().filter_map(|flag| {
        flag.lists.as_ref().map(|question| (flag.id.as_str(), question.as_str()))
    });
    let expected = [
        ("prompt-check", "red-flags-ever"),
        ("no-diagnosis", "features"),
        ("cautions", "cautions"),
    ];
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
