//! Common parts of the drawings: caption, boxes, and the list of steps beside a drawing.

use leptos::prelude::*;

use crate::content::figures::Step;
use crate::content::figures::places::{LEADING, Place};

/// Width of a drawing with boxes, in its units.
const WIDTH: i32 = 288;
/// The distance from the middle of a line of text to its baseline.
const BASELINE: i32 = 5;

/// Title and note of the figure of this id.
pub fn caption(id: &str, title: &str, note: &str) -> AnyView {
    view! {
        <figcaption>
            <strong id=[id, "-caption"].concat()>{title.to_owned()}</strong>
            <span class="note">{note.to_owned()}</span>
        </figcaption>
    }
    .into_any()
}

/// A drawing with boxes beside the list of its steps, with `after` under the list. Text in a drawing is
/// hidden from screen readers, some of which would read it in fragments; `title` describes the drawing.
pub fn steps(
    id: &'static str,
    height: i32,
    title: &str,
    drawn: AnyView,
    steps: &[Step],
    after: Option<AnyView>,
) -> AnyView {
    let title_id = [id, "-drawing"].concat();
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
                aria-labelledby=title_id.clone()
                viewBox=format!("0 0 {WIDTH} {height}")
            >
                <title id=title_id.clone()>{title.to_owned()}</title>
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
pub fn boxes(steps: &[Step], places: &[Place]) -> Vec<AnyView> {
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
