//! The notes and the outcomes.

use guide_core::assessment::definition::{Flag, Offer, Outcome};
use leptos::prelude::*;

use super::Copy;
use super::table::{Facts, columns, condition, name};
use crate::components::call_links::call_links;
use crate::components::list::list;
use crate::components::paragraphs::paragraphs;
use crate::content::words::fill;

/// All flags.
pub fn flags(copy: Copy<'_>) -> AnyView {
    copy.assessment.flags.iter().map(|it| flag(copy, it)).collect::<Vec<_>>().into_any()
}

fn flag(copy: Copy<'_>, flag: &Flag) -> AnyView {
    let labels = &copy.words.labels;
    let yes = |holds: bool| holds.then(|| copy.words.yes.clone());
    let lists = flag
        .lists
        .as_ref()
        .map(|question| fill(&labels.lists, &[("question", &copy.phrases.question(question))]));
    let facts = Facts::default()
        .add(&labels.id, name(&flag.id))
        .add(&labels.raised, condition(copy.phrases.phrase(&flag.when)))
        .add(
            &labels.text,
            view! { {flag.text.clone()} {lists.map(|it| view! { <p class="hint">{it}</p> })} },
        )
        .add_some(&labels.at_once, yes(flag.at_once))
        .add_some(&labels.caution, yes(flag.caution))
        .add(&labels.source, flag.source.clone().unwrap_or_else(|| copy.words.none.clone()));
    let also: Vec<Vec<AnyView>> = flag
        .also
        .iter()
        .map(|it| vec![it.text.clone().into_any(), condition(copy.phrases.phrase(&it.when))])
        .collect();
    let also =
        (!also.is_empty()).then(|| columns(&labels.also, &[&*labels.text, &*labels.raised], also));
    view! {
        <h3>{flag.title.clone()}</h3>
        {facts.view()}
        {also}
    }
    .into_any()
}

/// All outcomes.
pub fn outcomes(copy: Copy<'_>) -> AnyView {
    let outcomes = copy.assessment.outcomes.iter().enumerate();
    outcomes.map(|(index, it)| outcome(copy, index, it)).collect::<Vec<_>>().into_any()
}

fn outcome(copy: Copy<'_>, index: usize, outcome: &Outcome) -> AnyView {
    let labels = &copy.words.labels;
    let number = (index + 1).to_string();
    let title = fill(&labels.outcome, &[("number", &number), ("text", &outcome.headline)]);
    let holds = match &outcome.when {
        Some(when) => condition(copy.phrases.phrase(when)),
        None => labels.otherwise.clone().into_any(),
    };
    let offers = &copy.words.offers;
    let offer = match outcome.appointment {
        Offer::First => &offers.first,
        Offer::Second => &offers.second,
        Offer::None => &offers.none,
    };
    let links: Vec<String> =
        outcome.links.iter().map(|link| [&link.text, " (", &link.to, ")"].concat()).collect();
    let facts = Facts::default()
        .add(&labels.id, name(&outcome.id))
        .add_some(&labels.why_here, outcome.why_here.clone())
        .add(&labels.raised, holds)
        .add_some(&labels.immediate, outcome.immediate.then(|| copy.words.yes.clone()))
        .add(&labels.text, paragraphs(&outcome.text))
        .add_some(&labels.steps, (!outcome.steps.is_empty()).then(|| list(&outcome.steps)))
        .add_some(&labels.links, (!links.is_empty()).then(|| list(&links)))
        .add_some(&labels.calls, (!outcome.calls.is_empty()).then(|| call_links(&outcome.calls)))
        .add(&labels.appointment, offer.clone());
    let because: Vec<Vec<AnyView>> = outcome
        .because
        .iter()
        .map(|it| vec![it.text.clone().into_any(), condition(copy.phrases.phrase(&it.when))])
        .collect();
    let because = (!because.is_empty())
        .then(|| columns(&labels.because, &[&*labels.text, &*labels.raised], because));
    view! {
        <h3>{title}</h3>
        {facts.view()}
        {because}
    }
    .into_any()
}
