//! Properties of any answers to the self-assessment, sensible or not.

#![expect(clippy::expect_used, reason = "a failed expectation fails the test")]

mod common;

use std::sync::LazyLock;

use guide_core::assessment::definition::{Kind, Question};
use guide_core::assessment::flow::{OpenQuestion, Progress};
use guide_core::assessment::{Answer, Answers, Assessment, Score};
use proptest::collection::{btree_map, vec};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{Index, select, subsequence};
use serde_json::{Value, json};

static ASSESSMENT: LazyLock<Assessment> = LazyLock::new(common::assessment);

/// Named here, not read from the file: a mark that gets lost there must not pass.
const EMERGENCIES: [&str; 7] =
    ["thunderclap", "neuro", "fever-neck", "injury", "seizure", "eye", "pregnant-severe"];

/// An acceptable answer to one question, or none where it may be left open.
fn answer(question: &'static Question) -> BoxedStrategy<Option<Answer>> {
    let ids = |exclusive: bool| -> Vec<String> {
        let options = question.options.iter().filter(|option| option.exclusive == exclusive);
        options.map(|option| option.id.clone()).collect()
    };
    let (free, alone) = (ids(false), ids(true));
    let given = match question.kind {
        Kind::Number => {
            let range = question.min.expect("min")..=question.max.expect("max");
            range.prop_map(Answer::Number).boxed()
        }
        Kind::Single => select(free).prop_map(Answer::Choice).boxed(),
        Kind::Multi => {
            let most = free.len();
            let several = subsequence(free, 1..=most).prop_shuffle();
            match alone.first() {
                Some(none) => prop_oneof![several, Just(vec![none.clone()])].boxed(),
                None => several.boxed(),
            }
            .prop_map(Answer::Choices)
            .boxed()
        }
    };
    if question.optional { option::of(given).boxed() } else { given.prop_map(Some).boxed() }
}

/// An acceptable answer to every question, also to those that would not be asked.
fn any_answers() -> impl Strategy<Value = Answers> {
    let all: Vec<_> = ASSESSMENT
        .questions
        .iter()
        .map(|question| answer(question).prop_map(move |answer| (question, answer)))
        .collect();
    all.prop_map(|all| {
        let mut answers = Answers::default();
        for (question, answer) in all {
            answers.set(&question.id, answer);
        }
        for limit in &ASSESSMENT.limits {
            let mut left = limit.at_most;
            for id in &limit.of {
                if let Some(Answer::Number(number)) = answers.get(id) {
                    let number = left.min(*number);
                    answers.set(id, Some(Answer::Number(number)));
                    left -= number;
                }
            }
        }
        answers
    })
}

/// The same, without an emergency.
fn scored_answers() -> impl Strategy<Value = Answers> {
    let calm: Vec<String> =
        ["new-over-50", "cancer-immune", "pattern-change", "positional"].map(String::from).into();
    let flagged = subsequence(calm, 1..=4).boxed();
    let signs = prop_oneof![3 => Just(vec!["none".to_owned()]).boxed(), 1 => flagged];
    (any_answers(), signs).prop_map(|(mut answers, signs)| {
        answers.set("red-flags", Some(Answer::Choices(signs)));
        answers
    })
}

/// The same answers, the options of each multi answer in another order.
fn shuffled(answers: Answers) -> impl Strategy<Value = Answers> {
    let entries: Vec<_> = ASSESSMENT
        .questions
        .iter()
        .filter_map(|question| Some((question.id.clone(), answers.get(&question.id)?.clone())))
        .map(|(question, answer)| {
            let answer = match answer {
                Answer::Choices(ids) => Just(ids).prop_shuffle().prop_map(Answer::Choices).boxed(),
                other => Just(other).boxed(),
            };
            answer.prop_map(move |answer| (question.clone(), answer))
        })
        .collect();
    entries.prop_map(collected)
}

/// Answers from questions and what was answered to them.
fn collected(entries: impl IntoIterator<Item = (String, Answer)>) -> Answers {
    let mut answers = Answers::default();
    for (question, answer) in entries {
        answers.set(&question, Some(answer));
    }
    answers
}

/// Ids that exist, anywhere, and ids that do not.
fn any_id() -> impl Strategy<Value = String> {
    let questions = ASSESSMENT.questions.iter();
    let known: Vec<String> = questions
        .flat_map(|question| {
            let options = question.options.iter().map(|option| option.id.clone());
            std::iter::once(question.id.clone()).chain(options)
        })
        .collect();
    prop_oneof![4 => select(known), 1 => any::<String>()]
}

