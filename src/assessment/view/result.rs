//! Renders the result: every outcome, criterion and flag. The app shows those that apply.

use guide_core::assessment::Assessment;
use guide_core::assessment::definition::{self, Criterion, Offer, Outcome};
use leptos::prelude::*;

use super::super::action::Action;
use super::super::ids::{self, HEADING};
use super::super::part::Part;
use crate::components::button::button;
use crate::components::call_links::call_links;
use crate::components::flag::Flag;
use crate::components::list::list;
use crate::components::paragraphs::paragraphs;
use crate::components::support::support;
use crate::content::routes;
use crate::content::words::assessment::AssessmentWords;
use crate::content::words::fill;

/// The result.
pub fn view(assessment: &Assessment, words: &AssessmentWords) -> AnyView {
    let scored = || (0..).zip(&assessment.outcomes).filter(|(_, outcome)| !outcome.immediate);
    let outcomes: Vec<AnyView> = scored().map(|(index, it)| outcome(index, it, words)).collect();
    let next: Vec<AnyView> =
        scored().map(|(index, it)| next(assessment, index, it, words)).collect();
    let criteria: Vec<AnyView> = (0..)
        .zip(&assessment.criteria)
        .map(|(index, it)| criterion(assessment, index, it, words))
        .collect();
    let flags = flags(assessment, false, words);
    let early = Flag::note().id(ids::EARLY).part(Part::Early.attribute()).hidden().view(view! {
        <p><strong>{words.early_title.clone()}</strong> " " {words.early_text.clone()}</p>
        <p class="actions">{button("button secondary", &Action::Finish.attribute(), &words.go_on)}</p>
    });
    view! {
        <div id=ids::RESULT data-part=Part::Result.attribute() hidden>
            {outcomes}
            {early}
            <h4 data-part=Part::FlagsHeading.attribute()>{words.flags_title.clone()}</h4>
            {flags}
            {next}
            <h4>{words.criteria_title.clone()}</h4>
            <ul class="criteria">{criteria}</ul>
            {unscored_answers(assessment, words)}
            <p class="note">{assessment.disclaimer.clone()}</p>
            {support(&assessment.support)}
            <p class="actions">
                {button("button secondary", &Action::Print.attribute(), &words.print)}
                {button("quiet", &Action::Review.attribute(), &words.change_answers)}
                {button("quiet", &Action::Clear.attribute(), &words.clear)}
            </p>
        </div>
    }
    .into_any()
}

/// The flags that are said above every screen, hidden until the app shows them; with the numbers to call.
/// Screen readers announce one when it appears, and the focus stays.
pub fn at_once(assessment: &Assessment, words: &AssessmentWords) -> AnyView {
    let flags = flags(assessment, true, words);
    view! { <div id=ids::AT_ONCE role="status">{flags}</div> }.into_any()
}

/// The flags that are said above every screen at once, or all others.
fn flags(assessment: &Assessment, at_once: bool, words: &AssessmentWords) -> Vec<AnyView> {
    let flags = (0..).zip(&assessment.flags).filter(|(_, it)| it.at_once == at_once);
    flags.map(|(index, it)| flag(assessment, index, it, words)).collect()
}

/// Headline and reasons of an outcome.
fn outcome(index: usize, outcome: &Outcome, words: &AssessmentWords) -> AnyView {
    let id = ids::outcome(&outcome.id);
    let because: Vec<_> =
        outcome.because.iter().map(|it| view! { <li hidden>{it.text.clone()}</li> }).collect();
    view! {
        <div id=id.clone() data-part=Part::Outcome(index).attribute() hidden>
            <h3 id=[&id, HEADING].concat() tabindex="-1">{outcome.headline.clone()}</h3>
            <h4>{words.because_title.clone()}</h4>
            <ul data-part=Part::Because(index).attribute()>{because}</ul>
            {paragraphs(&outcome.text)}
        </div>
    }
    .into_any()
}

/// The things to do, and the offer of an appointment.
fn next(
    assessment: &Assessment,
    index: usize,
    outcome: &Outcome,
    words: &AssessmentWords,
) -> AnyView {
    let titled = |title: &String, items: &[String]| {
        (!items.is_empty()).then(|| view! { <h4>{title.clone()}</h4> {list(items)} })
    };
    let offer = match outcome.appointment {
        Offer::First => Some(("button", &words.request)),
        Offer::Second => Some(("button secondary", &words.request_second)),
        Offer::None => None,
    };
    let links = (!outcome.links.is_empty()).then(|| {
        let links: Vec<_> = outcome
            .links
            .iter()
            .map(|it| view! { <li><a href=it.to.clone()>{it.text.clone()}</a></li> })
            .collect();
        view! {
            <div class="links"><h4>{words.links_title.clone()}</h4> <ul>{links}</ul></div>
        }
    });
    let bring = offer.and_then(|_| titled(&words.bring_title, &assessment.bring));
    let bring = bring.map(|it| view! { <div class="bring">{it}</div> });
    let appointment = offer.map(|(class, text)| {
        view! {
            <p class="actions"><a class=class href=routes::REQUEST>{text.clone()}</a></p>
            <p class="note offer">{words.request_note.clone()}</p>
        }
    });
    view! {
        <div id=ids::outcome_next(&outcome.id) data-part=Part::Outcome(index).attribute() hidden>
            {titled(&words.steps_title, &outcome.steps)}
            {links}
            {appointment}
            {bring}
        </div>
    }
    .into_any()
}

