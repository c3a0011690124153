//! The questions, and the answers that are not accepted together.

use guide_core::assessment::definition::{Choice, Kind, Question};
use leptos::prelude::*;

use super::Copy;
use super::table::{Facts, columns, condition, name};
use crate::content::words::fill;

/// All questions.
pub fn view(copy: Copy<'_>) -> AnyView {
    let questions = copy.assessment.questions.iter().enumerate();
    questions.map(|(index, it)| question(copy, index, it)).collect::<Vec<_>>().into_any()
}

fn question(copy: Copy<'_>, index: usize, question: &Question) -> AnyView {
    let labels = &copy.words.labels;
    let number = (index + 1).to_string();
    let title = fill(&labels.question, &[("number", &number), ("text", &question.text)]);
    let kinds = &copy.words.kinds;
    let kind = match question.kind {
        Kind::Single => &kinds.single,
        Kind::Multi => &kinds.multi,
        Kind::Number => &kinds.number,
    };
    let range = question.min.zip(question.max).map(|(min, max)| {
        let values = [("from", &*min.to_string()), ("to", &max.to_string())];
        fill(&copy.words.conditions.between, &values)
    });
    let asked = match &question.ask_when {
        Some(when) => condition(copy.phrases.phrase(when)),
        None => labels.always.clone().into_any(),
    };
    let facts = Facts::default()
        .add(&labels.id, name(&question.id))
        .add(&labels.kind, kind.clone())
        .add(&labels.asked, asked)
        .add(&labels.short, question.short.clone())
        .add_some(&labels.hint, question.hint.clone())
        .add_some(&labels.skip, question.skip.clone())
        .add_some(&labels.range, range)
        .add_some(&labels.unit, question.unit.clone())
        .add_some(&labels.shown, question.shown.then(|| copy.words.yes.clone()))
        .add_some(&labels.source, question.source.clone());
    view! {
        <h3>{title}</h3>
        {facts.view()}
        {options(copy, question)}
    }
    .into_any()
}

/// The options; of their columns those that an option of the question has something in.
fn options(copy: Copy<'_>, question: &Question) -> Option<AnyView> {
    let labels = &copy.words.labels;
    let option = |it: &Choice| {
        let hint = it.hint.clone().map(|hint| view! { <p class="hint">{hint}</p> });
        view! { {it.text.clone()} " " {name(&it.id)} {hint} }.into_any()
    };
    let points = |it: &Choice| it.points.map(|points| points.to_string());
    let excludes = |it: &Choice| it.exclusive.then(|| copy.words.yes.clone());
    let mut names = vec![&*labels.option];
    let mut rows: Vec<Vec<AnyView>> = question.options.iter().map(|it| vec![option(it)]).collect();
    let mut column = |name, of: &dyn Fn(&Choice) -> Option<String>| {
        let cells: Vec<Option<String>> = question.options.iter().map(of).collect();
        if cells.iter().any(Option::is_some) {
            names.push(name);
            let rows = rows.iter_mut().zip(cells);
            rows.for_each(|(row, cell)| row.push(cell.unwrap_or_default().into_any()));
        }
    };
    column(&labels.points, &points);
    column(&labels.mark, &|it| it.mark.clone());
    column(&labels.advice, &|it| it.advice.clone());
    column(&labels.excludes, &excludes);
    column(&labels.source, &|it| it.source.clone());
    (!rows.is_empty()).then(|| columns(&labels.options, &names, rows))
}

/// Answers that contradict each other.
pub fn limits(copy: Copy<'_>) -> AnyView {
    let labels = &copy.words.labels;
    if copy.assessment.limits.is_empty() {
        return view! { <p>{copy.words.none.clone()}</p> }.into_any();
    }
    let limits = copy.assessment.limits.iter().map(|limit| {
        let question = copy.phrases.question(&limit.question);
        let place = fill(&labels.where_said, &[("question", &question)]);
        Facts::default()
            .add(&labels.never, condition(copy.phrases.phrase(&limit.never)))
            .add(&labels.said, view! { {limit.error.clone()} <p class="hint">{place}</p> })
            .view()
    });
    limits.collect::<Vec<_>>().into_any()
}
