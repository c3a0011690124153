//! Renders all questions on one page, to answer on paper. Nothing is scored there.

use guide_core::assessment::definition::{Choice, Kind, Outcome, Question};
use guide_core::assessment::{Answer, Answers, Assessment};
use leptos::prelude::*;

use super::question::range;
use super::review::reviewed;
use crate::components::support::support;
use crate::content::Content;
use crate::content::words::assessment::AssessmentWords;

/// The questions.
pub fn view(content: &Content) -> AnyView {
    let (assessment, words) = (&content.assessment, &content.interface.assessment);
    let questions: Vec<AnyView> =
        assessment.questions.iter().map(|it| question(assessment, it, words)).collect();
    view! {
        <div class="printed">
            <p class="note">{assessment.disclaimer.clone()}</p>
            <p class="note">{reviewed(content)}</p>
            <ol>{questions}</ol>
            {support(&assessment.support)}
        </div>
    }
    .into_any()
}

fn question(assessment: &Assessment, question: &Question, words: &AssessmentWords) -> AnyView {
    let general = question.ask_when.as_ref().map(|_| &words.only_if);
    let skip = question.skip.as_ref().or(general).map_or("", String::as_str);
    let hint = [skip, question.hint.as_deref().unwrap_or(""), &range(question, words)];
    let hint = hint.into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>().join(" ");
    let blank = (question.kind == Kind::Number).then(|| {
        let unit = question.unit.clone();
        view! { <p><span class="blank" aria-hidden="true"></span> " " {unit}</p> }
    });
    let options = (!question.options.is_empty()).then(|| {
        let options: Vec<AnyView> = question
            .options
            .iter()
            .map(|option| self::option(option, stop(assessment, question, option)))
            .collect();
        view! { <ul>{options}</ul> }
    });
    view! {
        <li>
            <h3>{question.text.clone()}</h3>
            <p class="hint">{hint}</p>
            {blank}
            {options}
        </li>
    }
    .into_any()
}

fn option(option: &Choice, stop: Option<&Outcome>) -> AnyView {
    let stop = stop.map(|outcome| {
        view! {
            <p class="stop"><strong>{outcome.headline.clone()}</strong></p>
        }
    });
    let hint = option.hint.clone().map(|hint| view! { <p class="hint">{hint}</p> });
    view! { <li><p>{option.text.clone()}</p> {hint} {stop}</li> }.into_any()
}

/// The outcome with which this answer alone stops the assessment.
fn stop<'a>(
    assessment: &'a Assessment,
    question: &Question,
    option: &Choice,
) -> Option<&'a Outcome> {
    let mut answers = Answers::default();
    answers.set(&question.id, Some(Answer::Choices(vec![option.id.clone()])));
    assessment.stop(&answers)
}
