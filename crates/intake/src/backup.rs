//! Copies of a SQLite database: made while the service runs, and restored. (PostgreSQL has
//! `pg_dump`.)

use std::fs::{self, File, OpenOptions};
use std::io;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions as _, Connection as _, SqliteConnection};

use crate::audit::Actor;
use crate::store::{
    Database, MARK_AS_COPY, MARK_AS_HALF_RESTORED, STORE_TIMEOUT, Store, StoreError, Token, UNMARK,
};

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

/// A restored copy.
#[derive(Debug)]
pub struct Restored {
    /// The number of requests.
    pub count: u64,
    /// The tokens that came back with it.
    pub tokens: Vec<Token>,
}

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

/// Restores a copy to a path where no database is, migrates its tables, begins another listing, and
/// records that in the audit. The copy stays.
///
/// Until all is done the database is marked, so that no service uses it: its positions would be given
/// again under cursors that are known. A target that was marked by a restore that was cut off is
/// restored anew.
///
/// # Errors
/// Any [`BackupError`]; then nothing is there that was not there before.
pub async fn restore(copy: &Path, database: &Path, actor: &Actor) -> Result<Restored, BackupError> {
    let count = check(copy).await?;
    match Store::open_for_reading(&Database::Sqlite(copy.to_owned()), STORE_TIMEOUT).await {
        Ok(store) => store.close().await,
        // It is migrated below.
        Err(StoreError::Older { .. }) => {}
        Err(error) => return Err(error.into()),
    }
    if is_half_restored(database).await {
        remove(database);
    }
    // SQLite would take a log left by another database for one of this database.
    for beside in beside(database) {
        if beside.exists() {
            return Err(BackupError::Taken(beside));
        }
    }
    make(database)?;
    let restored = async {
        // Before the copying, which may take long: a service that starts meanwhile would make a
        // database of its own.
        execute(database, MARK_AS_HALF_RESTORED).await?;
        put(copy, database).await?;
        let tokens = begin_listing(database, actor).await?;
        execute(database, UNMARK).await?;
        sync(database).map(|()| Restored { count, tokens })
    };
    let result = restored.await;
    if result.is_err() {
        remove(database);
    }
    result
}

/// Puts a marked copy in the place of a file, in one step.
async fn put(copy: &Path, database: &Path) -> Result<(), BackupError> {
    let copied = beginning_with(database, ".restoring");
    let failed = |error| BackupError::File { file: copied.clone(), error };
    let mut target = make(&copied)?;
    File::open(copy).and_then(|mut copy| io::copy(&mut copy, &mut target)).map_err(failed)?;
    drop(target);
    execute(&copied, MARK_AS_HALF_RESTORED).await?;
    sync(&copied)?;
    fs::rename(&copied, database).map_err(failed)?;
    sync(database)
}

/// Migrates a restored database, and begins another listing. Returns the tokens that came back.
async fn begin_listing(database: &Path, actor: &Actor) -> Result<Vec<Token>, StoreError> {
    let store = Store::open_half_restored(database, STORE_TIMEOUT).await?;
    store.renew_epoch(actor).await?;
    let tokens = store.tokens().await?;
    store.close().await;
    Ok(tokens)
}

/// Returns `true` for the target of a restore that was cut off.
async fn is_half_restored(database: &Path) -> bool {
    let stored = Database::Sqlite(database.to_owned());
    let refusal = Store::try_existing(&stored, STORE_TIMEOUT).await;
    matches!(refusal, Err(StoreError::HalfRestored(_)))
}

/// Removes a database that is not wholly restored. An error here would hide the one that matters, or
/// comes again at once.
fn remove(database: &Path) {
    for file in beside(database).into_iter().chain([database.to_owned()]) {
        let _ = fs::remove_file(file);
    }
}

/// The files that SQLite, and [`restore`], keep beside a database.
fn beside(database: &Path) -> [PathBuf; 4] {
    ["-wal", "-shm", "-journal", ".restoring"].map(|ending| beginning_with(database, ending))
}

fn beginning_with(database: &Path, ending: &str) -> PathBuf {
    let mut path = database.as_os_str().to_owned();
    path.push(ending);
    path.into()
}

/// Checks every page and index of a database. Returns the number of requests.
async fn check(file: &Path) -> Result<u64, BackupError> {
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
async fn execute(file: &Path, sql: &'static str) -> Result<(), BackupError> {
    let change = async {
        let mut connection = SqliteConnectOptions::new().filename(file).connect().await?;
        sqlx::query(sql).execute(&mut connection).await?;
        connection.close().await
    };
    change.await.map_err(|error| failed(file, error))
}

async fn open(file: &Path) -> Result<SqliteConnection, BackupError> {
    // SQLite's own error for a missing file says less.
    if let Err(error) = File::open(file) {
        return Err(BackupError::File { file: file.to_owned(), error });
    }
    let options = SqliteConnectOptions::new().filename(file).read_only(true);
    options.connect().await.map_err(|error| failed(file, error))
}

fn make(file: &Path) -> Result<File, BackupError> {
    match OpenOptions::new().write(true).create_new(true).mode(0o600).open(file) {
        Ok(made) => Ok(made),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            Err(BackupError::Taken(file.to_owned()))
        }
        Err(error) => Err(BackupError::File { file: file.to_owned(), error }),
    }
}

/// Syncs a file and its entry in the folder to disk.
fn sync(file: &Path) -> Result<(), BackupError> {
    let folder = match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    for path in [file, folder] {
        File::open(path)
            .and_then(|opened| opened.sync_all())
            .map_err(|error| BackupError::File { file: path.to_owned(), error })?;
    }
    Ok(())
}

fn failed(file: &Path, error: sqlx::Error) -> BackupError {
    BackupError::Database { file: file.to_owned(), error }
}
