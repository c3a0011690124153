//! A copy of one moment.

use std::fs;
use std::path::Path;

use super::error::BackupError;
use super::files::{check, execute, failed, make, open, sync};
use crate::store::MARK_AS_COPY;

/// Copies a database into a new file that only its owner can read. Returns the number of requests. A
/// service that uses the database is not disturbed, and the copy is of one moment. It is checked,
/// and on disk, when this returns.
///
/// # Errors
/// Any [`BackupError`]; then there is no copy.
pub async fn back_up(database: &Path, copy: &Path) -> Result<u64, BackupError> {
    let target = copy.to_str().ok_or_else(|| BackupError::Path(copy.to_owned()))?;
    let mut from = open(database).await?;
    // An error of the copying would name the copy.
    let read = sqlx::query("SELECT COUNT(*) FROM sqlite_schema").execute(&mut from).await;
    read.map_err(|error| failed(database, error))?;
    make(copy)?;
    let copied = async {
        // SQLite takes an empty file for its target, and leaves it its mode.
        let into = sqlx::query("VACUUM INTO $1").bind(target).execute(&mut from).await;
        into.map_err(|error| failed(copy, error))?;
        execute(copy, MARK_AS_COPY).await?;
        let count = check(copy).await?;
        sync(copy).map(|()| count)
    };
    let result = copied.await;
    if result.is_err() {
        // An error of removing the rest would hide the one that matters.
        let _ = fs::remove_file(copy);
    }
    result
}
