//! Draws the studies side by side, and lists them in a table.
//!
//! Lengths are in em and percent of the width, so that the text has the same size in every window. The
//! area of a mark, including its edge, is proportional to the number of people.

use leptos::prelude::*;

use super::drawing::caption;
use crate::content::markdown::Citation;
use crate::content::studies::{Finding, Studies, Study};
use crate::content::words::fill;

const ID: &str = "figure-studies";
/// The centers of the marks in a line.
const MIDDLES: [&str; 3] = ["16.7%", "50%", "83.3%"];
/// The radius of a mark for one person: a mark of 6 people is visible, one of 670 fits a third of a phone.
const PERSON: f64 = 0.115;
/// The width of a mark's edge, as in style/figures.css.
const EDGE: f64 = 0.1;
/// The height of a line of text.
const LINE: f64 = 1.3;
/// The distance between groups, between lines of marks, and above the first mark of a group.
const GAP: f64 = 1.2;
/// The radius of a mark in the key.
const KEY_RADIUS: f64 = 0.45;

/// The figure. `citations` are those of its studies.
pub fn view(words: &Studies, citations: &[Citation]) -> AnyView {
    view! {
        <figure id=ID class="studies">
            {caption(ID, &words.title, &words.note)}
            {drawing(words)}
            {table(words, citations)}
        </figure>
    }
    .into_any()
}

fn name_of(words: &Studies, finding: Finding) -> String {
    match finding {
        Finding::Helped => words.findings.helped.clone(),
        Finding::Mixed => words.findings.mixed.clone(),
        Finding::None => words.findings.none.clone(),
    }
}

fn em(length: f64) -> String {
    format!("{}em", (length * 1000.0).round() / 1000.0)
}

fn drawing(words: &Studies) -> AnyView {
    let title = [ID, "-drawing"].concat();
    let mut y = 0.0;
    let groups: Vec<AnyView> =
        Finding::ALL.into_iter().map(|finding| group(words, finding, &mut y)).collect();
    let key = key(words, &mut y);
    view! {
        <svg role="img" aria-labelledby=title.clone() width="100%" height=em(y)>
            <title id=title.clone()>{words.drawing.clone()}</title>
            <g aria-hidden="true">{groups} {key}</g>
        </svg>
    }
    .into_any()
}

/// Draws a group at `y`, and moves `y` to its end.
fn group(words: &Studies, finding: Finding, y: &mut f64) -> AnyView {
    let studies: Vec<&Study> = words.of(finding).collect();
    *y += LINE;
    let name = view! { <text class="group" y=em(*y)>{name_of(words, finding)}</text> };
    // Four marks are two lines of two, not three and one.
    let rows = studies.len().div_ceil(MIDDLES.len()).max(1);
    let lines: Vec<_> = studies
        .chunks(studies.len().div_ceil(rows).max(1))
        .map(|line| {
            let tallest = line.iter().map(|study| half_height(study)).fold(0.0, f64::max);
            *y += GAP * 0.75 + tallest;
            let middle = *y;
            *y += tallest + 2.0 * LINE + GAP / 4.0;
            let labels = tallest + LINE;
            let marks = line.iter().zip(MIDDLES);
            marks.map(|(study, x)| labelled(words, study, x, middle, labels)).collect::<Vec<_>>()
        })
        .collect();
    *y += GAP / 2.0;
    let rule = view! { <line x2="100%" y1=em(*y) y2=em(*y)/> };
    *y += GAP / 2.0;
    view! { {name} {lines} {rule} }.into_any()
}

/// A mark with its label; `labels` is the distance from the mark's center to the label.
fn labelled(words: &Studies, study: &Study, x: &'static str, y: f64, labels: f64) -> AnyView {
    let people = fill(&words.people, &[("people", &study.people.to_string())]);
    view! {
        <svg x=x y=em(y)>
            {mark(study.compared, radius(study.people))}
            <text y=em(labels)>{study.name.clone()}</text>
            <text class="people" y=em(labels + LINE)>{people}</text>
        </svg>
    }
    .into_any()
}

