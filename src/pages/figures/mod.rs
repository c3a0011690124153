//! Figures of the guide: drawings made from `content/`, each with the same told in text.
//!
//! Drawn for a phone: a box of a drawing holds its words at 15 units of a drawing 288 units wide,
//! the width of the text on the narrowest phone. Wider windows put the list beside it.

mod course;
mod drawing;
mod pain_loop;
mod studies;

use leptos::prelude::*;

use crate::content::Content;
use crate::content::markdown::Figure;

/// A figure, as an insert of an article names it.
pub fn view(content: &Content, figure: &Figure) -> AnyView {
    match figure {
        Figure::PainLoop => pain_loop::view(&content.figures.pain_loop),
        Figure::Studies(citations) => studies::view(&content.studies, citations),
        Figure::Course => course::view(&content.figures.course),
    }
}
