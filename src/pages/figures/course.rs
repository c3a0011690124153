//! Draws the course of treatment: from the first call through a series of sessions to the review, and the
//! ways out of it.

use leptos::prelude::*;

use super::drawing::{boxes, caption, steps};
use crate::content::figures::Course;
use crate::content::figures::places::COURSE;

const ID: &str = "figure-course";
const HEIGHT: i32 = 416;

/// Arrows from step to step, and from the last session back to the first.
const ARROWS: &str = "M80 40v22m-5-8 5 8 5-8\
    M80 104v38m-5-8 5 8 5-8\
    M80 184v22m-5-8 5 8 5-8\
    M80 280v28m-5-8 5 8 5-8\
    M80 350v22m-5-8 5 8 5-8\
    M146 228h8q12 0 12-12v-40q0-12-12-12h-4m8-5-8 5 8 5";
/// Dashed lines from the consultation and the review to another treatment.
const WAY_OUT: &str = "M146 84h65q12 0 12 12v276M146 330h77";
const WAY_OUT_HEAD: &str = "m218 364 5 8 5-8";

/// The figure.
pub fn view(words: &Course) -> AnyView {
    let drawn = view! {
        <rect class="series" x="2" y="128" width="178" height="152"/>
        <path class="arrows" d=ARROWS/>
        <path class="arrows dashed" d=WAY_OUT/>
        <path class="arrows" d=WAY_OUT_HEAD/>
        <g class="boxes">{boxes(&words.steps, &COURSE)}</g>
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
