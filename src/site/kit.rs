//! The site kit: the site and the inbox are built from their content by the native program alone. Changing the content changes no
//! byte of the app, so the files of the app, and the template of the pages, are kept from a build by Trunk.

use std::fs::{self, File};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use tempfile::TempDir;
use walkdir::WalkDir;

use super::appearance::{ICON, TOKENS};
use super::preview::page;
use super::{Error, digests, review, write_inbox, write_site};

/// The folder of the builds of Trunk.
const BUILT: &str = "target/kit";

/// What is built.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Product {
    /// The pages of the patients.
    Site,
    /// The inbox of the staff.
    Inbox,
}

impl Product {
    /// The folder with the files of its app, beside the program.
    pub const fn app(self) -> &'static str {
        match self {
            Self::Site => "app",
            Self::Inbox => "inbox-app",
        }
    }

    /// In that the product without what depends on the content. Its `index.html` is a template.
    pub const fn template(self) -> &'static str {
        match self {
            Self::Site => "site",
            Self::Inbox => "inbox",
        }
    }

    /// A file that the product has, and hardly any other folder.
    const fn mark(self) -> &'static str {
        match self {
            Self::Site => guide_core::policy::FILE,
            Self::Inbox => clinic_core::inbox::FILE,
        }
    }

    /// Writes all that depends on the content. Returns the digests of all files.
    fn write(self, content: &Path, app: &Path, folder: &Path) -> Result<String, Error> {
        match self {
            Self::Site => write_site(content, app, folder),
            Self::Inbox => write_inbox(content, folder),
        }
    }
}

/// The start of the name of the folder that a build works in.
const PREFIX: &str = ".guide-";
/// In that, the site that was there before, under its own name.
const BEFORE: &str = "before";
/// In that, a file that is locked while the build runs.
const LOCK: &str = "lock";

/// Keeps what Trunk has assembled, into which nothing of the content is written yet, with the digests of its
/// files.
///
/// # Errors
/// A file that cannot be read or written.
pub fn keep(product: Product, assembled: &Path) -> Result<(), Error> {
    let app = &Path::new(BUILT).join(product.app());
    match fs::remove_dir_all(app) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            return Err(Error::File(app.to_owned(), error));
        }
        _ => copy(assembled, &app.join(product.template()))?,
    }
    if product == Product::Site {
        for file in [TOKENS, ICON, review::STYLE, page::SCRIPT, page::STYLE] {
            copy(Path::new(file), &app.join(file))?;
        }
    }
    let list = digests::list(app).map_err(|error| Error::File(app.to_owned(), error))?;
    super::write(&digests::file(app), &list)
}

/// Builds a product of a content from the files of its app. `out` is replaced once the new one is complete.
///
/// # Errors
/// Mistakes in the content; files of the app that are damaged; a folder `out` that is something else than such a
/// product; a file that cannot be read or written. Whatever it is, the one that is there stays as it was.
pub fn build(product: Product, app: &Path, content: &Path, out: &Path) -> Result<(), Error> {
    verify(app)?;
    // Without a slash at its end, and the folder that a link leads to.
    let out: PathBuf = out.components().collect();
    let out = out.canonicalize().unwrap_or(out);
    let failed = |error| Error::File(out.clone(), error);
    let parent = match out.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    let failed_beside = |error| Error::File(parent.to_owned(), error);
    fs::create_dir_all(parent).map_err(failed_beside)?;
    refuse_within(&out, &parent.canonicalize().map_err(failed_beside)?, &[app, content])?;
    clear_up(parent).map_err(failed_beside)?;
    let is_there = out.exists();
    if is_there && !is_built(product, &out).map_err(failed)? {
        return Err(Error::NotASite(out));
    }
    // On the same disk as its place, which it takes at once.
    let folder = TempDir::with_prefix_in(PREFIX, parent).map_err(failed_beside)?;
    let lock = File::create(folder.path().join(LOCK)).map_err(failed_beside)?;
    lock.lock().map_err(failed_beside)?;
    let at = |name: &str| folder.path().join(name);
    let (site, list) = (at(product.template()), at("digests"));
    let before = at(BEFORE).join(out.file_name().unwrap_or_default());
    fs::create_dir(at(BEFORE)).map_err(failed_beside)?;
    copy(&app.join(product.template()), &site)?;
    super::write(&list, &product.write(content, app, &site)?)?;
    let manifest = digests::file(&out);
    if is_there {
        fs::rename(&out, &before).map_err(failed)?;
    }
    let placed = fs::rename(&site, &out).and_then(|()| fs::rename(&list, &manifest));
    placed.map_err(|error| {
        if is_there {
            // Both belong together: neither is replaced.
            let _ = fs::rename(&out, &site);
            let _ = fs::rename(&before, &out);
        }
        Error::File(manifest, error)
    })
}

/// Compares the files of the app with the digests beside them.
///
/// # Errors
/// [`Error::DamagedApp`].
pub fn verify(app: &Path) -> Result<(), Error> {
    let expected = fs::read_to_string(digests::file(app));
    match (expected, digests::list(app)) {
        (Ok(expected), Ok(list)) if expected == list => Ok(()),
        _ => Err(Error::DamagedApp(app.to_owned())),
    }
}

/// Refuses a place in one of these folders, or in a built site: the next build would take it away, or stumble over it.
fn refuse_within(out: &Path, parent: &Path, folders: &[&Path]) -> Result<(), Error> {
    let within = |folder: &&Path| folder.canonicalize().is_ok_and(|it| parent.starts_with(it));
    let marks = [Product::Site, Product::Inbox].map(Product::mark);
    let in_a_site = parent.ancestors().any(|it| marks.iter().any(|mark| it.join(mark).is_file()));
    if in_a_site || folders.iter().any(within) {
        return Err(Error::NotASite(out.to_owned()));
    }
    Ok(())
}

/// Removes what builds that were cut off have left, and puts sites back that they had moved away.
fn clear_up(parent: &Path) -> io::Result<()> {
    for entry in fs::read_dir(parent)? {
        let folder = entry?.path();
        let is_ours = folder.file_name().is_some_and(|it| it.to_string_lossy().starts_with(PREFIX));
        // Held by a build that still runs.
        let is_held = || File::open(folder.join(LOCK)).is_ok_and(|lock| lock.try_lock().is_err());
        if !is_ours || is_held() {
            continue;
        }
        for site in fs::read_dir(folder.join(BEFORE)).into_iter().flatten() {
            let site = site?;
            let place = parent.join(site.file_name());
            if !place.exists() {
                fs::rename(site.path(), place)?;
            }
        }
        fs::remove_dir_all(&folder)?;
    }
    Ok(())
}

/// Returns `true` for a folder that is empty or holds such a product.
fn is_built(product: Product, folder: &Path) -> io::Result<bool> {
    let is_empty = fs::read_dir(folder)?.next().is_none();
    Ok(is_empty || folder.join(product.mark()).is_file())
}

/// Copies a file, or a folder with all that is in it.
///
/// # Errors
/// A file that cannot be read or written.
pub fn copy(from: &Path, to: &Path) -> Result<(), Error> {
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
