//! Renders one question: its text is heading and legend, its controls are native.

use guide_core::assessment::definition::{Condition, Kind, Outcome, Question};
use guide_core::assessment::{Answers, Assessment};
use leptos::prelude::*;

use super::super::action::Action;
use super::super::ids::{self, HEADING};
use crate::browser::page::TEMPLATE;
use crate::components::button::{button, submit};
use crate::components::call_links::call_links;
use crate::components::choices::{Choices, Row, choices};
use crate::components::text_input::{TextInput, text_input};
use crate::components::urgent::urgent_at_once;
use crate::content::words::assessment::AssessmentWords;
use crate::content::words::fill;

/// The screen of the question of this index.
pub fn view(assessment: &Assessment, index: usize, words: &AssessmentWords) -> AnyView {
    let Some(question) = assessment.questions.get(index) else { return ().into_any() };
    let id = ids::question(index);
    // The headline and the numbers only. Continue then leads to the whole screen.
    let warning = stop_of(assessment, question).map(|outcome| {
        let options = stopping(assessment, question);
        urgent_at_once(ids::warning(index), &words.urgent, outcome, options)
    });
    let calls = raises_at_once(assessment, question).then(|| call_links(&assessment.support.calls));
    let early_class = "button secondary early";
    view! {
        <template id=[&id, TEMPLATE].concat()>
        // Browsers restore no answer after a reload, and submitting sends nothing.
        <form id=id.clone() method="dialog" autocomplete="off" novalidate>
            {controls(question, &id, words)}
            {calls}
            {warning}
            <p class="note early">{words.settled.clone()}</p>
            <p class="actions">
                {submit(&words.proceed)}
                {button(early_class, &Action::Early.attribute(), &words.see_early)}
                {button("quiet", &Action::Back.attribute(), &words.back)}
            </p>
            <p class="note">
                {words.stays_here.clone()} " " {button("quiet", &Action::Clear.attribute(), &words.clear)}
            </p>
        </form>
        </template>
    }
    .into_any()
}

/// The outcome that an answer to this question can stop the assessment with.
fn stop_of<'a>(assessment: &'a Assessment, question: &Question) -> Option<&'a Outcome> {
    assessment
        .outcomes
        .iter()
        .filter(|outcome| outcome.immediate)
        .find(|outcome| outcome.when.as_ref().is_some_and(|it| looks_at(it, question)))
}

/// The options of this question that stop the assessment, separated by spaces: before the app is there the loader
/// looks for them.
fn stopping(assessment: &Assessment, question: &Question) -> String {
    let stops = |option: &&str| {
        let mut answers = Answers::default();
        answers.set(&question.id, question.read(&[(*option).to_owned()]).ok().flatten());
        assessment.stop(&answers).is_some()
    };
    let options = question.options.iter().map(|it| &*it.id);
    options.filter(stops).collect::<Vec<_>>().join(" ")
}

/// Returns `true` if an answer to this question can raise a flag that is said at once. Then the numbers to
/// call stand here, too, before it is raised.
fn raises_at_once(assessment: &Assessment, question: &Question) -> bool {
    assessment.flags.iter().any(|flag| flag.at_once && looks_at(&flag.when, question))
}

fn looks_at(condition: &Condition, question: &Question) -> bool {
    let mut found = false;
    condition.each_question(&mut |id| found |= id == question.id);
    found
}

/// The range of a number question as text; empty for other questions.
pub(super) fn range(question: &Question, words: &AssessmentWords) -> String {
    let (Some(min), Some(max)) = (question.min, question.max) else { return String::new() };
    fill(&words.range, &[("min", &min.to_string()), ("max", &max.to_string())])
}

fn controls(question: &Question, id: &str, words: &AssessmentWords) -> AnyView {
    let heading = [id, HEADING].concat();
    let hint = [question.hint.as_deref().unwrap_or(""), &range(question, words)].join(" ");
    let (name, hint) = (&ids::answer(question), hint.trim());
    let error_prefix = &words.error;
    let rows = question.options.iter().map(|option| Row {
        value: &option.id,
        label: &option.text,
        hint: option.hint.as_deref().unwrap_or(""),
        exclusive: option.exclusive || question.kind == Kind::Number,
    });
    if question.kind == Kind::Number {
        return text_input(TextInput {
            id: name,
            name,
            kind: "text",
            autocomplete: "off",
            label: question.text.clone(),
            heading: Some((&heading, ids::PROGRESS_TEXT)),
            hint,
            list: None,
            unit: Some(question.unit.as_deref().unwrap_or("")),
            instead: rows.collect(),
            error_prefix,
        });
    }
    choices(Choices {
        id: name,
        name,
        several: question.kind == Kind::Multi,
        legend: view! {
            <h3 id=heading tabindex="-1" aria-describedby=ids::PROGRESS_TEXT>
                {question.text.clone()}
            </h3>
        }
        .into_any(),
        hint,
        rows: rows.collect(),
        error_prefix,
    })
}
