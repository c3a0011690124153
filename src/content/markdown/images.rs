//! Pictures that lie beside an article.

use std::path::{Path, PathBuf};

use crate::words::escape;

/// What browsers show.
const ENDINGS: [&str; 5] = ["avif", "jpeg", "jpg", "png", "webp"];

/// A picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Image {
    /// The file.
    pub path: PathBuf,
    /// Its name, beside the article and beside its page.
    pub name: String,
    /// Pixels across.
    width: usize,
    /// Pixels down.
    height: usize,
}

impl Image {
    /// The picture of this name beside `article`.
    ///
    /// # Errors
    /// What to do where it cannot be shown.
    pub(super) fn beside(article: &Path, name: &str) -> Result<Self, String> {
        let path = article.with_file_name(name);
        let ending = path.extension().unwrap_or_default();
        let shown = ENDINGS.iter().any(|it| ending.eq_ignore_ascii_case(it));
        if !shown || name.contains(['/', '\\', ':', '?', '#', '%']) {
            return Err(format!(
                "the image \"{name}\" cannot be shown; put a file that ends in .{} beside the \
                 article and write its name alone",
                ENDINGS.join(", .")
            ));
        }
        let size = imagesize::size(&path)
            .map_err(|error| format!("the image \"{name}\" cannot be read ({error})"))?;
        let name = name.to_owned();
        Ok(Self { path, name, width: size.width, height: size.height })
    }

    /// The element, with its size, so that the page does not move when it arrives.
    pub(super) fn html(&self, text: &str) -> String {
        let Self { name, width, height, .. } = self;
        format!(
            "<img src=\"{}\" alt=\"{}\" width=\"{width}\" height=\"{height}\" loading=\"lazy\" \
             decoding=\"async\">",
            escape(name),
            escape(text)
        )
    }
}
