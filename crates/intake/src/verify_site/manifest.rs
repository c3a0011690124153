//! The digests of all files of the site, as the build writes them beside it: lines that `sha256sum --check` reads.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::Path;

use guide_core::policy;
use sha2::{Digest as _, Sha256};
use url::Url;

/// The page of a folder.
const INDEX: &str = "index.html";
/// The endings of compressed forms, which are served in place of the file.
const FORMS: [&str; 2] = [".br", ".gz"];
/// Bytes of a SHA-256.
const DIGEST: usize = 32;

/// The files of a site.
#[derive(Debug)]
pub struct Manifest(Vec<File>);

/// A file to fetch.
#[derive(Debug)]
pub struct File {
    path: String,
    digest: [u8; DIGEST],
}

/// Why a manifest cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ManifestError {
    /// It cannot be read.
    #[error("{0}")]
    Read(#[from] io::Error),
    /// A line is no digest with a path.
    #[error("line {0} is no SHA-256 with two blanks and a path below the site")]
    Line(usize),
    /// It lists no policy: it is not of a whole site.
    #[error("it does not list {}, so it is not of a whole site", policy::FILE)]
    NoPolicy,
}

impl Manifest {
    /// Reads a manifest. A compressed form beside its file is left out: the file is fetched in each encoding,
    /// and compared by what that decodes to, since a server may compress for itself.
    ///
    /// # Errors
    /// Any [`ManifestError`].
    pub fn read(file: &Path) -> Result<Self, ManifestError> {
        let text = fs::read_to_string(file)?;
        let parsed = text
            .lines()
            .enumerate()
            .map(|(nth, line)| File::parse(line).ok_or(ManifestError::Line(nth + 1)));
        let mut files: Vec<File> = parsed.collect::<Result<_, _>>()?;
        let paths: BTreeSet<String> = files.iter().map(|file| file.path.clone()).collect();
        if !paths.contains(policy::FILE) {
            return Err(ManifestError::NoPolicy);
        }
        files.retain(|file| {
            let plain = FORMS.iter().find_map(|form| file.path.strip_suffix(form));
            plain.is_none_or(|plain| !paths.contains(plain))
        });
        Ok(Self(files))
    }

    /// The files to fetch.
    pub fn files(&self) -> &[File] {
        &self.0
    }
}

impl File {
    fn parse(line: &str) -> Option<Self> {
        let (digits, path) = line.split_once("  ")?;
        let mut digest = [0; DIGEST];
        let decoded = base16ct::mixed::decode(digits, &mut digest).ok()?.len();
        let is_below = path.split('/').all(|name| !matches!(name, "" | "." | ".."));
        (decoded == DIGEST && is_below).then(|| Self { path: path.to_owned(), digest })
    }

    /// The path below the site.
    pub(super) fn path(&self) -> &str {
        &self.path
    }

    /// Returns `true` if this is the file's content.
    pub(super) fn is(&self, content: &[u8]) -> bool {
        self.digest == Sha256::digest(content)[..]
    }

    /// Returns `true` for a page that people read.
    pub(super) fn is_page(&self) -> bool {
        self.path.ends_with(".html")
    }

    /// The address at which readers find the file: that of its folder for the page of one.
    pub(super) fn address(&self, site: &Url) -> Url {
        let mut address = site.clone();
        let (folder, name) = self.path.rsplit_once('/').unwrap_or(("", &self.path));
        if let Ok(mut segments) = address.path_segments_mut() {
            segments.pop_if_empty();
            segments.extend(folder.split('/').filter(|name| !name.is_empty()));
            segments.push(if name == INDEX { "" } else { name });
        }
        address
    }
}
