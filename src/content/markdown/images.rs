//! Pictures that lie beside an article.

mod end;

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use guide_core::source::Mistake;
use imagesize::{Compression, ImageType};

use crate::content::words::escape;

/// Endings of the pictures that browsers show.
pub(in crate::content) const ENDINGS: [&str; 5] = ["avif", "jpeg", "jpg", "png", "webp"];

/// The most pixels across or down, and the most bytes, that no reader waits long for.
const MAX_PIXELS: usize = 4_000;
const MAX_BYTES: usize = 2_000_000;

/// Whether a file is named as a picture.
pub(in crate::content) fn is_image(path: &Path) -> bool {
    let ending = path.extension().unwrap_or_default();
    ENDINGS.iter().any(|it| ending.eq_ignore_ascii_case(it))
}

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
    /// Bytes of the file.
    bytes: usize,
}

impl Image {
    /// The picture of this name beside `article`.
    ///
    /// # Errors
    /// What to do where it cannot be shown.
    pub(super) fn beside(article: &Path, name: &str) -> Result<Self, String> {
        let path = article.with_file_name(name);
        if name.contains(char::is_whitespace) || name.contains("%20") {
            let like = name.replace("%20", " ").split_whitespace().collect::<Vec<_>>().join("-");
            return Err(format!(
                "the image \"{name}\" cannot be shown: its name may have no blanks; call the file \
                 {like} and write that here"
            ));
        }
        if !is_image(&path) || name.contains(['/', '\\', ':', '?', '#', '%']) {
            return Err(format!(
                "the image \"{name}\" cannot be shown; put a file that ends in .{} beside the \
                 article and write its name alone",
                ENDINGS.join(", .")
            ));
        }
        if let Some(other) = other_spelling(&path, name) {
            return Err(format!(
                "the image \"{name}\" cannot be shown: the file is called \"{other}\"; write it so"
            ));
        }
        let unreadable = |error: &dyn std::fmt::Display| {
            format!("the image \"{name}\" cannot be read ({error})")
        };
        let bytes = fs::read(&path).map_err(|error| match error.kind() {
            ErrorKind::NotFound => format!(
                "the image \"{name}\" cannot be shown: there is no file {name} beside the article"
            ),
            _ => unreadable(&error),
        })?;
        let kind = imagesize::image_type(&bytes).map_err(|_| {
            format!(
                "the file \"{name}\" holds no picture; save it again as PNG or JPEG (its name alone \
                 makes none)"
            )
        })?;
        let shown = match kind {
            ImageType::Jpeg | ImageType::Png | ImageType::Webp => true,
            ImageType::Heif(compression) => compression == Compression::Av1,
            _ => false,
        };
        if !shown {
            return Err(format!(
                "the image \"{name}\" is of a kind that many browsers do not show, whatever its name \
                 says; save it as JPEG"
            ));
        }
        let broken =
            || format!("the image \"{name}\" is broken: its end is missing; copy it again");
        if !end::is_there(kind, &bytes) {
            return Err(broken());
        }
        let size = imagesize::blob_size(&bytes).map_err(|_| broken())?;
        let (width, height, bytes) = (size.width, size.height, bytes.len());
        Ok(Self { path, name: name.to_owned(), width, height, bytes })
    }

    /// Why it takes long to load, for the build to say.
    pub(in crate::content) fn too_large(&self) -> Option<Mistake> {
        let Self { path, width, height, bytes, .. } = self;
        let is_large = (*width).max(*height) > MAX_PIXELS || *bytes > MAX_BYTES;
        is_large.then(|| {
            let megabytes = format!("{}.{}", bytes / 1_000_000, bytes / 100_000 % 10);
            let reason = format!(
                "this picture takes long to load: {width} × {height} pixels, {megabytes} MB; save it \
                 smaller, 1600 pixels across are enough"
            );
            Mistake { file: path.display().to_string(), line: 1, reason }
        })
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

/// The name of the file where it differs from the one that is written in large and small letters
/// alone: a server would not find it, even where this computer does.
fn other_spelling(path: &Path, name: &str) -> Option<String> {
    let entries = fs::read_dir(path.parent()?).ok()?.flatten();
    let names: Vec<String> =
        entries.map(|it| it.file_name().to_string_lossy().into_owned()).collect();
    if names.iter().any(|it| it == name) {
        return None;
    }
    names.into_iter().find(|it| it.to_lowercase() == name.to_lowercase())
}
