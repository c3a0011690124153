//! Errors of the store.

use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use sqlx::error::DatabaseError as _;
use sqlx::migrate::MigrateError;
use sqlx::postgres::PgDatabaseError;
use sqlx::sqlite::SqliteError;

/// Why a call to the store failed. Nothing is ever half-stored.
#[derive(Clone, Debug, thiserror::Error)]
pub enum StoreError {
    /// There is no file to read.
    #[error(
        "there is no database at {}; name the service's by --database, --config or INTAKE_DATABASE \
         (`intake serve` makes one at its first start)",
        .0.display()
    )]
    Missing(PathBuf),
    /// A copy, in which changes would be lost.
    #[error(
        "{} is a copy made by `intake backup`: the service sees nothing of what is changed in it; do \
         that to the service's own database, or put the copy in its place with `intake restore`",
        .0.display()
    )]
    Copy(PathBuf),
    /// The target of a restore that was cut off.
    #[error(
        "{} is not wholly restored: run `intake restore` again, with the same copy",
        .0.display()
    )]
    HalfRestored(PathBuf),
    /// There are no tables in it yet.
    #[error("{0} holds no tables yet; `intake serve` makes them at its first start")]
    Empty(String),
    /// The tables are of an older release.
    #[error("{database} was made by an older release: {remedy}")]
    Older {
        /// Its file, or its address without the password.
        database: String,
        /// The way to bring it up to date.
        remedy: &'static str,
    },
    /// The tables are of a newer release.
    #[error(
        "{0} was made by a newer release of intake: use that program, or restore a backup from \
         before (docs/operating.md, \"Upgrade\")"
    )]
    Newer(String),
    /// The file cannot be made.
    #[error("cannot make the database {}: {error}", file.display())]
    Make {
        /// Which.
        file: PathBuf,
        /// Why.
        error: Arc<io::Error>,
    },
    /// The tables cannot be migrated.
    #[error("cannot migrate the database: {0}")]
    Migrate(Arc<MigrateError>),
    /// No connection to PostgreSQL.
    #[error("cannot connect to {database}: {reason}")]
    Unreachable {
        /// Its address without the password.
        database: String,
        /// Why.
        reason: String,
    },
    /// The service could store nothing in it.
    #[error("the service cannot write to {database}: {reason}")]
    Unwritable {
        /// Its address without the password.
        database: String,
        /// Why.
        reason: String,
    },
    /// Locked too long, full, read-only, damaged, or away.
    #[error("the database is unavailable: {0}")]
    Unavailable(Arc<sqlx::Error>),
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        Self::Unavailable(Arc::new(error))
    }
}

impl From<MigrateError> for StoreError {
    fn from(error: MigrateError) -> Self {
        Self::Migrate(Arc::new(error))
    }
}

impl StoreError {
    /// Returns `true` where SQLite's disk is full or fails, which may pass. On a full disk not even an
    /// existing database can be opened: SQLite makes room for its log first.
    pub fn is_of_disk(&self) -> bool {
        match self {
            Self::Make { error, .. } => {
                use io::ErrorKind::{FileTooLarge, QuotaExceeded, StorageFull};
                matches!(error.kind(), FileTooLarge | QuotaExceeded | StorageFull)
            }
            Self::Unavailable(error) => is_of_disk(error),
            Self::Migrate(error) => match &**error {
                MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _) => {
                    is_of_disk(error)
                }
                _ => false,
            },
            _ => false,
        }
    }

    /// Returns `true` where this user may read the database, and not write to it: by the rights of its
    /// files, by those of PostgreSQL's role, or because the server is a standby.
    pub fn is_of_rights(&self) -> bool {
        match self {
            Self::Make { error, .. } => {
                use io::ErrorKind::{PermissionDenied, ReadOnlyFilesystem};
                matches!(error.kind(), PermissionDenied | ReadOnlyFilesystem)
            }
            Self::Unavailable(error) => is_of_rights(error),
            Self::Migrate(error) => match &**error {
                MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _) => {
                    is_of_rights(error)
                }
                _ => false,
            },
            _ => false,
        }
    }

    /// Returns `true` where another service may be migrating SQLite's tables: it made a step already, or holds a lock.
    pub(super) fn is_of_others(&self) -> bool {
        match self {
            Self::Unavailable(error) => is_of_others(error),
            Self::Migrate(error) => match &**error {
                MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _) => {
                    is_of_others(error)
                }
                _ => false,
            },
            _ => false,
        }
    }

    /// A stored value that this service does not store.
    pub(super) fn decoding(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        sqlx::Error::Decode(error.into()).into()
    }
}

/// Returns `true` for SQLite's `SQLITE_FULL` and `SQLITE_IOERR`.
fn is_of_disk(error: &sqlx::Error) -> bool {
    matches!(primary_code(error), Some(10 | 13))
}

/// Returns `true` for SQLite's `SQLITE_BUSY`, `SQLITE_ERROR` (there is such a table), `SQLITE_PROTOCOL` (the log was
/// locked), `SQLITE_SCHEMA` and `SQLITE_CONSTRAINT` (there is such a row), and where opening takes too long.
fn is_of_others(error: &sqlx::Error) -> bool {
    matches!(error, sqlx::Error::PoolTimedOut)
        || matches!(primary_code(error), Some(1 | 5 | 15 | 17 | 19))
}

/// Returns `true` for SQLite's `SQLITE_READONLY` and `SQLITE_CANTOPEN`, and PostgreSQL's
/// `insufficient_privilege` and `read_only_sql_transaction`.
fn is_of_rights(error: &sqlx::Error) -> bool {
    if matches!(primary_code(error), Some(8 | 14)) {
        return true;
    }
    let code = error
        .as_database_error()
        .and_then(|it| it.try_downcast_ref::<PgDatabaseError>())
        .map(PgDatabaseError::code);
    matches!(code, Some("42501" | "25006"))
}

/// SQLite's primary result code.
fn primary_code(error: &sqlx::Error) -> Option<i32> {
    let error = error.as_database_error()?.try_downcast_ref::<SqliteError>()?;
    let code = error.code()?.parse::<i32>().ok()?;
    // The first byte of an extended code is the primary one.
    Some(code & 0xff)
}
