//! The sealed requests on disk: SQLite, one file.

use std::fs::OpenOptions;
use std::io;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use sqlx::SqlSafeStr;
use sqlx::migrate::{MigrateError, Migration, MigrationType, Migrator};
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};
use time::OffsetDateTime;
use uuid::Uuid;

/// How long a request waits for the store before it is told to come back. Less than the time
/// limit of a request, so that the answer is 503 and not a time-out.
pub const PATIENCE: Duration = Duration::from_secs(5);

/// Where sealed requests are kept. Cheap to clone; all clones are one store.
#[derive(Clone, Debug)]
pub struct Store {
    // One connection: SQLite writes one at a time anyway, and waiting in the pool is fair where
    // waiting for SQLite's lock is not.
    pool: SqlitePool,
}

/// What became of an envelope that was brought.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// It is on disk now.
    Now(OffsetDateTime),
    /// The same bytes were stored before, at that time.
    Before(OffsetDateTime),
    /// Other bytes were stored before under this id; nothing was changed.
    Otherwise,
}

/// A stored request, without its envelope.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The request's id.
    pub id: Uuid,
    /// When it was received, UTC, in whole seconds.
    pub received_at: OffsetDateTime,
    /// Size of the envelope, in bytes.
    pub bytes: u32,
}

/// Why the store did not do what it was asked to. Nothing is ever half-stored.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// There is no file to read.
    #[error("there is no database at {}", .0.display())]
    Missing(PathBuf),
    /// The file cannot be made.
    #[error("cannot make the database: {0}")]
    Make(io::Error),
    /// The tables cannot be brought to this program's form.
    #[error("cannot migrate the database: {0}")]
    Migrate(#[from] MigrateError),
    /// Locked too long, full, read-only, damaged, or away.
    #[error("the database does not answer: {0}")]
    Unavailable(#[from] sqlx::Error),
}

impl Store {
    /// Opens the database for storing, makes it where there is none, and runs the migrations.
    /// `patience` is how long a call waits for a lock that somebody else holds.
    ///
    /// # Errors
    /// Any [`StoreError`] but [`StoreError::Missing`].
    pub async fn open(file: &Path, patience: Duration) -> Result<Self, StoreError> {
        make_private(file).map_err(StoreError::Make)?;
        let options = options(file, patience)
            .journal_mode(SqliteJournalMode::Wal)
            // Every commit is synced before it returns: what was answered survives a power cut.
            .synchronous(SqliteSynchronous::Full);
        let store = Self::connect(options, patience).await?;
        migrations().run(&store.pool).await?;
        Ok(store)
    }

    /// Opens an existing database for reading only; a running service is not disturbed.
    ///
    /// # Errors
    /// [`StoreError::Missing`] and [`StoreError::Unavailable`].
    pub async fn open_for_reading(file: &Path, patience: Duration) -> Result<Self, StoreError> {
        if !file.is_file() {
            return Err(StoreError::Missing(file.to_owned()));
        }
        Self::connect(options(file, patience).read_only(true), patience).await
    }

    async fn connect(
        options: SqliteConnectOptions,
        patience: Duration,
    ) -> Result<Self, StoreError> {
        let pool = SqlitePoolOptions::new()
            .max_connections(1)
            .acquire_timeout(patience)
            .connect_with(options)
            .await?;
        Ok(Self { pool })
    }

    /// Stores an envelope, unless its id is taken. Returns once it is committed and synced.
    ///
    /// One statement decides, so that of many equal requests at once exactly one is stored, and a
    /// caller that goes away leaves no transaction open.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`]; then the same call can be made again.
    pub async fn keep(&self, id: Uuid, envelope: &[u8]) -> Result<Kept, StoreError> {
        let now = OffsetDateTime::now_utc().replace_nanosecond(0).map_err(decoding)?;
        let insert = "INSERT INTO requests (id, received_at, envelope) VALUES (?1, ?2, ?3) \
                      ON CONFLICT (id) DO NOTHING";
        let inserted = sqlx::query(insert)
            .bind(id.to_string())
            .bind(now.unix_timestamp())
            .bind(envelope)
            .execute(&self.pool)
            .await?;
        if inserted.rows_affected() == 1 {
            return Ok(Kept::Now(now));
        }
        let compare = "SELECT received_at, envelope = ?2 FROM requests WHERE id = ?1";
        let (received_at, same): (i64, bool) = sqlx::query_as(compare)
            .bind(id.to_string())
            .bind(envelope)
            .fetch_one(&self.pool)
            .await?;
        Ok(if same { Kept::Before(moment(received_at)?) } else { Kept::Otherwise })
    }

    /// Whether the store answers.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] where it does not.
    pub async fn answers(&self) -> Result<(), StoreError> {
        sqlx::query("SELECT position FROM requests LIMIT 1").fetch_optional(&self.pool).await?;
        Ok(())
    }

    /// All stored requests, in the order of their arrival.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn entries(&self) -> Result<Vec<Entry>, StoreError> {
        let select = "SELECT id, received_at, length(envelope) FROM requests ORDER BY position";
        let rows: Vec<(String, i64, u32)> = sqlx::query_as(select).fetch_all(&self.pool).await?;
        let entry = |(id, received_at, bytes): (String, i64, u32)| {
            let id = id.parse().map_err(decoding)?;
            Ok(Entry { id, received_at: moment(received_at)?, bytes })
        };
        rows.into_iter().map(entry).collect()
    }

    /// The envelope of a request, as it was received; `None` where there is no such request (any
    /// more).
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn envelope(&self, id: Uuid) -> Result<Option<Vec<u8>>, StoreError> {
        let select = "SELECT envelope FROM requests WHERE id = ?1";
        Ok(sqlx::query_scalar(select).bind(id.to_string()).fetch_optional(&self.pool).await?)
    }

    /// Finishes what was begun, and closes the file.
    pub async fn close(self) {
        self.pool.close().await;
    }
}

fn options(file: &Path, patience: Duration) -> SqliteConnectOptions {
    SqliteConnectOptions::new().filename(file).busy_timeout(patience)
}

fn migrations() -> Migrator {
    let requests = include_str!("../migrations/sqlite/0001_requests.sql").into_sql_str();
    Migrator::with_migrations(vec![Migration::new(
        1,
        "requests".into(),
        MigrationType::Simple,
        requests,
        false,
    )])
}

/// Makes the file readable for its owner alone; SQLite gives its companions the same mode.
fn make_private(file: &Path) -> io::Result<()> {
    OpenOptions::new().append(true).create(true).mode(0o600).open(file).map(drop)
}

fn moment(seconds: i64) -> Result<OffsetDateTime, StoreError> {
    OffsetDateTime::from_unix_timestamp(seconds).map_err(decoding)
}

fn decoding(error: impl std::error::Error + Send + Sync + 'static) -> StoreError {
    StoreError::Unavailable(sqlx::Error::Decode(Box::new(error)))
}
