//! Copies in a folder, named by their moments, of which the oldest are deleted.

use std::fs;
use std::num::NonZeroU32;
use std::path::{Path, PathBuf};

use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use super::copying::back_up;
use super::error::BackupError;
use super::files::sync;

/// The name of a copy, around its moment.
const PREFIX: &str = "intake-";
const SUFFIX: &str = ".db";
/// The name of one that is not complete.
const PART: &str = ".part";

/// A copy in a folder.
#[derive(Debug)]
pub struct Copied {
    /// The file.
    pub file: PathBuf,
    /// The number of requests in it.
    pub count: u64,
}

/// Copies a database into a folder, under the name of this moment. It has that name only once it is
/// complete, checked, and on disk.
///
/// # Errors
/// Any [`BackupError`]; then there is no new copy.
pub async fn back_up_into(
    database: &Path,
    folder: &Path,
    now: OffsetDateTime,
) -> Result<Copied, BackupError> {
    let moment = now.truncate_to_second().format(&Rfc3339)?.replace(':', "-");
    let file = folder.join(format!("{PREFIX}{moment}{SUFFIX}"));
    let part = folder.join(format!("{PREFIX}{moment}{SUFFIX}{PART}"));
    if file.exists() {
        return Err(BackupError::Taken(file));
    }
    let count = back_up(database, &part).await?;
    fs::rename(&part, &file).map_err(|error| BackupError::File { file: part, error })?;
    sync(&file)?;
    Ok(Copied { file, count })
}

/// Deletes the oldest copies of a folder beyond so many, and what is left of copies that were cut off.
/// The newest copy stays whatever the clock says, and so does every file of another name. Returns the
/// number of deleted copies.
///
/// # Errors
/// [`BackupError::File`].
pub fn delete_old(folder: &Path, newest: &Path, keep: NonZeroU32) -> Result<usize, BackupError> {
    let failed = |error| BackupError::File { file: folder.to_owned(), error };
    let mut others = Vec::new();
    for entry in fs::read_dir(folder).map_err(failed)? {
        let file = entry.map_err(failed)?.path();
        let Some(name) = file.file_name().and_then(|name| name.to_str()) else { continue };
        if name.strip_suffix(PART).and_then(moment).is_some() {
            remove(&file)?;
        } else if let Some(moment) = moment(name)
            && file != newest
        {
            others.push((moment, file));
        }
    }
    others.sort();
    let kept_beside_newest = keep.get() as usize - 1;
    let old = others.len().saturating_sub(kept_beside_newest);
    others.iter().take(old).try_for_each(|(_, file)| remove(file))?;
    Ok(old)
}

/// The moment in the name of a copy; `None` for any other name.
fn moment(name: &str) -> Option<OffsetDateTime> {
    let moment = name.strip_prefix(PREFIX)?.strip_suffix(SUFFIX)?;
    let (date, time) = moment.split_once('T')?;
    let parsed = OffsetDateTime::parse(&format!("{date}T{}", time.replace('-', ":")), &Rfc3339);
    parsed.ok()
}

fn remove(file: &Path) -> Result<(), BackupError> {
    fs::remove_file(file).map_err(|error| BackupError::File { file: file.to_owned(), error })
}
