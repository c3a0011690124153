//! Properties of any answers to the self-assessment, sensible or not.

#![expect(clippy::expect_used, reason = "a failed expectation fails the test")]

#[path = "../common/mod.rs"]
mod common;
mod strategies;

use std::sync::LazyLock;

use guide_core::assessment::definition::Kind;
use guide_core::assessment::flow::{OpenQuestion, Progress};
use guide_core::assessment::{Answer, Answers, Assessment, Judgement};
use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use proptest::sample::{Index, select};
use strategies::{
    any_answers, any_id, any_json, garbage, place, place_of, scored_answers, shuffled, some_of,
    with_option, worth_asking,
};

static ASSESSMENT: LazyLock<Assessment> = LazyLock::new(common::assessment);

/// Named here, not read from the file: a mark that gets lost there must not pass.
const EMERGENCIES: [&str; 7] =
    ["thunderclap", "neuro", "fever-neck", "injury", "seizure", "eye", "pregnant-severe"];
const WARNING_SIGNS: [&str; 12] = [
    "sudden-before",
    "neuro-before",
    "jaw-scalp",
    "new-over-50",
    "cancer-immune",
    "fever",
    "pregnancy-since",
    "injury-since",
    "changed",
    "strain",
    "posture",
    "new-medicine",
];
const CAUTIONS: [&str; 10] = [
    "bp-heart",
    "psychosis-mania",
    "pregnancy",
    "liver",
    "pressure",
    "substance",
    "sedatives",
    "bladder",
    "ketamine-reaction",
    "under-18",
];
/// From the question about headache days to that about urgent visits.
const MAY_BE_UNSURE: [&str; 9] = [
    "headache-days",
    "pattern-months",
    "bad-days",
    "acute-days",
    "acute-kinds",
    "relief-works",
    "preventives",
    "procedures",
    "urgent-visits",
];

/// Calls everything that takes answers.
fn exercise(answers: &Answers) -> Result<(), TestCaseError> {
    let assessment = &*ASSESSMENT;
    let asked = assessment.asked(answers);
    prop_assert!(asked.len() <= assessment.questions.len());
    prop_assert!(asked.is_sorted_by(|one, next| one.index < next.index));
    let relevant = assessment.relevant(answers);
    prop_assert_eq!(&assessment.relevant(&relevant), &relevant);
    for question in &assessment.questions {
        if let Err(error) = assessment.accept(question, answers) {
            prop_assert!(!error.to_string().is_empty());
        }
    }
    for flag in &assessment.flags {
        prop_assert_eq!(assessment.also(flag, answers).len(), flag.also.len());
    }
    let Judgement { complete, outcome, criteria, flags, because } = assessment.judge(answers);
    let stopped = assessment.stop(answers).is_some();
    prop_assert_eq!(complete, stopped || assessment.first_open(answers).is_none());
    prop_assert_eq!(stopped, outcome.is_some_and(|it| it.immediate));
    prop_assert!(outcome.is_some() || (!complete && because.is_empty()));
    if let Some(outcome) = outcome.filter(|it| !it.immediate) {
        prop_assert!(!because.is_empty(), "{} has no reason", outcome.id);
    }
    if stopped {
        prop_assert!(criteria.is_empty() && flags.is_empty() && because.is_empty());
    } else {
        prop_assert_eq!(criteria.len(), assessment.criteria.len());
    }
    for it in criteria {
        prop_assert!(it.low <= it.high && it.high <= 4, "{} of {}", it.high, it.criterion.id);
        prop_assert!(!complete || it.known().is_some());
        let looked_at = it.criterion.questions();
        prop_assert!(it.counted.iter().all(|id| looked_at.contains(id)));
        prop_assert_eq!(it.counted.is_empty(), it.low == 0, "{:?}", it.counted);
    }
    Ok(())
}

