//! Every question of the self-assessment: what a screen reader is given of it, as it is asked and
//! where an answer is missing, and what axe-core finds of the latter in any theme.

use guide_core::assessment::definition::{Kind, Question};
use rstest_reuse::apply;

use crate::harness::answers::{Given, continue_from, index_of, with};
use crate::harness::clinic::Clinic;
use crate::harness::engine::{Engine, in_every_engine, with_devtools};
use crate::harness::person::Person;
use crate::harness::site::assessment;

const PANEL: &str = "#assessment-panel";
const ASKED: &str = "#assessment-asked";

/// Returns a question as `Person::hears` gives it: the progress, the question, each control with
/// its hint, the buttons. `error` is what is wrong; empty to begin with. From the fourth on, the outcome is
/// settled.
fn expected(question: &Question, position: usize, of: usize, error: &str) -> Vec<String> {
    let text = &question.text;
    let progress = format!("Question {position} of {of}");
    let range = match (question.min, question.max) {
        (Some(min), Some(max)) => format!("A whole number from {min} to {max}."),
        _ => String::new(),
    };
    let hint = question.hint.as_deref().unwrap_or_default();
    let unit = question.unit.as_deref().unwrap_or_default();
    let described = [hint, &range, unit, error];
    let described: Vec<&str> = described.into_iter().filter(|it| !it.is_empty()).collect();
    let described = match described.join(" ") {
        none if none.is_empty() => none,
        words => format!(" ({words})"),
    };
    let heading = format!("heading \"{text}\" level=3 ({progress})");
    let invalid = if error.is_empty() { "" } else { " invalid=true" };
    let mut lines = vec!["status live=polite".to_owned(), format!("progressbar \"{progress}\"")];
    lines.push("form".to_owned());
    if question.kind == Kind::Number {
        lines.extend([heading, format!("textbox \"{text}\"{invalid}{described}")]);
        let beside = question.options.iter().map(|it| &it.text);
        lines.extend(beside.map(|text| format!("checkbox \"{text}\" checked=false")));
    } else {
        let role = if question.kind == Kind::Multi { "checkbox" } else { "radio" };
        lines.extend([format!("group \"{text}\"{described}"), "Legend".to_owned(), heading]);
        let mut invalid = invalid;
        for option in &question.options {
            let hint = option.hint.as_ref().map(|it| format!(" ({it})")).unwrap_or_default();
            lines.push(format!("{role} \"{}\"{invalid} checked=false{hint}", option.text));
            // The first stands for the group.
            invalid = "";
        }
    }
    if question.id == "mood" {
        lines.extend(["Call 988", "Text 988"].map(|link| format!("link \"{link}\"")));
    }
    let early = (position > 3).then_some("See what to do now");
    let buttons = ["Continue"].into_iter().chain(early).chain(["Back", "Clear my answers"]);
    lines.extend(buttons.map(|button| format!("button \"{button}\"")));
    lines
}

/// Answers for which every question is asked.
fn every_answer() -> Vec<(&'static str, Given)> {
    let all = with(&[
        ("diagnosis", Given::One("no")),
        ("features", Given::Several(&["nausea"])),
        ("acute-days", Given::Number("15")),
        ("acute-kinds", Given::Several(&["triptan"])),
    ]);
    assert_eq!(all.len(), assessment().questions.len());
    all
}

#[apply(in_every_engine)]
async fn every_question_is_heard_as_it_is_and_has_no_barrier_in_any_theme(engine: Engine) {
    let assessment = assessment();
    let of = assessment.questions.len();
    let clinic = Clinic::open().await;
    let person = Person::arrives(engine).await;
    person.opens(&clinic.address("/")).await;
    person.waits_for_program().await;
    person.meets_no_barrier_in_any_theme("the start", PANEL).await;
    person.follows("[data-action=start]").await;
    for (id, given) in &every_answer() {
        let index = index_of(id);
        let question = &assessment.questions[index];
        person.waits_for_focus(&format!("assessment-question-{index}-heading")).await;
        if engine == Engine::Chromium {
            let heard = person.hears(PANEL).await;
            assert_eq!(heard, expected(question, index + 1, of, ""), "{id}");
        }
        continue_from(&person, index).await;
        person.waits_for_focus(&format!("answer-{id}")).await;
        let error = person.sees(&format!("#answer-{id}-error-text")).await;
        assert!(!error.is_empty(), "{id} says what is wrong");
        if engine == Engine::Chromium {
            let heard = person.hears(PANEL).await;
            assert_eq!(heard, expected(question, index + 1, of, &error), "{id}, not answered");
        }
        // All that was there before, and what is wrong.
        person.meets_no_barrier_in_any_theme(&format!("{id}, not answered"), ASKED).await;
        given.by_keyboard(&person, id).await;
        continue_from(&person, index).await;
    }
    person.waits_for_focus("assessment-check-heading").await;
    person.meets_no_barrier_in_any_theme("all answers", "#assessment-check").await;
}

/// Of the question that is shown: all of its buttons are in the window; nothing of it is hidden behind them
/// or out of view; and by how much it is, in CSS pixels.
const FITS: &str = "const form = document.querySelector('#assessment-asked form'); \
    const box = (it) => it.getBoundingClientRect(); \
    const last = box([...form.querySelectorAll('.row, input')].pop()); \
    const buttons = [...form.querySelectorAll('.actions button')].filter((it) => box(it).height > 0); \
    const over = Math.round(last.bottom - box(form.querySelector('.actions')).top); \
    return [buttons.every((it) => box(it).top >= 0 && box(it).bottom <= innerHeight), \
      box(document.getElementById('assessment-progress')).top >= 0 && over <= 0, over]";

/// Only DevTools play a phone.
#[apply(with_devtools)]
async fn a_question_with_one_answer_fits_a_phone_and_the_buttons_are_always_in_view(
    engine: Engine,
) {
    let assessment = assessment();
    let clinic = Clinic::open().await;
    let person = Person::arrives_by_phone(engine).await;
    person.is_a_phone(360, 780).await;
    person.opens(&clinic.address("/#self-assessment")).await;
    person.waits_for_program().await;
    person.taps("[data-action=start]").await;
    let mut hidden = Vec::new();
    for (id, given) in &every_answer() {
        let index = index_of(id);
        person.waits_for_focus(&format!("assessment-question-{index}-heading")).await;
        let fits = person.runs(FITS).await;
        assert_eq!(fits[0], true, "{id}: a button is out of view");
        if assessment.questions[index].kind != Kind::Multi && fits[1] != true {
            hidden.push(format!("{id} by {}", fits[2]));
        }
        given.by_touch(&person, id).await;
        person.taps(&format!("#assessment-question-{index} button[type=submit]")).await;
    }
    person.waits_for_focus("assessment-check-heading").await;
    assert!(hidden.is_empty(), "{hidden:?}");
}
