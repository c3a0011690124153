//! The self-assessment on paper, for a clinician to read and sign: `make review`.
//!
//! - [`phrase`]: conditions in words
//! - `questions`, `scoring`, `results`: the parts of the page
//! - `table`: tables of facts and lists

pub mod phrase;
mod questions;
mod results;
mod scoring;
mod table;

use guide_core::assessment::Assessment;
use leptos::prelude::*;

use crate::components::call_links::call_links;
use crate::components::list::list;
use crate::components::paragraphs::paragraphs;
use crate::content::interface::Interface;
use crate::content::words::assessment::AssessmentWords;
use crate::content::words::clinician::ReviewWords;
use crate::content::words::review::sentence;
use crate::content::words::{escape, fill};
use phrase::Phrases;

/// The file, from the folder of the project.
pub const FILE: &str = "target/review/self-assessment.html";
/// The style sheet of the page, beside the colors. It belongs to no page of the site.
pub const STYLE: &str = "src/site/review/style.css";

/// All that a part of the page is made of.
#[derive(Clone, Copy)]
struct Copy<'a> {
    assessment: &'a Assessment,
    words: &'a ReviewWords,
    phrases: Phrases<'a>,
}

/// The page. `style` is its style sheet.
pub fn page(language: &str, style: &str, assessment: &Assessment, interface: &Interface) -> String {
    let words = &interface.review;
    let phrases = Phrases { assessment, words: &words.conditions };
    let copy = Copy { assessment, words, phrases };
    let body = body(copy, interface).to_html();
    let (language, title) = (escape(language), escape(&words.title));
    format!(
        "<!DOCTYPE html>\n<html lang=\"{language}\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <title>{title}</title><style>{style}</style></head><body>{body}</body></html>\n"
    )
}

fn body(copy: Copy<'_>, interface: &Interface) -> AnyView {
    let Copy { assessment, words, .. } = copy;
    let labels = &words.labels;
    let review =
        sentence(&words.reviewed, &words.not_reviewed, &interface.site.months, assessment.review());
    let version = fill(&words.version, &[("version", &assessment.version)]);
    let bring =
        (!assessment.bring.is_empty()).then(|| section(&labels.bring, list(&assessment.bring)));
    let support = view! {
        <p><strong>{assessment.support.title.clone()}</strong> " " {assessment.support.text.clone()}</p>
        {call_links(&assessment.support.calls)}
    };
    view! {
        <main>
            <h1>{words.title.clone()}</h1>
            <p><strong>{version}</strong></p>
            <p>{review}</p>
            {paragraphs(&words.intro)}
            {section(&labels.disclaimer, view! {
                <p>{assessment.disclaimer.clone()}</p>
                {paragraphs(&interface.assessment.start_text)}
            })}
            {section(&labels.questions, questions::view(copy))}
            {section(&labels.limits, questions::limits(copy))}
            {section(&labels.criteria, scoring::criteria(copy))}
            {section(&labels.grades, scoring::grades(copy))}
            {section(&labels.flags, results::flags(copy))}
            {section(&labels.outcomes, results::outcomes(copy))}
            {section(&labels.early, early(copy, &interface.assessment))}
            {bring}
            {section(&labels.support, support)}
            {sign(copy)}
        </main>
    }
    .into_any()
}

/// What patients read of a result before everything is asked.
fn early(copy: Copy<'_>, words: &AssessmentWords) -> AnyView {
    let AssessmentWords { settled, see_early, early_title, early_text, go_on, not_yet, .. } = words;
    let said = [settled, see_early, early_title, early_text, go_on, not_yet].map(String::clone);
    view! {
        <p>{copy.words.early.clone()}</p>
        {list(&said)}
    }
    .into_any()
}

fn section(title: &str, content: impl IntoView + 'static) -> AnyView {
    view! { <section><h2>{title.to_owned()}</h2> {content}</section> }.into_any()
}

/// The part to fill in and sign, with the review that there is.
fn sign(copy: Copy<'_>) -> AnyView {
    let words = &copy.words.sign;
    let (by, on) = match copy.assessment.review().done() {
        Some((by, on)) => (by.to_owned(), on.to_string()),
        None => (String::new(), String::new()),
    };
    let rows = [(&words.by, by), (&words.on, on)];
    let rows =
        rows.into_iter().chain([&words.signature, &words.remarks].map(|it| (it, String::new())));
    let rows: Vec<_> = rows
        .map(|(name, value)| view! { <tr><th scope="row">{name.clone()}</th><td>{value}</td></tr> })
        .collect();
    section(
        &words.title,
        view! {
            <p>{words.text.clone()}</p>
            <table class="sign"><tbody>{rows}</tbody></table>
        },
    )
}