/// A criterion: its grade and points as text, the same as a bar of `max` segments, and the answers that
/// count for it.
fn criterion(
    assessment: &Assessment,
    index: usize,
    criterion: &Criterion,
    words: &AssessmentWords,
) -> AnyView {
    let id = &criterion.id;
    let segments: Vec<_> = (1..=criterion.max)
        .map(|nth| view! { <span id=ids::criterion_segment(id, nth) class="segment"></span> })
        .collect();
    let grades: Vec<_> = assessment
        .grades
        .iter()
        .map(|grade| &grade.name)
        .chain([&words.not_yet])
        .enumerate()
        .map(|(nth, name)| {
            view! { <span id=ids::criterion_grade(id, nth) hidden>{name.clone()}</span> }
        })
        .collect();
    let answers: Vec<_> = criterion
        .questions()
        .into_iter()
        .filter_map(|id| Some((index_of(assessment, id)?, assessment.question(id)?)))
        .map(|(index, it)| {
            let answer = ids::criterion_answer(id, &it.id);
            let change = change(index, &it.short, words);
            view! {
                <li><span>{it.short.clone()} ": " <span id=answer></span></span> {change}</li>
            }
        })
        .collect();
    view! {
        <li>
            <p class="criterion">
                <span>{criterion.name.clone()}</span>
                " "
                <span class="grade">
                    <span data-part=Part::Grade(index).attribute()>{grades}</span>
                    " "
                    <span id=ids::criterion_points(id) data-part=Part::Points(index).attribute()></span>
                </span>
            </p>
            <div class="bar" data-part=Part::Bar(index).attribute() aria-hidden="true">{segments}</div>
            <details>
                <summary>
                    {words.because.clone()}
                    <span class="visually-hidden">" " {criterion.name.clone()}</span>
                </summary>
                <ul data-part=Part::Counted(index).attribute()>{answers}</ul>
            </details>
        </li>
    }
    .into_any()
}

fn index_of(assessment: &Assessment, id: &str) -> Option<usize> {
    assessment.questions.iter().position(|question| question.id == id)
}

/// The button "Change" for the answer to the question of this index.
fn change(index: usize, what: &str, words: &AssessmentWords) -> AnyView {
    let (action, label) =
        (Action::Change(index).attribute(), fill(&words.change_what, &[("what", what)]));
    view! {
        <button type="button" class="quiet" data-action=action aria-label=label>
            {words.change.clone()}
        </button>
    }
    .into_any()
}

/// The answers that are shown without being scored.
fn unscored_answers(assessment: &Assessment, words: &AssessmentWords) -> AnyView {
    let shown = (0..).zip(&assessment.questions).filter(|(_, question)| question.shown);
    let lines: Vec<_> = shown
        .map(|(index, question)| {
            let sentence = fill(&words.also_said, &[("what", &question.short)]);
            let (before, after) = sentence.split_once("{answer}").unwrap_or((&sentence, ""));
            view! {
                <p>
                    {before.to_owned()}
                    <span
                        id=ids::unscored_answer(&question.id)
                        data-part=Part::Unscored(index).attribute()
                    ></span>
                    {after.to_owned()}
                </p>
            }
        })
        .collect();
    lines.into_any()
}

fn flag(
    assessment: &Assessment,
    index: usize,
    flag: &definition::Flag,
    words: &AssessmentWords,
) -> AnyView {
    // Those of the flags before it.
    let before: usize = assessment.flags.iter().take(index).map(|it| it.also.len()).sum();
    let also: Vec<_> = flag
        .also
        .iter()
        .enumerate()
        .map(|(nth, also)| {
            view! { <p data-part=Part::Also(before + nth).attribute() hidden>{also.text.clone()}</p> }
        })
        .collect();
    let listed = flag.lists.as_ref().and_then(|id| assessment.question(id)).map(|question| {
        let options: Vec<_> = question
            .options
            .iter()
            .filter(|option| !option.exclusive)
            .map(|option| {
                let id = ids::flag_option(&flag.id, &option.id);
                let text = &option.text;
                let said = match option.advice.clone() {
                    Some(advice) => {
                        view! { <strong>{[text, ":"].concat()}</strong> " " {advice} }.into_any()
                    }
                    None => text.clone().into_any(),
                };
                view! { <li id=id hidden>{said}</li> }
            })
            .collect();
        view! { <ul data-part=Part::Options(index).attribute()>{options}</ul> }
    });
    let source = flag.source.as_ref().map(|source| {
        view! { <p class="note">{fill(&words.source, &[("source", source)])}</p> }
    });
    let calls = flag.at_once.then(|| call_links(&assessment.support.calls));
    let shown = if flag.caution { Flag::caution() } else { Flag::note() };
    shown.id(ids::flag(&flag.id)).part(Part::Flag(index).attribute()).hidden().view(view! {
        <p><strong>{flag.title.clone()}</strong> " " {flag.text.clone()}</p>
        {also}
        {listed}
        {source}
        {calls}
    })
}
