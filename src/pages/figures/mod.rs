//! Renders the figures of the guide: drawings made from `content/`, each with a list or table that says the
//! same.
//!
//! Drawings are made for a phone: 288 units wide, the width of the text on the narrowest phone, with text
//! of 15 units. Wider windows put the list beside the drawing.

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
