//! The self-assessment, by keyboard.

use serde_json::json;

use crate::clinic::Clinic;
use crate::engine::Without;
use crate::person::Person;

/// One answer: the question's id, and what is chosen or typed.
enum Given {
    One(&'static str),
    Several(&'static [&'static str]),
    Number(&'static str),
}

use Given::{Number, One, Several};

/// Answers that come to "worth asking about".
const ANSWERS: [(&str, Given); 21] = [
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

/// Starts, and answers every question; ends at "Check your answers".
pub async fn answer_all(person: &Person) {
    person.follows("[data-action=start]").await;
    person.waits_for_focus("assessment-question-0-heading").await;
    // A question that may yet be asked is counted.
    assert_eq!(person.sees("#assessment-progress-text").await, "Question 1 of 21");
    for (index, (question, given)) in ANSWERS.iter().enumerate() {
        person.waits_for_focus(&format!("assessment-question-{index}-heading")).await;
        give(person, question, given).await;
        person.meets_no_barrier(question).await;
        continue_from(person, index).await;
    }
}

async fn give(person: &Person, question: &str, given: &Given) {
    match given {
        One(option) => person.picks(&format!("answer-{question}"), option).await,
        Several(options) => {
            for option in *options {
                let name = format!("answer-{question}");
                person.chooses(&format!("input[name='{name}'][value='{option}']")).await;
            }
        }
        Number(digits) => {
            person.tabs_to(&format!("#answer-{question}")).await;
            person.types(digits).await;
        }
    }
}

/// Presses Continue at the question of this index.
pub async fn continue_from(person: &Person, index: usize) {
    person.follows(&format!("#assessment-question-{index} button[type=submit]")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_emergency_stops_at_once_and_can_be_taken_back() {
    let clinic = Clinic::open().await;
    let person = Person::arrives(Without::Nothing).await;
    person.opens(&clinic.address("/")).await;
    person.waits_for_program().await;
    person.follows("[data-action=start]").await;
    person.waits_for_focus("assessment-question-0-heading").await;
    person.chooses("input[name='answer-red-flags'][value='seizure']").await;
    continue_from(&person, 0).await;
    person.waits_for_focus("assessment-outcome-emergency-heading").await;
    person.meets_no_barrier("the emergency").await;
    let calls = person
        .runs("return [...document.querySelectorAll('#assessment-outcome-emergency a')].map((it) => it.getAttribute('href'))")
        .await;
    assert_eq!(calls[0], "tel:911");
    assert!(calls.as_array().expect("a list").contains(&json!("tel:988")));
    // No appointment is offered, and Back leads to the question alone.
    assert!(!calls.as_array().expect("a list").contains(&json!("#appointment-request")));
    person.follows("[data-action=reconsider]").await;
    person.waits_for_focus("assessment-question-0-heading").await;
    // "None of these" excludes the emergency that was ticked.
    person.chooses("input[name='answer-red-flags'][value='none']").await;
    let ticked = "return document.querySelectorAll('#assessment-question-0 input:checked').length";
    assert_eq!(person.runs(ticked).await, json!(1));
    continue_from(&person, 0).await;
    person.waits_for_focus("assessment-question-1-heading").await;
}

/// Whatever in the page would tell an answer or a result: filled texts and bars, and what is shown
/// of outcomes, grades and flags.
const TOLD: &str = "const all = (selector) => [...document.querySelectorAll(selector)]; \
    const texts = all('[id^=assessment-row-answer-], [id^=assessment-said-], [id^=assessment-criterion-][id$=-points], .criteria li li span'); \
    const shown = all('[id^=assessment-outcome-], [id*=-grade-], [id^=assessment-flag-]'); \
    return [...texts.map((it) => it.textContent), ...all('.filled').map((it) => it.id), \
      ...shown.filter((it) => !it.id.endsWith('-heading') && !it.hidden).map((it) => it.id)].join('')";

#[tokio::test(flavor = "multi_thread")]
async fn back_and_forward_keep_every_answer_and_tell_none() {
    let clinic = Clinic::open().await;
    let person = Person::arrives(Without::Nothing).await;
    person.opens(&clinic.address("/")).await;
    person.waits_for_program().await;
    let address = person.reads("return location.href").await;
    answer_all(&person).await;
    person.waits_for_focus("assessment-check-heading").await;
    assert_eq!(person.sees("#assessment-row-answer-headache-days").await, "20 days");

    for index in (17..ANSWERS.len()).rev() {
        person.goes_back().await;
        person.waits_for_focus(&format!("assessment-question-{index}-heading")).await;
    }
    let kept = "return document.querySelector('#assessment-question-18 input:checked').value";
    assert_eq!(person.reads(kept).await, "yes");
    for index in 18..ANSWERS.len() {
        person.goes_forward().await;
        person.waits_for_focus(&format!("assessment-question-{index}-heading")).await;
    }
    person.goes_forward().await;
    person.waits_for_focus("assessment-check-heading").await;

    // Changed answers lead back to the list, and a question that then is needed is asked.
    person.follows("button[data-action='change 11']").await;
    person.waits_for_focus("assessment-question-11-heading").await;
    person.runs("document.getElementById('answer-acute-days').value = ''").await;
    person.tabs_to("#answer-acute-days").await;
    person.types("0").await;
    continue_from(&person, 11).await;
    person.waits_for_focus("assessment-check-heading").await;
    assert_eq!(
        person.runs("return document.getElementById('assessment-row-acute-kinds').hidden").await,
        json!(true)
    );

    let told = person.reads("return location.href + document.title + JSON.stringify({ ...localStorage, ...sessionStorage }) + document.cookie").await;
    assert!(told.starts_with(&address) && told.ends_with("{}"), "{told}");
    let state = person.runs("return history.state").await;
    assert_eq!(
        state.as_object().map(|it| it.keys().cloned().collect::<Vec<_>>()),
        Some(vec!["self-assessment".to_owned()])
    );

    // A Back of the page leads one question back even after a link on the page was followed.
    person.follows("#assessment-check [data-action=finish]").await;
    person.waits_for_focus("assessment-outcome-worth-asking-heading").await;
    person.runs("location.hash = '#studies'").await;
    person.follows("#assessment-result [data-action=check]").await;
    person.waits_for_focus("assessment-check-heading").await;
    person.follows("#assessment-check [data-action=back]").await;
    person.waits_for_focus("assessment-outcome-worth-asking-heading").await;
    person.follows("#assessment-result [data-action=check]").await;
    person.waits_for_focus("assessment-check-heading").await;

    // "Clear my answers" empties the page's controls too, and the history leads nowhere.
    assert!(person.reads(TOLD).await.contains("20 days"));
    person.follows("#assessment-check [data-action=clear]").await;
    person.waits_for_focus("assessment-start-heading").await;
    let entered = "return [...document.querySelectorAll('.assessment input')].filter((it) => it.checked || (it.type === 'text' && it.value)).length";
    assert_eq!(person.runs(entered).await, json!(0));
    // Nothing in the page tells an answer or a result any more.
    assert_eq!(person.reads(TOLD).await, "");
}
