//! One question: its text is heading and legend, its controls are native.

use guide_core::assessment::Assessment;
use guide_core::assessment::definition::{Kind, Question};
use leptos::prelude::*;

use super::super::ids::{self, HEADING};
use super::super::words::AssessmentWords;
use crate::components::choices::{Choices, Row, choices};
use crate::components::text_input::{TextInput, text_input};
use crate::components::{button, submit};

/// The screen of the question of this index.
pub fn view(assessment: &Assessment, index: usize, words: &AssessmentWords) -> AnyView {
    let Some(question) = assessment.questions.get(index) else { return ().into_any() };
    let id = ids::question(index);
    view! {
        // Nothing is kept by the browser over a reload, and nothing is ever sent.
        <form id=id.clone() method="dialog" autocomplete="off" novalidate hidden>
            {controls(question, &id, words)}
            <p class="actions">
                {submit(&words.proceed)}
                {button("quiet", "back", &words.back)}
            </p>
            <p class="note">
                {words.stays_here.clone()} " " {button("quiet", "clear", &words.clear)}
            </p>
        </form>
    }
    .into_any()
}

fn controls(question: &Question, id: &str, words: &AssessmentWords) -> AnyView {
    let heading = [id, HEADING].concat();
    let optional = if question.optional { words.optional.as_str() } else { "" };
    let hint = [question.hint.as_deref().unwrap_or(""), optional].join(" ");
    let (name, hint) = (&ids::answer(question), hint.trim());
    let error_prefix = &words.error;
    if question.kind == Kind::Number {
        return text_input(TextInput {
            id: name,
            name,
            kind: "text",
            autocomplete: "off",
            label: question.text.clone(),
            heading: Some(&heading),
            hint,
            list: None,
            unit: Some(question.unit.as_deref().unwrap_or("")),
            error_prefix,
        });
    }
    let rows = question.options.iter().map(|option| Row {
        value: &option.id,
        label: &option.text,
        hint: option.hint.as_deref().unwrap_or(""),
        exclusive: option.exclusive,
    });
    choices(Choices {
        id: name,
        name,
        several: question.kind == Kind::Multi,
        legend: view! { <h3 id=heading tabindex="-1">{question.text.clone()}</h3> }.into_any(),
        hint,
        rows: rows.collect(),
        error_prefix,
    })
}
