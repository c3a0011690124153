//! Renders an article: sections, inserts, references, the list of further articles.

use guide_core::key::PublicKey;
use guide_core::request::form::Field;
use leptos::prelude::*;

use super::decision_aid::{diary, glossary, matters, options, take_along};
use super::{article_list, contents, embed_builder, figures};
use crate::assessment;
use crate::browser::packed::PackError;
use crate::components::flag::Flag;
use crate::components::list::list;
use crate::components::messages::messages;
use crate::content::Content;
use crate::content::interface::{ReadAloudWords, SiteWords};
use crate::content::markdown::{Article, Insert, Part, Section};
use crate::content::routes::Kind;
use crate::content::words::fill;
use crate::request;

/// Letters in a line on a phone.
const LETTERS: usize = 42;
/// Lines in a unit of `data-size`.
const LINES: usize = 5;
/// Lines that a figure is high.
const FIGURE: usize = 30;
/// Units that the appointment request is high, on a phone as in a wide window.
const REQUEST: usize = 19;
/// The largest unit that `style/article.css` knows.
const MAX_SIZE: usize = 24;

/// The article: its sections, its references, and what else there is to read.
///
/// # Errors
/// The error of packing what the app needs.
pub fn view(content: &Content, article: &Article, kind: Kind) -> Result<AnyView, PackError> {
    let sections = article.sections.iter().map(|section| self::section(content, section, kind));
    let sections = sections.collect::<Result<Vec<AnyView>, _>>()?;
    let references = (!article.references.is_empty()).then(|| references(content, article));
    let view = view! {
        <article class="article">
            {sections} {references}
            {article_list::recent(content, article, kind)}
            {contents::view(&content.interface.site)}
            {article.is_decision_aid().then(|| read_aloud(&content.interface.read_aloud))}
        </article>
    };
    Ok(view.into_any())
}

fn section(content: &Content, section: &Section, kind: Kind) -> Result<AnyView, PackError> {
    let heading = [&section.id, "-heading"].concat();
    let parts = section.parts.iter().map(|part| self::part(content, part, kind));
    let parts = parts.collect::<Result<Vec<AnyView>, _>>()?;
    let view = view! {
        <section
            id=section.id.clone()
            class=section.classes.clone()
            aria-labelledby=heading.clone()
            data-size=size(section)
            data-wide=is_wide(section).then_some("")
        >
            <h2 id=heading.clone()>{section.title.clone()}</h2>
            {parts}
        </section>
    };
    Ok(view.into_any())
}

/// The height of a section on a phone, estimated from its text, in units of `data-size` in
/// `style/article.css`. `None` for a section with another insert: its height is not known, and it is always
/// laid out.
fn size(section: &Section) -> Option<usize> {
    let mut lines = 3;
    for part in &section.parts {
        lines += match part {
            Part::Html(html) => {
                letters(html) / LETTERS
                    + html.matches("</p>").count()
                    + html.matches("</li>").count()
            }
            Part::Insert(Insert::Figure(_)) => FIGURE,
            Part::Insert(Insert::AppointmentRequest) => REQUEST * LINES,
            Part::Insert(_) => return None,
        };
    }
    Some(lines.div_ceil(LINES).min(MAX_SIZE))
}

fn letters(html: &str) -> usize {
    html.split('<').filter_map(|it| it.split_once('>')).map(|it| it.1.len()).sum()
}

/// Returns `true` for a section with the appointment request, which is wider than the text in a wide
/// window.
fn is_wide(section: &Section) -> bool {
    section.parts.iter().any(|part| matches!(part, Part::Insert(Insert::AppointmentRequest)))
}

fn part(content: &Content, part: &Part, kind: Kind) -> Result<AnyView, PackError> {
    let words = &content.interface;
    let view = match part {
        Part::Html(html) => {
            view! { <div class="text" inner_html=html.replace("{table}", &words.site.table)></div> }
                .into_any()
        }
        Part::Insert(Insert::SelfAssessment) => view! {
            <noscript>
                {Flag::note().view(view! {
                    <p>{words.assessment.no_script.clone()}</p>
                    {assessment::view::on_paper(content)}
                })}
            </noscript>
            {assessment::view::view(content)?}
        }
        .into_any(),
        Part::Insert(Insert::AssessmentQuestions) => assessment::view::printed::view(content),
        Part::Insert(Insert::AppointmentRequest) => view! {
            <noscript>
                {Flag::note().view(view! {
                    <p>{words.request.no_script.clone()}</p>
                    {request::view::other_ways(content)}
                })}
            </noscript>
            {content.trial.then(|| {
                Flag::caution().view(view! { <p>{words.request.trial.clone()}</p> })
            })}
            // On a page of the decision aid it stands beside what matters: see content::site.
            {request::view::view(content, match kind {
                Kind::Guide => Field::IncludeAssessment,
                Kind::Article | Kind::Further => Field::IncludeMatters,
            })?}
        }
        .into_any(),
        Part::Insert(Insert::EmbedBuilder) => embed_builder::view(content),
        Part::Insert(Insert::AllArticles) => article_list::all(content, kind),
        Part::Insert(Insert::KeyFingerprints) => {
            let keys = content.clinic.keys.iter().map(PublicKey::fingerprint);
            list(&keys.collect::<Vec<_>>())
        }
        Part::Insert(Insert::Figure(figure)) => figures::view(content, figure),
        Part::Insert(Insert::Options(citations)) => options::view(content, citations),
        Part::Insert(Insert::Matters) => matters::view(&content.decision_aid.matters),
        Part::Insert(Insert::TakeAlong) => take_along::view(&content.decision_aid.take_along),
        Part::Insert(Insert::Diary) => diary::view(&content.decision_aid.diary),
        Part::Insert(Insert::Glossary) => glossary::view(&content.glossary),
    };
    Ok(view)
}

/// The words of the buttons that read a section aloud, which their script makes where there is a voice.
fn read_aloud(words: &ReadAloudWords) -> AnyView {
    messages([
        ("read-aloud", &*words.read),
        ("read-aloud-spoken", &words.read_spoken),
        ("read-stop", &words.stop),
        ("read-stop-spoken", &words.stop_spoken),
    ])
}

fn references(content: &Content, article: &Article) -> AnyView {
    let words = &content.interface.site;
    let entries: Vec<_> = article
        .references
        .iter()
        .enumerate()
        .map(|(index, reference)| {
            let back: Vec<_> = (1..=reference.citations)
                .map(|nth| back_link(words, &reference.name, index + 1, nth))
                .collect();
            view! {
                <li id=["ref-", &reference.name].concat()>
                    <div class="text" inner_html=reference.html.clone()></div>
                    {back}
                </li>
            }
        })
        .collect();
    let lines: usize = article.references.iter().map(|it| letters(&it.html) / LETTERS + 1).sum();
    let size = lines.div_ceil(LINES).min(MAX_SIZE);
    view! {
        <section
            id="references"
            class="references"
            aria-labelledby="references-heading"
            data-size=size
        >
            <h2 id="references-heading">{words.references.clone()}</h2>
            <ol>{entries}</ol>
        </section>
    }
    .into_any()
}

fn back_link(words: &SiteWords, name: &str, number: usize, nth: usize) -> AnyView {
    let href = format!("#cite-{name}-{nth}");
    let label = fill(&words.reference_back, &[("number", &number.to_string())]);
    view! { <a class="back" href=href aria-label=label>"\u{21a9}\u{fe0e}"</a> }.into_any()
}
