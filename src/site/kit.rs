//! The site kit: the site is built from its content by the native program alone. Changing the content changes no
//! byte of the app, so the files of the app, and the template of the pages, are kept from a build by Trunk.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use tempfile::TempDir;
use walkdir::WalkDir;

use super::appearance::{ICON, TOKENS};
use super::{Error, digests, write_site};

/// The folder with the files of the app, beside the program.
pub const APP: &str = "app";
/// The same, where a build by Trunk writes it.
const BUILT: &str = "target/kit/app";
/// In it the site without its pages. Its `index.html` is the template of them.
const SITE: &str = "site";

/// Keeps the site that Trunk has assembled, whose pages are not written yet.
///
/// # Errors
/// A file that cannot be read or written.
pub fn keep(site: &Path) -> Result<(), Error> {
    let app = Path::new(BUILT);
    match fs::remove_dir_all(app) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            return Err(Error::File(app.to_owned(), error));
        }
        _ => copy(site, &app.join(SITE))?,
    }
    for file in [TOKENS, ICON] {
        copy(Path::new(file), &app.join(file))?;
    }
    Ok(())
}

/// Builds the site of a content from the files of the app. `out` is replaced once the new site is complete.
///
/// # Errors
/// Mistakes in the content; a folder `out` that is something else than a site; a file that cannot be read or written.
pub fn build(app: &Path, content: &Path, out: &Path) -> Result<(), Error> {
    let failed = |error| Error::File(out.to_owned(), error);
    let is_there = out.exists();
    if is_there && !is_site(out).map_err(failed)? {
        return Err(Error::NotASite(out.to_owned()));
    }
    let parent = match out.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    // On the same disk as its place, which it takes at once.
    let folder = TempDir::with_prefix_in(".guide-", parent)
        .map_err(|error| Error::File(parent.to_owned(), error))?;
    let (site, before) = (folder.path().join("site"), folder.path().join("before"));
    copy(&app.join(SITE), &site)?;
    let list = write_site(content, app, &site)?;
    if is_there {
        fs::rename(out, &before).map_err(failed)?;
    }
    if let Err(error) = fs::rename(&site, out) {
        if is_there {
            fs::rename(&before, out).map_err(failed)?;
        }
        return Err(failed(error));
    }
    let manifest = digests::file(out);
    fs::write(&manifest, list).map_err(|error| Error::File(manifest, error))
}

/// Returns `true` for a folder that is empty or holds a built site.
fn is_site(folder: &Path) -> io::Result<bool> {
    let is_empty = fs::read_dir(folder)?.next().is_none();
    Ok(is_empty || folder.join(guide_core::policy::FILE).is_file())
}

/// Copies a file, or a folder with all that is in it.
fn copy(from: &Path, to: &Path) -> Result<(), Error> {
    let failed = |error: io::Error| Error::File(from.to_owned(), error);
    for entry in WalkDir::new(from) {
        let entry = entry.map_err(|error| failed(error.into()))?;
        let path = entry.path();
        let below = path.strip_prefix(from).unwrap_or(path);
        let target: PathBuf = if below.as_os_str().is_empty() { to.into() } else { to.join(below) };
        let failed = |error| Error::File(target.clone(), error);
        if entry.file_type().is_dir() {
            fs::create_dir_all(&target).map_err(failed)?;
        } else {
            fs::create_dir_all(target.parent().unwrap_or(to)).map_err(failed)?;
            fs::copy(path, &target).map_err(failed)?;
        }
    }
    Ok(())
}
