//! The course of treatment: from the first call over a series of sessions to the review, and the
//! way to another path.

use leptos::prelude::*;

use super::{Place, boxes, caption, steps};
use crate::content::figures::Course;

const ID: &str = "figure-course";
const HEIGHT: i32 = 416;

/// The course downward; the last place, at its side, is the way out.
pub const PLACES: [Place; 7] = [
    step(20),
    step(84),
    step(164),
    step(228),
    step(330),
    step(394),
    Place { x: 223, y: 394, width: 128, height: 40 },
];
/// Letters in the name of the series.
pub const SERIES_ROOM: usize = 18;

const fn step(y: i32) -> Place {
    Place { x: 80, y, width: 132, height: 40 }
}

/// From step to step, and from the last session back to the first: a line and its arrow's head.
const ARROWS: &str = "M80 40v22m-5-8 5 8 5-8\
    M80 104v38m-5-8 5 8 5-8\
    M80 184v22m-5-8 5 8 5-8\
    M80 280v28m-5-8 5 8 5-8\
    M80 350v22m-5-8 5 8 5-8\
    M146 228h8q12 0 12-12v-40q0-12-12-12h-4m8-5-8 5 8 5";
/// From the consultation and from the review to another path.
const WAY_OUT: &str = "M146 84h65q12 0 12 12v276M146 330h77";
const WAY_OUT_HEAD: &str = "m218 364 5 8 5-8";

/// The figure.
pub fn view(words: &Course) -> AnyView {
    let drawn = view! {
        <rect class="series" x="2" y="128" width="178" height="152"/>
        <path class="arrows" d=ARROWS/>
        <path class="arrows dashed" d=WAY_OUT/>
        <path class="arrows" d=WAY_OUT_HEAD/>
        <g class="boxes">{boxes(&words.steps, &PLACES)}</g>
        <text x="80" y="269">{words.series.clone()}</text>
    }
    .into_any();
    view! {
        <figure id=ID class="course">
            {caption(ID, &words.title, &words.note)}
            {steps(ID, HEIGHT, &words.drawing, drawn, &words.steps, None)}
        </figure>
    }
    .into_any()
}
