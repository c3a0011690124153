//! Answers to the self-assessment, and the ways in which a person gives them.

use serde_json::json;

use super::person::Person;

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

/// Answers that come to "worth asking about".
pub const ANSWERS: [(&str, Given); 21] = [
    ("red-flags", Several(&["none"])),
    ("diagnosis", One("yes")),
    ("features", Several(&["nausea", "light-sound"])),
    ("headache-days", Number("20")),
    ("pattern-months", One("gt6")),
    ("days-lost", Number("15")),
    ("days-reduced", Number("10")),
    ("severity", Number("8")),
    ("preventives", One("three-plus")),
    ("procedures", One("not-enough")),
    ("rescue", One("rarely")),
    ("acute-days", Number("6")),
    ("acute-kinds", Several(&["triptan"])),
    ("urgent-visits", One("none")),
    ("low-mood", One("some")),
    ("worry", One("some")),
    ("sleep", One("some")),
    ("conditions", Several(&["none"])),
    ("supervised", One("yes")),
    ("plan", One("yes")),
    ("cautions", Several(&["none"])),
];

/// Returns those answers with another one to this question.
pub fn with(question: &str, given: Given) -> [(&'static str, Given); 21] {
    ANSWERS.map(|(id, usual)| (id, if id == question { given } else { usual }))
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

    /// Answers the question that is shown with taps; digits come from the phone's keyboard.
    pub async fn by_touch(self, person: &Person, question: &str) {
        match self {
            One(option) => person.taps(&format!("#answer-{question}-{option}-label")).await,
            Several(options) => {
                for option in options {
                    person.taps(&format!("#answer-{question}-{option}-label")).await;
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
    assert_eq!(person.sees("#assessment-progress-text").await, "Question 1 of 21");
    for (index, (question, given)) in ANSWERS.iter().enumerate() {
        person.waits_for_focus(&format!("assessment-question-{index}-heading")).await;
        given.by_keyboard(person, question).await;
        continue_from(person, index).await;
    }
}

/// Starts, and answers three questions; the fourth is shown.
pub async fn answer_three(person: &Person) {
    person.follows("[data-action=start]").await;
    for (index, (question, given)) in ANSWERS.iter().enumerate().take(3) {
        person.waits_for_focus(&format!("assessment-question-{index}-heading")).await;
        given.by_keyboard(person, question).await;
        continue_from(person, index).await;
    }
    person.waits_for_focus("assessment-question-3-heading").await;
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
