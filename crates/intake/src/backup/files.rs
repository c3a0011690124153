//! Files of databases.

use std::fs::{File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions as _, Connection as _, SqliteConnection};

use super::error::BackupError;
use crate::private_file;

/// The files that SQLite, and `restore`, keep beside a database.
pub(super) fn beside(database: &Path) -> [PathBuf; 4] {
    ["-wal", "-shm", "-journal", ".restoring"].map(|ending| beginning_with(database, ending))
}

pub(super) fn beginning_with(database: &Path, ending: &str) -> PathBuf {
    let mut path = database.as_os_str().to_owned();
    path.push(ending);
    path.into()
}

/// Checks every page and index of a database. Returns the number of requests.
pub(super) async fn check(file: &Path) -> Result<u64, BackupError> {
    let mut connection = open(file).await?;
    let found: String = sqlx::query_scalar("PRAGMA integrity_check(1)")
        .fetch_one(&mut connection)
        .await
        .map_err(|error| failed(file, error))?;
    if found != "ok" {
        return Err(BackupError::Damaged { file: file.to_owned(), found });
    }
    let count: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM requests")
        .fetch_one(&mut connection)
        .await
        .map_err(|error| failed(file, error))?;
    Ok(count.unsigned_abs())
}

/// Executes a statement on a file that nobody else uses.
pub(super) async fn execute(file: &Path, sql: &'static str) -> Result<(), BackupError> {
    let change = async {
        let mut connection = SqliteConnectOptions::new().filename(file).connect().await?;
        sqlx::query(sql).execute(&mut connection).await?;
        connection.close().await
    };
    change.await.map_err(|error| failed(file, error))
}

pub(super) async fn open(file: &Path) -> Result<SqliteConnection, BackupError> {
    // SQLite's own error for a missing file says less.
    if let Err(error) = File::open(file) {
        return Err(BackupError::File { file: file.to_owned(), error });
    }
    let options = SqliteConnectOptions::new().filename(file).read_only(true);
    options.connect().await.map_err(|error| failed(file, error))
}

pub(super) fn make(file: &Path) -> Result<File, BackupError> {
    match private_file::options().write(true).create_new(true).open(file) {
        Ok(made) => Ok(made),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            Err(BackupError::Taken(file.to_owned()))
        }
        Err(error) => Err(BackupError::File { file: file.to_owned(), error }),
    }
}

/// Syncs a file and its entry in the folder to disk.
pub(super) fn sync(file: &Path) -> Result<(), BackupError> {
    let folder = match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let failed = |path: &Path, error| BackupError::File { file: path.to_owned(), error };
    // Windows syncs no file that is open for reading alone.
    let synced = OpenOptions::new().write(true).open(file).and_then(|opened| opened.sync_all());
    synced.map_err(|error| failed(file, error))?;
    private_file::sync_folder(folder).map_err(|error| failed(folder, error))
}

pub(super) fn failed(file: &Path, error: sqlx::Error) -> BackupError {
    BackupError::Database { file: file.to_owned(), error }
}