proptest! {
    // A failure prints its smallest case: keep that as a test of its own, not in a file.
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn complete_answers_are_decided(answers in scored_answers()) {
        let judged = ASSESSMENT.judge(&answers);
        prop_assert!(judged.complete);
        let place = |id: &String| ASSESSMENT.flags.iter().position(|flag| flag.id == *id);
        prop_assert!(judged.flags.iter().is_sorted_by(|one, next| place(&one.id) < place(&next.id)));
        prop_assert!(!judged.outcome.expect("decided").immediate);
        exercise(&answers)?;
    }

    #[test]
    fn an_added_warning_sign_or_caution_comes_first(
        answers in scored_answers(),
        sign in select(WARNING_SIGNS.as_slice()),
        caution in select(CAUTIONS.as_slice()),
    ) {
        let warned = with_option(&answers, "red-flags-ever", sign);
        prop_assert!(place(&warned) <= place_of("see-doctor-first"));
        let cautioned = with_option(&answers, "cautions", caution);
        prop_assert!(place(&cautioned) <= place_of("safety-first"));
    }

    #[test]
    fn willingness_moves_an_outcome_only_between_the_last_two(
        answers in scored_answers(),
        supervised in select(vec!["yes", "unsure", "no"]),
        plan in select(vec!["yes", "unsure", "no"]),
    ) {
        let mut willing = answers.clone();
        willing.set("supervised", Some(Answer::Choice(supervised.to_owned())));
        willing.set("plan", Some(Answer::Choice(plan.to_owned())));
        let (before, after) = (place(&answers), place(&willing));
        let last_two = place_of("worth-asking");
        prop_assert!(before == after || (before >= last_two && after >= last_two));
    }

    #[test]
    fn not_being_sure_never_makes_it_worth_asking(
        answers in scored_answers(),
        question in select(MAY_BE_UNSURE.as_slice()),
    ) {
        let mut unsure = answers.clone();
        let id = "unsure".to_owned();
        let kind = ASSESSMENT.question(question).expect(question).kind;
        let answer = if kind == Kind::Multi { Answer::Choices(vec![id]) } else { Answer::Choice(id) };
        unsure.set(question, Some(answer));
        prop_assert!(!worth_asking(&unsure) || worth_asking(&answers));
    }

    #[test]
    fn what_is_known_early_stays(
        (fewer, more, all) in any_answers().prop_flat_map(|all| {
            (some_of(all.clone()), Just(all)).prop_flat_map(|(more, all)| {
                (some_of(more.clone()), Just(more), Just(all))
            })
        }),
    ) {
        for (early, late) in [(&fewer, &more), (&more, &all)] {
            exercise(early)?;
            let (early, late) = (ASSESSMENT.judge(early), ASSESSMENT.judge(late));
            if early.outcome.is_some() {
                prop_assert_eq!(early.outcome, late.outcome);
            }
            // Nothing is scored once an answer stops the questions.
            if late.outcome.is_some_and(|it| it.immediate) {
                continue;
            }
            prop_assert!(early.flags.iter().all(|flag| late.flags.contains(flag)));
            prop_assert!(early.because.iter().all(|because| late.because.contains(because)));
            for (early, late) in early.criteria.iter().zip(&late.criteria) {
                prop_assert!(early.low <= late.low && late.high <= early.high);
            }
        }
    }

    #[test]
    fn an_added_emergency_always_gives_emergency(
        answers in prop_oneof![any_answers().boxed(), garbage().boxed()],
        emergency in select(EMERGENCIES.as_slice()),
        place in any::<Index>(),
    ) {
        let mut answers = answers;
        let before = answers.get("red-flags-now");
        let mut signs = before.map_or_else(Vec::new, |it| it.choices().to_vec());
        signs.insert(place.index(signs.len() + 1), emergency.to_owned());
        answers.set("red-flags-now", Some(Answer::Choices(signs)));
        let outcome = ASSESSMENT.judge(&answers).outcome.map(|it| it.id.as_str());
        prop_assert_eq!(outcome, Some("emergency"));
    }

    #[test]
    fn the_order_of_a_multi_answer_does_not_matter(
        (answers, reordered) in any_answers().prop_flat_map(|it| (Just(it.clone()), shuffled(it))),
    ) {
        prop_assert_eq!(ASSESSMENT.judge(&answers), ASSESSMENT.judge(&reordered));
        prop_assert_eq!(ASSESSMENT.first_open(&answers), ASSESSMENT.first_open(&reordered));
        for flag in &ASSESSMENT.flags {
            prop_assert_eq!(ASSESSMENT.also(flag, &answers), ASSESSMENT.also(flag, &reordered));
        }
    }

    #[test]
    fn an_answer_to_a_question_that_is_not_asked_does_not_matter(answers in scored_answers()) {
        let mut answers = answers;
        answers.set("acute-days", Some(Answer::Number(0)));
        let with = ASSESSMENT.judge(&answers);
        prop_assert!(with.complete);
        answers.set("acute-kinds", None);
        prop_assert_eq!(&ASSESSMENT.judge(&answers), &with);
        answers.set("acute-kinds", Some(Answer::Choices(vec!["no such option".to_owned()])));
        prop_assert_eq!(&ASSESSMENT.judge(&answers), &with);
    }

    #[test]
    fn answering_what_is_open_comes_to_an_end(
        answers in any_answers(),
        early in vec(any::<Index>(), 0..8),
    ) {
        let mut given = Answers::default();
        for index in early {
            let question = index.get(&ASSESSMENT.questions);
            given.set(&question.id, answers.get(&question.id).cloned());
        }
        let mut steps = 0;
        while ASSESSMENT.stop(&given).is_none() {
            let Some(OpenQuestion { index, question, .. }) = ASSESSMENT.first_open(&given) else {
                break;
            };
            prop_assert!(ASSESSMENT.asked(&given).iter().any(|asked| asked.index == index));
            let Progress { step, of } = ASSESSMENT.progress(&given, index);
            prop_assert!((1..=of).contains(&step));
            prop_assert!(ASSESSMENT.asked(&answers).len() <= of, "{:?}", given);
            given.set(&question.id, answers.get(&question.id).cloned());
            prop_assert!(ASSESSMENT.accept(question, &given).is_ok(), "{}", question.id);
            steps += 1;
            prop_assert!(steps <= ASSESSMENT.questions.len(), "{:?}", given);
        }
        prop_assert!(ASSESSMENT.judge(&given).complete);
    }

    #[test]
    fn no_answers_panic(answers in garbage()) {
        exercise(&answers)?;
    }

    #[test]
    fn no_acceptable_answers_panic(answers in any_answers()) {
        exercise(&answers)?;
    }

    #[test]
    fn no_nearly_acceptable_answers_panic(
        answers in any_answers(),
        more in garbage(),
        lost in vec(any::<Index>(), 0..3),
    ) {
        let mut mixed = answers;
        for index in lost {
            mixed.set(&index.get(&ASSESSMENT.questions).id, None);
        }
        for question in ASSESSMENT.questions.iter().filter(|it| more.get(&it.id).is_some()).take(2) {
            mixed.set(&question.id, more.get(&question.id).cloned());
        }
        exercise(&mixed)?;
    }

    #[test]
    fn no_json_panics(entries in btree_map(any_id(), any_json(), 0..5)) {
        let entries: serde_json::Map<_, _> = entries.into_iter().collect();
        if let Ok(answers) = serde_json::from_value::<Answers>(entries.into()) {
            exercise(&answers)?;
        }
    }

    #[test]
    fn no_entries_of_a_form_panic(entries in vec(any::<String>(), 0..4)) {
        for question in &ASSESSMENT.questions {
            if let Ok(Some(answer)) = question.read(&entries) {
                let _ = question.allows(Some(&answer));
            }
        }
    }
}

/// Every emergency of the specification stops, alone and at once; nothing else does.
#[test]
fn emergencies_and_nothing_else_stop() {
    let signs = ASSESSMENT.question("red-flags-now").expect("the question");
    for option in &signs.options {
        let mut answers = Answers::default();
        answers.set(&signs.id, Some(Answer::Choices(vec![option.id.clone()])));
        let stop = ASSESSMENT.stop(&answers).map(|outcome| outcome.id.as_str());
        let expected = EMERGENCIES.contains(&option.id.as_str()).then_some("emergency");
        assert_eq!(stop, expected, "{}", option.id);
    }
    let here = |id: &&str| signs.option(id).is_some();
    assert!(EMERGENCIES.iter().all(here), "an emergency is not asked about any more");
}