fn radius(people: u32) -> f64 {
    PERSON * f64::from(people).sqrt()
}

/// Half the side of the square with the area of a circle.
fn half_side(radius: f64) -> f64 {
    radius * std::f64::consts::PI.sqrt() / 2.0
}

fn half_height(study: &Study) -> f64 {
    let radius = radius(study.people);
    if study.review { half_side(radius) } else { radius }
}

/// A mark: filled for a study with a comparison group, open for one without, square for a review.
fn mark(compared: Option<bool>, radius: f64) -> AnyView {
    let inner = |outer: f64| outer - EDGE / 2.0;
    match compared {
        Some(true) => view! { <circle class="full" r=em(inner(radius))/> }.into_any(),
        Some(false) => view! { <circle r=em(inner(radius))/> }.into_any(),
        None => {
            let half = inner(half_side(radius));
            let (start, side) = (em(-half), em(2.0 * half));
            view! { <rect x=start.clone() y=start.clone() width=side.clone() height=side.clone()/> }
                .into_any()
        }
    }
}

fn key(words: &Studies, y: &mut f64) -> Vec<AnyView> {
    let comparison = &words.comparison;
    let entries = [
        (Some(true), &comparison.compared),
        (Some(false), &comparison.alone),
        (None, &comparison.review),
    ];
    let entry = |(compared, meaning): (Option<bool>, &String)| {
        *y += LINE + GAP / 4.0;
        view! {
            <svg x=em(KEY_RADIUS) y=em(*y - GAP / 4.0)>
                {mark(compared, KEY_RADIUS)}
                <text class="key" x=em(1.0) y="0.35em">{meaning.clone()}</text>
            </svg>
        }
        .into_any()
    };
    entries.into_iter().map(entry).collect()
}

/// The table. Its roles are explicit because the style sheet stacks the cells on a phone, and browsers
/// drop the roles of a table that is not laid out as one.
fn table(words: &Studies, citations: &[Citation]) -> AnyView {
    let columns = &words.columns;
    let groups: Vec<_> = Finding::ALL
        .into_iter()
        .map(|finding| {
            let rows: Vec<_> =
                words.of(finding).map(|study| row(words, study, citations)).collect();
            view! {
                <tbody role="rowgroup">
                    <tr role="row"><th role="rowheader" colspan="3" scope="rowgroup">{name_of(words, finding)}</th></tr>
                    {rows}
                </tbody>
            }
        })
        .collect();
    view! {
        <div class="table" role="region" tabindex="0" aria-labelledby=[ID, "-caption"].concat()>
            <table role="table">
                <thead role="rowgroup">
                    <tr role="row">
                        <th role="columnheader" scope="col">{columns.study.clone()}</th>
                        <th role="columnheader" scope="col">{columns.design.clone()}</th>
                        <th role="columnheader" scope="col">{columns.result.clone()}</th>
                    </tr>
                </thead>
                {groups}
            </table>
        </div>
    }
    .into_any()
}

fn row(words: &Studies, study: &Study, citations: &[Citation]) -> AnyView {
    let citation = citations.iter().find(|citation| citation.name == study.id);
    let design = fill(&study.design, &[("people", &study.people.to_string())]);
    let comparison = match study.compared {
        Some(true) => format!(" {}.", words.comparison.compared),
        Some(false) => format!(" {}.", words.comparison.alone),
        None => String::new(),
    };
    let label = format!("{} {}", study.name, study.year);
    view! {
        <tr role="row">
            <th role="rowheader" scope="row">{label} {citation.map(|it| view! { <span inner_html=it.html()></span> })}</th>
            <td role="cell">{design + &comparison}</td>
            <td role="cell">{study.result.clone()}</td>
        </tr>
    }
    .into_any()
}
