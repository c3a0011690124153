//! An article, read: sections, inserts, references.

use std::collections::HashSet;

use guide_core::review::Review;
use guide_core::source::Mistake;
use serde::Deserialize;

use super::images::Image;

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
    /// The clinician who reviewed it; empty until there is one.
    pub reviewed_by: String,
    /// The day of that review.
    #[serde(default)]
    pub reviewed_on: Option<toml::value::Datetime>,
    /// For staff rather than patients: named in no list, no sitemap and no search engine.
    #[serde(default)]
    pub unlisted: bool,
    /// A further page whose text is a clinician's to review, as that of the guide and of every article.
    #[serde(default)]
    pub clinical: bool,
    /// Named in the footer of every page, if it is a further page that is not unlisted. Another page has to lead to one
    /// that is not.
    #[serde(default = "yes")]
    pub in_footer: bool,
}

fn yes() -> bool {
    true
}

impl FrontMatter {
    /// The clinician's review of the article.
    pub fn review(&self) -> Review<'_> {
        Review { by: &self.reviewed_by, on: self.reviewed_on }
    }
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
    /// Ids of the terms of the glossary that stand in it.
    pub terms: HashSet<String>,
    /// Of its front matter.
    pub(in crate::content) lines: Lines,
    pub(super) links: Vec<(String, usize)>,
    pub(super) file: String,
}

/// Lines of the front matter that mistakes can be in which only a look at all pages finds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::content) struct Lines {
    pub(in crate::content) title: usize,
    pub(in crate::content) date: usize,
    pub(in crate::content) unlisted: usize,
    pub(in crate::content) in_footer: usize,
    pub(in crate::content) reviewed_by: usize,
    pub(in crate::content) reviewed_on: usize,
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
    /// The line of the heading.
    pub line: usize,
}

impl Section {
    /// Whether this insert stands in it.
    pub fn has(&self, insert: &Insert) -> bool {
        self.parts.iter().any(|part| matches!(part, Part::Insert(it) if it == insert))
    }
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
    /// `key-fingerprints`: of the keys that requests are sealed for.
    KeyFingerprints,
    /// `figure …`
    Figure(Figure),
    /// `options`: those of the decision aid, which cite their sources, in their own order.
    Options(Vec<Citation>),
    /// `matters`: what can matter to a patient who chooses.
    Matters,
    /// `take-along`: questions to take along.
    TakeAlong,
    /// `diary`: a sheet for one month.
    Diary,
    /// `glossary`: all its words.
    Glossary,
}

/// The insert that lists the articles.
pub(super) const ALL_ARTICLES: &str = "all-articles";

/// The figure that cites.
pub(super) const STUDIES: &str = "figure studies";

/// The options, which cite.
pub(super) const OPTIONS: &str = "options";

/// The matters, which are listed beside the options.
pub(super) const MATTERS: &str = "matters";

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

impl Article {
    /// Whether this insert stands in it.
    pub fn has(&self, insert: &Insert) -> bool {
        self.sections.iter().any(|section| section.has(insert))
    }

    /// Whether it has an insert of the decision aid.
    pub fn is_decision_aid(&self) -> bool {
        let parts = || self.sections.iter().flat_map(|section| &section.parts);
        parts().any(|part| {
            matches!(
                part,
                Part::Insert(
                    Insert::Options(_)
                        | Insert::Matters
                        | Insert::TakeAlong
                        | Insert::Diary
                        | Insert::Glossary
                )
            )
        })
    }

    /// Its file, as it was named to [`super::parse`].
    pub(in crate::content) fn file(&self) -> &str {
        &self.file
    }

    /// Where its links lead, and their lines.
    pub(in crate::content) fn links(&self) -> impl Iterator<Item = (&str, usize)> {
        self.links.iter().map(|(link, line)| (&**link, *line))
    }

    /// A mistake in this line of it.
    pub(in crate::content) fn mistake(&self, line: usize, reason: String) -> Mistake {
        Mistake { file: self.file.clone(), line, reason }
    }
}
