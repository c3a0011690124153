//! Figures of the guide: drawings made from `content/`, each with the same told in text.
//!
//! Drawn for a phone: a box of a drawing holds its words at 15 units of a drawing 288 units wide,
//! the width of the text on the narrowest phone. Wider windows put the list beside it.

pub mod course;
pub mod pain_loop;
pub mod studies;

use leptos::prelude::*;

use crate::content::Content;
use crate::content::figures::Step;
use crate::content::markdown::Figure;

/// Width of a drawing with boxes, in its units.
const WIDTH: i32 = 288;
/// From one line in a box to the next.
const LEADING: i32 = 19;
/// From the middle of a line to its baseline.
const BASELINE: i32 = 5;
/// About as wide as a letter of a wide font at the drawing's size.
const LETTER: i32 = 8;

/// Where a step is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Its middle.
    pub x: i32,
    /// Its middle.
    pub y: i32,
    /// Of the box.
    pub width: i32,
    /// Of the box.
    pub height: i32,
}

impl Place {
    /// Letters that a line holds after the step's number.
    pub fn room(&self) -> usize {
        usize::try_from((self.width - 6) / LETTER - 2).unwrap_or_default()
    }

    /// Lines that the box holds.
    pub fn lines(&self) -> usize {
        usize::try_from((self.height - 16) / LEADING).unwrap_or_default()
    }
}

/// A figure, as an insert of an article names it.
pub fn view(content: &Content, figure: &Figure) -> AnyView {
    match figure {
        Figure::PainLoop => pain_loop::view(&content.figures.pain_loop),
        Figure::Studies(citations) => studies::view(&content.studies, citations),
        Figure::Course => course::view(&content.figures.course),
    }
}

/// Title and note of the figure of this id.
fn caption(id: &str, title: &str, note: &str) -> AnyView {
    view! {
        <figcaption>
            <strong id=[id, "-caption"].concat()>{title.to_owned()}</strong>
            <span class="note">{note.to_owned()}</span>
        </figcaption>
    }
    .into_any()
}

/// A drawing with boxes beside the list of its steps; `after` stands under the list. The words in a
/// drawing are hidden from screen readers, some of which would read them out in pieces.
fn steps(
    id: &'static str,
    height: i32,
    told: &str,
    drawn: AnyView,
    steps: &[Step],
    after: Option<AnyView>,
) -> AnyView {
    let title = [id, "-drawing"].concat();
    let list: Vec<_> = steps
        .iter()
        .map(|step| {
            let name = step.drawn.join(" ");
            view! { <li><strong>{[&name, ":"].concat()}</strong> {[" ", &step.text].concat()}</li> }
        })
        .collect();
    view! {
        <div class="steps">
            <svg
                role="img"
                aria-labelledby=title.clone()
                viewBox=format!("0 0 {WIDTH} {height}")
            >
                <title id=title.clone()>{told.to_owned()}</title>
                <g aria-hidden="true">{drawn}</g>
            </svg>
            <div>
                <ol>{list}</ol>
                {after}
            </div>
        </div>
    }
    .into_any()
}

/// The boxes of the steps, numbered as in the list.
fn boxes(steps: &[Step], places: &[Place]) -> Vec<AnyView> {
    let numbered = steps.iter().zip(places).enumerate();
    numbered.map(|(index, (step, place))| boxed(index + 1, &step.drawn, place)).collect()
}

fn boxed(number: usize, lines: &[String], place: &Place) -> AnyView {
    let count = i32::try_from(lines.len()).unwrap_or(1);
    let top = place.y - (count - 1) * LEADING / 2 + BASELINE;
    let words: Vec<_> = (0..)
        .zip(lines)
        .map(|(nth, line)| {
            let number = (nth == 0).then(|| {
                view! { <tspan class="number">{format!("{number} ")}</tspan> }
            });
            view! { <text x=place.x y=top + nth * LEADING>{number} {line.clone()}</text> }
        })
        .collect();
    view! {
        <rect
            x=place.x - place.width / 2
            y=place.y - place.height / 2
            width=place.width
            height=place.height
        />
        {words}
    }
    .into_any()
}
