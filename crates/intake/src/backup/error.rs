//! Errors of copies.

use std::io;
use std::path::PathBuf;

use time::error::Format;

use crate::store::StoreError;

/// Why there is no copy. Nothing that was there before was changed.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// A file cannot be read or made.
    #[error("{}: {error}", file.display())]
    File {
        /// Which.
        file: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// The path is taken.
    #[error("{} is there already; nothing was overwritten", .0.display())]
    Taken(PathBuf),
    /// A path that SQLite cannot take.
    #[error("{}: give a path in UTF-8", .0.display())]
    Path(PathBuf),
    /// The copy is damaged.
    #[error("{}: damaged: {found}", file.display())]
    Damaged {
        /// Which.
        file: PathBuf,
        /// The damage, in SQLite's words.
        found: String,
    },
    /// A moment that cannot be in a name.
    #[error("{0}")]
    Moment(#[from] Format),
    /// SQLite failed.
    #[error("{}: {error}", file.display())]
    Database {
        /// Which file.
        file: PathBuf,
        /// SQLite's error.
        error: sqlx::Error,
    },
    /// The copy is of no release that this one can bring up to date, or that failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}
