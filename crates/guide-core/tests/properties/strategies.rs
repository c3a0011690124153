//! Answers of every kind.

use guide_core::assessment::definition::{Kind, Question};
use guide_core::assessment::{Answer, Answers};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use serde_json::{Value, json};

use super::ASSESSMENT;

/// An acceptable answer to one question.
fn answer(question: &'static Question) -> BoxedStrategy<Answer> {
    let ids = |exclusive: bool| -> Vec<String> {
        let options = question.options.iter().filter(|option| option.exclusive == exclusive);
        options.map(|option| option.id.clone()).collect()
    };
    let (free, alone) = (ids(false), ids(true));
    match question.kind {
        Kind::Number => {
            let range = question.min.expect("min")..=question.max.expect("max");
            let number = range.prop_map(Answer::Number);
            prop_oneof![4 => number, 1 => select(free).prop_map(Answer::Choice)].boxed()
        }
        Kind::Single => select(free).prop_map(Answer::Choice).boxed(),
        Kind::Multi => {
            let most = free.len();
            let several = subsequence(free, 1..=most).prop_shuffle();
            if alone.is_empty() {
                several.prop_map(Answer::Choices).boxed()
            } else {
                let one = select(alone).prop_map(|id| vec![id]);
                prop_oneof![several, one].prop_map(Answer::Choices).boxed()
            }
        }
    }
}

/// An acceptable answer to every question, also to those that would not be asked. With a `weight`, each is
/// so much more often that of somebody whom ketamine could be worth asking about than any.
fn answers_near_worth_asking(weight: u32) -> impl Strategy<Value = Answers> {
    let usual: Answers = serde_json::from_value(json!({
        "red-flags-now": ["none"], "red-flags-ever": ["none"], "diagnosis": "yes",
        "features": ["none"], "cautions": ["none"], "headache-days": 16, "pattern-months": "gt6",
        "bad-days": "8plus", "acute-days": 6, "acute-kinds": ["other"], "relief-works": "rarely",
        "preventives": "two", "procedures": "not-enough", "urgent-visits": "none",
        "mood": ["none"], "supervised": "yes", "plan": "unsure",
    }))
    .expect("answers");
    let all: Vec<_> = ASSESSMENT
        .questions
        .iter()
        .map(|question| {
            let usual = usual.get(&question.id).expect("an answer").clone();
            let answer = prop_oneof![weight => Just(usual), 1 => answer(question)];
            answer.prop_map(move |answer| (question.id.clone(), answer))
        })
        .collect();
    all.prop_map(|all| {
        let mut answers = collected(all);
        // Nobody has more bad days than headache days.
        let bad_days = ASSESSMENT.question("bad-days").expect("the question");
        if ASSESSMENT.accept(bad_days, &answers).is_err() {
            answers.set(&bad_days.id, Some(Answer::Choice("1to3".to_owned())));
        }
        answers
    })
}

/// An acceptable answer to every question.
pub fn any_answers() -> impl Strategy<Value = Answers> {
    prop_oneof![answers_near_worth_asking(0), answers_near_worth_asking(8)]
}

/// The same, without an emergency.
pub fn scored_answers() -> impl Strategy<Value = Answers> {
    any_answers().prop_map(|mut answers| {
        answers.set("red-flags-now", Some(Answer::Choices(vec!["none".to_owned()])));
        answers
    })
}

/// Some of these answers.
pub fn some_of(answers: Answers) -> impl Strategy<Value = Answers> {
    let ids: Vec<&'static str> = ASSESSMENT.questions.iter().map(|it| it.id.as_str()).collect();
    let most = ids.len();
    subsequence(ids, 0..=most).prop_map(move |ids| {
        let given =
            ids.into_iter().filter_map(|id| Some((id.to_owned(), answers.get(id)?.clone())));
        collected(given)
    })
}

/// The place of the outcome that complete answers come to.
pub fn place(answers: &Answers) -> usize {
    let judged = ASSESSMENT.judge(answers);
    let outcome = judged.outcome.expect("complete answers are decided");
    ASSESSMENT.outcomes.iter().position(|it| it.id == outcome.id).expect("it is in the file")
}

pub fn place_of(outcome: &str) -> usize {
    ASSESSMENT.outcomes.iter().position(|it| it.id == outcome).expect(outcome)
}

pub fn worth_asking(answers: &Answers) -> bool {
    place(answers) == place_of("worth-asking")
}

/// These answers, with one option of a multi question chosen as well.
pub fn with_option(answers: &Answers, question: &str, option: &str) -> Answers {
    let asked = ASSESSMENT.question(question).expect(question);
    let chosen = answers.get(question).map_or(&[][..], Answer::choices).iter();
    let kept = chosen.filter(|id| asked.option(id).is_some_and(|it| !it.exclusive));
    let mut ids: Vec<String> = kept.filter(|id| *id != option).cloned().collect();
    ids.push(option.to_owned());
    let mut answers = answers.clone();
    answers.set(question, Some(Answer::Choices(ids)));
    answers
}

/// The same answers, the options of each multi answer in another order.
pub fn shuffled(answers: Answers) -> impl Strategy<Value = Answers> {
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
pub fn any_id() -> impl Strategy<Value = String> {
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
pub fn garbage() -> impl Strategy<Value = Answers> {
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
pub fn any_json() -> impl Strategy<Value = Value> {
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
