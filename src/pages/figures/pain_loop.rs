//! Draws the pain loop: a trigger starts it, pain keeps it going, ketamine acts on one of its steps.

use leptos::prelude::*;

use super::drawing::{boxes, caption, steps};
use crate::content::figures::PainLoop;
use crate::content::figures::places::PAIN_LOOP;

const ID: &str = "figure-pain-loop";
const HEIGHT: i32 = 334;

/// Arrows from step to step.
const ARROWS: &str = "M144 38v30m-5-8 5 8 5-8\
    M214 92q36 0 36 70m-5-8 5 8 5-8\
    M250 232q0 70-42 70m8-5-8 5 8 5\
    M84 302q-50 0-50-78m-5 8 5-8 5 8\
    M34 174q0-82 40-82m-8-5 8 5-8 5";
/// The symbol of pharmacology for "blocks": a line that ends in a bar.
const BLOCKS: &str = "M76 198h88m0-17v34";

/// The figure.
pub fn view(words: &PainLoop) -> AnyView {
    let [above, below] = words.ketamine.clone();
    let drawn = view! {
        <path class="arrows" d=ARROWS/>
        <g class="boxes">{boxes(&words.steps, &PAIN_LOOP)}</g>
        <g class="acts">
            <path d=BLOCKS/>
            <text x="115" y="189">{above}</text>
            <text x="115" y="217">{below}</text>
        </g>
    }
    .into_any();
    let aim = view! { <p>{words.aim.clone()}</p> }.into_any();
    view! {
        <figure id=ID class="pain-loop">
            {caption(ID, &words.title, &words.note)}
            {steps(ID, HEIGHT, &words.drawing, drawn, &words.steps, Some(aim))}
        </figure>
    }
    .into_any()
}
