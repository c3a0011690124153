//! The trial copy of the site, and copies of it that are rendered again from other content.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use guide_core::assessment::Assessment;

use super::clinic::root;

/// The trial copy, as `make size` builds it.
pub fn trial_copy() -> PathBuf {
    root().join(".dev/site")
}

/// The self-assessment of the content.
pub fn assessment() -> Assessment {
    let text = fs::read_to_string(root().join("content/en/assessment.toml"));
    let text = text.expect("the assessment is there");
    guide_core::source::parse("assessment.toml", &text).expect("it has no mistake")
}

/// Copies a folder with everything in it.
pub fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("the folder can be made");
    for path in entries(from) {
        let target = to.join(path.file_name().expect("a name"));
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(&path, &target).expect("the file can be copied");
        }
    }
}

/// Paths of what a folder holds.
pub fn entries(folder: &Path) -> impl Iterator<Item = PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| {
        panic!("{}: {error}; `make size` builds the trial copy", folder.display())
    });
    entries.map(|entry| entry.expect("an entry").path())
}

/// Renders the pages of a copy again, from this content and for this public key, as the last step
/// of the build does.
pub fn render(site: &Path, content: &Path, public_key: &Path) {
    let output = Command::new(env!("CARGO_BIN_EXE_migraine-guide"))
        .current_dir(root())
        .env("TRUNK_STAGING_DIR", site)
        .env("GUIDE_CONTENT", content)
        .env("GUIDE_DEVELOPMENT_KEY", public_key)
        .output()
        .expect("the last step of the build starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// Files below a folder whose names have this extension.
pub fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let (folders, files): (Vec<PathBuf>, Vec<PathBuf>) =
        entries(folder).partition(|path| path.is_dir());
    let has = |path: &PathBuf| path.extension() == Some(OsStr::new(extension));
    let below = folders.iter().flat_map(|folder| self::files(folder, extension));
    files.into_iter().filter(has).chain(below).collect()
}

/// Every file below a folder.
pub fn every_file(folder: &Path) -> BTreeSet<PathBuf> {
    let (folders, files): (Vec<PathBuf>, Vec<PathBuf>) =
        entries(folder).partition(|path| path.is_dir());
    files.into_iter().chain(folders.iter().flat_map(|it| every_file(it))).collect()
}
