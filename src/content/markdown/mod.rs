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

use guide_core::source::Mistake;

use super::studies::Studies;
pub use article::{Article, Citation, Figure, FrontMatter, Insert, Part, Reference, Section};
pub use images::Image;
pub(super) use images::{ENDINGS as IMAGE_ENDINGS, is_image};

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
