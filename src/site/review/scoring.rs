//! The reasons that are scored, and the names of their points.

use guide_core::assessment::definition::Criterion;
use leptos::prelude::*;

use super::Copy;
use super::table::{Facts, columns, condition, name};
use crate::content::words::fill;

/// All criteria.
pub fn criteria(copy: Copy<'_>) -> AnyView {
    copy.assessment.criteria.iter().map(|it| criterion(copy, it)).collect::<Vec<_>>().into_any()
}

fn criterion(copy: Copy<'_>, criterion: &Criterion) -> AnyView {
    let labels = &copy.words.labels;
    let most = fill(&labels.most, &[("points", &criterion.max.to_string())]);
    let cut = criterion.cut.then(|| view! { <p class="hint">{labels.cut.clone()}</p> });
    let added: Vec<String> = criterion.add.iter().map(|id| copy.phrases.question(id)).collect();
    let added = (!added.is_empty()).then(|| added.join(&copy.words.conditions.plus));
    let facts = Facts::default()
        .add(&labels.id, name(&criterion.id))
        .add(&labels.points, view! { {most} {cut} })
        .add_some(&labels.add, added);
    let rules: Vec<Vec<AnyView>> = criterion
        .rules
        .iter()
        .map(|rule| {
            let when = condition(copy.phrases.phrase(&rule.when));
            let source = rule.source.clone().unwrap_or_default();
            vec![rule.points.to_string().into_any(), when, source.into_any()]
        })
        .collect();
    let rules = (!rules.is_empty()).then(|| {
        columns(&labels.rules, &[&*labels.points, &*labels.holds, &*labels.source], rules)
    });
    view! {
        <h3>{criterion.name.clone()}</h3>
        {facts.view()}
        {rules}
    }
    .into_any()
}

/// The names of the points of a criterion.
pub fn grades(copy: Copy<'_>) -> AnyView {
    let labels = &copy.words.labels;
    let grades = copy.assessment.grades.iter();
    let rows = grades.map(|it| vec![it.from.to_string().into_any(), it.name.clone().into_any()]);
    columns(&labels.grades, &[&*labels.from, &*labels.grade], rows.collect())
}
