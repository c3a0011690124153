//! The digests of all files of the site, by which `intake verify-site` finds what a server alters.
//!
//! They lie beside the folder of the site, never in it: a server that alters a page could alter its digest too.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};
use walkdir::{DirEntry, WalkDir};

/// The folder whose leading dot is no secret (RFC 8615), at the root alone.
const WELL_KNOWN: &str = ".well-known";

/// The file of the digests of a site in this folder: `dist.sha256` for `dist`.
pub fn file(site: &Path) -> PathBuf {
    let mut name = site.as_os_str().to_owned();
    name.push(".sha256");
    name.into()
}

/// SHA-256 and path of every file below the folder, sorted by path, as `sha256sum --check` reads them. Leaves out
/// names with a leading dot (a lock of the build), which `intake` does not serve. Equal files give an equal text.
///
/// # Errors
/// A file that cannot be read, or whose name cannot stand in a line.
pub fn list(folder: &Path) -> io::Result<String> {
    let mut lines = BTreeMap::new();
    for entry in WalkDir::new(folder).min_depth(1).into_iter().filter_entry(is_served) {
        let entry = entry?;
        if entry.file_type().is_dir() {
            continue;
        }
        let below = entry.path().strip_prefix(folder).unwrap_or(entry.path());
        let Some(name) = line_name(below) else {
            let message = format!("{}: this name cannot stand in a line", entry.path().display());
            return Err(io::Error::new(ErrorKind::InvalidData, message));
        };
        let digest = Sha256::digest(fs::read(entry.path())?);
        lines.insert(name, base16ct::lower::encode_string(&digest));
    }
    Ok(lines.iter().map(|(name, digest)| format!("{digest}  {name}\n")).collect())
}

/// The path with slashes, which Windows has not.
fn line_name(below: &Path) -> Option<String> {
    let names = below.iter().map(OsStr::to_str).collect::<Option<Vec<_>>>()?;
    let name = names.join("/");
    (!name.contains(|it: char| it.is_control() || it == '\\')).then_some(name)
}

fn is_served(entry: &DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy();
    !name.starts_with('.') || (entry.depth() == 1 && name == WELL_KNOWN)
}
