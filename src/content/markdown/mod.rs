//! Articles: Markdown with TOML front matter, headings with ids, footnotes as references.
//!
//! A fenced block `insert` names what the page puts in its place, see [`Insert`].
//! `reader` goes through the text.

mod article;
mod front;
mod headings;
mod images;
mod inserts;
mod reader;
mod references;
mod slips;
mod terms;

use guide_core::source::Mistake;

use super::decision_aid::options::Options;
use super::glossary::Glossary;
use super::studies::Studies;
pub use article::{Article, Citation, Figure, FrontMatter, Insert, Part, Reference, Section};
pub use images::Image;
pub(super) use images::{ENDINGS as IMAGE_ENDINGS, is_image};

/// Files that articles share; none of a file that has mistakes of its own.
#[derive(Clone, Copy, Debug, Default)]
pub struct Shared<'a> {
    /// Cited by a figure.
    pub studies: Option<&'a Studies>,
    /// Cited by the list of them.
    pub options: Option<&'a Options>,
    /// Explains words.
    pub glossary: Option<&'a Glossary>,
}

/// Reads an article.
///
/// # Errors
/// Every mistake that would leave a reader with a broken page.
pub fn parse(
    file: &str,
    slug: &str,
    text: &str,
    shared: Shared<'_>,
) -> Result<Article, Vec<Mistake>> {
    reader::read(file, slug, text, shared)
}
