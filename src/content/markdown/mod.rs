//! Articles: Markdown with TOML front matter, headings with ids, footnotes as references.
//!
//! A fenced block `insert` names what the page puts in its place, see [`Insert`].
//! `reader` goes through the text.

mod headings;
mod images;
mod reader;
mod references;

use std::collections::{HashMap, HashSet};

use guide_core::source::Mistake;
use serde::Deserialize;
use url::Url;

use super::studies::Studies;
pub use images::Image;

/// What stands above an article.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct FrontMatter {
    /// The page's heading.
    pub title: String,
    /// For search engines and previews.
    pub description: String,
    /// One or two sentences under the title.
    pub lede: String,
    /// When the text was last changed.
    pub date: toml::value::Datetime,
    /// Which clinician reviewed it; empty while nobody has.
    pub reviewed_by: String,
    /// For staff rather than patients: named in no list, no sitemap and no search engine.
    #[serde(default)]
    pub unlisted: bool,
}

/// An article.
#[derive(Clone, Debug, PartialEq)]
pub struct Article {
    /// The file's name without its ending; names the page.
    pub slug: String,
    /// What stands above it.
    pub front: FrontMatter,
    /// Before the first heading, as HTML.
    pub opening: String,
    /// One a heading of level 2.
    pub sections: Vec<Section>,
    /// Of all its headings: what a link to it can name.
    pub ids: HashSet<String>,
    /// In the order in which they are first cited.
    pub references: Vec<Reference>,
    /// Pictures that it shows, to lie beside its page.
    pub images: Vec<Image>,
    /// Words in it, headings too and references not, for the time it takes to read.
    pub words: usize,
    links: Vec<(String, usize)>,
    file: String,
}

/// A part of an article that quick links lead to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// Unique in the article.
    pub id: String,
    /// The heading.
    pub title: String,
    /// Classes of the heading, e.g. `summary` for the box "In short".
    pub classes: String,
    /// What stands under the heading.
    pub parts: Vec<Part>,
}

/// A part of a section.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// Text, as HTML.
    Html(String),
    /// Something that the page puts here.
    Insert(Insert),
}

/// What a fenced block `insert` can name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Insert {
    /// `self-assessment`
    SelfAssessment,
    /// `assessment-questions`: all of them, to print.
    AssessmentQuestions,
    /// `appointment-request`
    AppointmentRequest,
    /// `embed-builder`
    EmbedBuilder,
    /// `all-articles`: the list of them, newest first.
    AllArticles,
    /// `figure …`
    Figure(Figure),
}

/// The insert that lists the articles.
const ALL_ARTICLES: &str = "all-articles";

/// The insert that cites.
const STUDIES: &str = "figure studies";

/// A figure that an insert can name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Figure {
    /// `figure pain-loop`
    PainLoop,
    /// `figure studies`, which cites each study, in its own order.
    Studies(Vec<Citation>),
    /// `figure course`
    Course,
}

/// A place where a source is cited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Citation {
    /// The reference's name in the file.
    pub name: String,
    /// Its number in the list.
    pub number: usize,
    /// Which of its citations this is, counted from 1.
    pub nth: usize,
}

impl Citation {
    /// The link to the reference, which its entry links back to.
    pub fn html(&self) -> String {
        let Self { name, number, nth } = self;
        format!(
            "<sup class=\"citation\"><a id=\"cite-{name}-{nth}\" href=\"#ref-{name}\">{number}</a></sup>"
        )
    }
}

/// A source that the article cites.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// Its name in the file.
    pub name: String,
    /// The entry, as HTML.
    pub html: String,
    /// How often it is cited.
    pub citations: usize,
}

/// Reads an article. `studies` are those that its figures cite; none where they have mistakes of
/// their own.
///
/// # Errors
/// Every mistake that would leave a reader with a broken page.
pub fn parse(
    file: &str,
    slug: &str,
    text: &str,
    studies: Option<&Studies>,
) -> Result<Article, Vec<Mistake>> {
    reader::read(file, slug, text, studies)
}

impl Article {
    /// Whether this insert stands in it.
    pub fn has(&self, insert: &Insert) -> bool {
        let mut parts = self.sections.iter().flat_map(|section| &section.parts);
        parts.any(|part| matches!(part, Part::Insert(it) if it == insert))
    }

    /// Links that lead to no section, no page and no other site. `here` is this page's own address,
    /// `pages` are the ids of all pages by their addresses below `base`.
    pub fn broken_links(
        &self,
        base: &Url,
        here: &Url,
        pages: &HashMap<Url, &HashSet<String>>,
    ) -> Vec<Mistake> {
        let broken = |link: &str| {
            let Ok(mut to) = here.join(link) else { return true };
            let section = to.fragment().map(str::to_owned);
            to.set_fragment(None);
            if to.origin() != base.origin() {
                return to.scheme() != "https";
            }
            match (pages.get(&to), section) {
                (Some(ids), Some(id)) => !ids.contains(&id),
                (page, _) => page.is_none(),
            }
        };
        let mistake = |(link, line): &(String, usize)| Mistake {
            file: self.file.clone(),
            line: *line,
            reason: format!(
                "the link \"{link}\" leads nowhere; link to #a-section, to a page of this site or to \
                 https://"
            ),
        };
        self.links.iter().filter(|(link, _)| broken(link)).map(mistake).collect()
    }
}
