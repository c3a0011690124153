//! Answers to the self-assessment, and the ways in which a person gives them.

use std::sync::LazyLock;

use serde_json::json;

use super::person::Person;
use super::site::assessment;

/// One answer, chosen or typed.
#[derive(Clone, Copy)]
pub enum Given {
    /// The option of a single question.
    One(&'static str),
    /// The options of a multi question.
    Several(&'static [&'static str]),
    /// Digits.
    Number(&'static str),
}

use Given::{Number, One, Several};

/// Answers that come to "worth asking about", to the questions that are asked then.
pub const ANSWERS: [(&str, Given); 15] = [
    ("red-flags-now", Several(&["none"])),
    ("red-flags-ever", Several(&["none"])),
    ("diagnosis", One("yes")),
    ("cautions", Several(&["none"])),
    ("headache-days", Number("20")),
    ("pattern-months", One("gt6")),
    ("bad-days", One("8plus")),
    ("acute-days", Number("6")),
    ("relief-works", One("rarely")),
    ("preventives", One("three-plus")),
    ("procedures", One("not-enough")),
    ("urgent-visits", One("none")),
    ("mood", Several(&["none"])),
    ("supervised", One("yes")),
    ("plan", One("yes")),
];

/// Returns those answers with other ones to these questions, in the order of the questions.
pub fn with(given: &[(&'static str, Given)]) -> Vec<(&'static str, Given)> {
    let mut all: Vec<(&'static str, Given)> = given.to_vec();
    all.extend(ANSWERS.iter().filter(|(id, _)| given.iter().all(|(other, _)| other != id)));
    all.sort_by_key(|(id, _)| index_of(id));
    all
}

/// The index of a question in the definition.
pub fn index_of(question: &str) -> usize {
    static IDS: LazyLock<Vec<String>> =
        LazyLock::new(|| assessment().questions.into_iter().map(|it| it.id).collect());
    IDS.iter().position(|id| id == question).expect(question)
}

impl Given {
    /// Answers the question that is shown with Tab, arrows, Space and digits.
    pub async fn by_keyboard(self, person: &Person, question: &str) {
        let name = format!("answer-{question}");
        match self {
            One(option) => person.picks(&name, option).await,
            Several(options) => {
                for option in options {
                    person.chooses(&format!("input[name='{name}'][value='{option}']")).await;
                }
            }
            Number(digits) => {
                person.tabs_to(&format!("#{name}")).await;
                person.types(digits).await;
            }
        }
    }

    /// The values of its controls.
    fn values(self) -> Vec<&'static str> {
        match self {
            One(value) | Number(value) => vec![value],
            Several(values) => values.to_vec(),
        }
    }

    /// Answers the question that is shown with taps; digits come from the phone's keyboard.
    pub async fn by_touch(self, person: &Person, question: &str) {
        match self {
            One(option) => person.taps(&label(question, option)).await,
            Several(options) => {
                for option in options {
                    person.taps(&label(question, option)).await;
                }
            }
            Number(digits) => {
                person.taps(&format!("#answer-{question}")).await;
                person.types(digits).await;
            }
        }
    }
}

/// Starts, and answers every question by keyboard; ends at "Check your answers".
pub async fn answer_all(person: &Person) {
    person.follows("[data-action=start]").await;
    person.waits_for_focus("assessment-question-0-heading").await;
    // A question that may yet be asked is counted.
    assert_eq!(person.sees("#assessment-progress-text").await, "Question 1 of 17");
    answer(person, &ANSWERS).await;
}

/// Starts, and answers three questions; the one about cautions is shown.
pub async fn answer_three(person: &Person) {
    person.follows("[data-action=start]").await;
    answer(person, &ANSWERS[..3]).await;
    person.waits_for_focus("assessment-question-4-heading").await;
}

/// Answers these questions in turn, by keyboard.
pub async fn answer(person: &Person, given: &[(&str, Given)]) {
    for (question, given) in given {
        let index = index_of(question);
        person.waits_for_focus(&format!("assessment-question-{index}-heading")).await;
        given.by_keyboard(person, question).await;
        continue_from(person, index).await;
    }
}

/// Answers these questions in turn at once, by a script: for a journey about something else.
pub async fn answer_at_once(person: &Person, given: &[(&str, Given)]) {
    let first = index_of(given[0].0);
    person.waits_for_focus(&format!("assessment-question-{first}-heading")).await;
    let given: Vec<_> = given.iter().map(|(question, given)| (question, given.values())).collect();
    person.calls(include_str!("../scripts/answer.js"), &json!([given])).await;
}

/// Starts, and answers every question at once; ends at "Check your answers".
pub async fn answer_all_at_once(person: &Person) {
    person.follows("[data-action=start]").await;
    answer_at_once(person, &ANSWERS).await;
    person.waits_for_focus("assessment-check-heading").await;
}

/// Presses Continue at the question of this index.
pub async fn continue_from(person: &Person, index: usize) {
    person.follows(&format!("#assessment-question-{index} button[type=submit]")).await;
}

/// Returns `true` if the first element that a selector finds is wholly in the window.
pub async fn is_in_view(person: &Person, selector: &str) -> bool {
    let script = format!(
        "const box = document.querySelector({selector:?}).getBoundingClientRect(); \
         return box.height > 0 && box.top >= 0 && box.bottom <= innerHeight"
    );
    person.runs(&script).await == json!(true)
}

/// A selector of the label of an option.
pub fn label(question: &str, option: &str) -> String {
    format!("[name=answer-{question}][value='{option}'] + label")
}
