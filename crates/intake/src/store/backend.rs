//! SQLite or PostgreSQL, whichever is in use.

use std::path::Path;
use std::time::Duration;

use super::database::Database;
use super::error::StoreError;
use super::postgres::{self, Postgres};
use super::sqlite::{self, Sqlite};

/// The database in use.
#[derive(Clone, Debug)]
pub(super) enum Backend {
    Sqlite(Sqlite),
    Postgres(Postgres),
}

/// Calls the same method of whichever database is in use.
macro_rules! of_either {
    ($backend:expr, $method:ident($($argument:expr),*)) => {
        match $backend {
            Backend::Sqlite(database) => database.$method($($argument),*).await,
            Backend::Postgres(database) => database.$method($($argument),*).await,
        }
    };
}
pub(super) use of_either;

impl Backend {
    pub async fn open(database: &Database, timeout: Duration) -> Result<Self, StoreError> {
        Ok(match database {
            Database::Sqlite(file) => {
                sqlite::make_private(file)?;
                sqlite::refuse_mark(file, timeout).await?;
                Self::Sqlite(Sqlite::open(file, timeout).await?)
            }
            Database::Postgres(address) => Self::Postgres(Postgres::open(address, timeout).await?),
        })
    }

    /// Opens a database whose tables are of this release. The role of PostgreSQL needs only the rights to
    /// what is done then.
    pub async fn open_current(database: &Database, timeout: Duration) -> Result<Self, StoreError> {
        match database {
            Database::Sqlite(_) => Self::open(database, timeout).await,
            Database::Postgres(address) => {
                Ok(Self::Postgres(Postgres::open_current(address, timeout).await?))
            }
        }
    }

    /// Opens a file of SQLite that is marked as half restored.
    pub async fn open_half_restored(file: &Path, timeout: Duration) -> Result<Self, StoreError> {
        Ok(Self::Sqlite(Sqlite::open(file, timeout).await?))
    }

    pub async fn open_for_reading(
        database: &Database,
        timeout: Duration,
    ) -> Result<Self, StoreError> {
        Ok(match database {
            Database::Sqlite(file) => Self::Sqlite(Sqlite::open_for_reading(file, timeout).await?),
            Database::Postgres(address) => {
                Self::Postgres(Postgres::open_for_reading(address, timeout).await?)
            }
        })
    }

    /// Erases deleted requests from SQLite's write-ahead log; `false` if a reader still needs them.
    /// PostgreSQL clears up by itself (`VACUUM`).
    pub async fn erase_deleted(&self) -> Result<bool, StoreError> {
        match self {
            Self::Sqlite(database) => database.truncate_log().await,
            Self::Postgres(_) => Ok(true),
        }
    }
}

/// Tries whether the service could write to an existing database, without changing it.
pub(super) async fn try_writing(database: &Database, timeout: Duration) -> Result<(), StoreError> {
    match database {
        Database::Sqlite(file) => sqlite::refuse_mark(file, timeout).await,
        Database::Postgres(address) => postgres::try_writing(address, timeout).await,
    }
}