/// Answers of any kind to questions of any name.
fn garbage() -> impl Strategy<Value = Answers> {
    let answer = prop_oneof![
        any::<u32>().prop_map(Answer::Number),
        (0_u32..100).prop_map(Answer::Number),
        any_id().prop_map(Answer::Choice),
        vec(any_id(), 0..6).prop_map(Answer::Choices),
    ];
    let question = {
        let known: Vec<String> = ASSESSMENT.questions.iter().map(|it| it.id.clone()).collect();
        prop_oneof![20 => select(known), 1 => any::<String>()]
    };
    vec((question, answer), 0..40).prop_map(collected)
}

/// Any JSON that may come in place of an answer.
fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        (0..100).prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any_id().prop_map(Value::from),
    ];
    leaf.prop_recursive(2, 8, 4, |inner| vec(inner, 0..4).prop_map(Value::from))
}

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
    let stopped = assessment.stop(answers).is_some();
    let open = assessment.first_open(answers).is_some();
    let written = json!(answers);
    let known = written.as_object().is_some_and(|answers| {
        answers.keys().all(|question| assessment.question(question).is_some())
    });
    match assessment.score(answers) {
        Ok(Score::Stopped { .. }) => prop_assert!(stopped),
        Ok(Score::Complete { .. }) => prop_assert!(!stopped && !open && known),
        Err(error) => {
            prop_assert!(!stopped && (open || !known), "{}", error);
        }
    }
    Ok(())
}

proptest! {
    // A failure prints its smallest case: keep that as a test of its own, not in a file.
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn complete_answers_score_and_the_total_is_the_sum(answers in scored_answers()) {
        let score = ASSESSMENT.score(&answers).expect("complete answers score");
        let written = json!(score);
        let Score::Complete { total, flags, outcome, .. } = score else {
            return Err(TestCaseError::fail("stopped without an emergency"));
        };
        let criteria = written["criteria"].as_object().expect("points by criterion");
        let points: Vec<u64> = criteria.values().filter_map(Value::as_u64).collect();
        prop_assert_eq!(points.len(), 5);
        prop_assert!(ASSESSMENT.criteria.iter().all(|it| criteria.contains_key(&it.id)));
        prop_assert!(points.iter().all(|points| (0..=4).contains(points)), "{:?}", criteria);
        prop_assert_eq!(u64::from(total), points.iter().sum::<u64>());
        let place = |id: &String| ASSESSMENT.flags.iter().position(|flag| flag.id == *id);
        prop_assert!(flags.iter().is_sorted_by(|one, next| place(one) < place(next)));
        let found = ASSESSMENT.outcome(&outcome).expect("the outcome is in the file");
        prop_assert!(!found.immediate);
    }

    #[test]
    fn an_added_emergency_always_gives_emergency(
        answers in prop_oneof![any_answers().boxed(), garbage().boxed()],
        emergency in select(EMERGENCIES.as_slice()),
        place in any::<Index>(),
    ) {
        let mut answers = answers;
        let mut signs = answers.get("red-flags").map_or_else(Vec::new, |it| it.choices().to_vec());
        signs.insert(place.index(signs.len() + 1), emergency.to_owned());
        answers.set("red-flags", Some(Answer::Choices(signs)));
        let expected = Score::Stopped { outcome: "emergency".to_owned() };
        prop_assert_eq!(ASSESSMENT.score(&answers), Ok(expected));
    }

    #[test]
    fn the_order_of_a_multi_answer_does_not_matter(
        (answers, reordered) in any_answers().prop_flat_map(|it| (Just(it.clone()), shuffled(it))),
    ) {
        prop_assert_eq!(ASSESSMENT.score(&answers), ASSESSMENT.score(&reordered));
        prop_assert_eq!(ASSESSMENT.first_open(&answers), ASSESSMENT.first_open(&reordered));
        for flag in &ASSESSMENT.flags {
            prop_assert_eq!(ASSESSMENT.also(flag, &answers), ASSESSMENT.also(flag, &reordered));
        }
    }

    #[test]
    fn an_answer_to_a_question_that_is_not_asked_does_not_matter(answers in scored_answers()) {
        let mut answers = answers;
        answers.set("acute-days", Some(Answer::Number(0)));
        let with = ASSESSMENT.score(&answers);
        prop_assert!(with.is_ok());
        answers.set("acute-kinds", None);
        prop_assert_eq!(&ASSESSMENT.score(&answers), &with);
        answers.set("acute-kinds", Some(Answer::Choices(vec!["no such option".to_owned()])));
        prop_assert_eq!(&ASSESSMENT.score(&answers), &with);
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
        prop_assert!(ASSESSMENT.score(&given).is_ok());
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
    let signs = ASSESSMENT.question("red-flags").expect("red-flags");
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
