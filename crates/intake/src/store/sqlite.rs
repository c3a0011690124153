//! SQLite: one file, one writer.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use clinic_core::state::State;
use guide_core::request::reference::Reference;
use sqlx::migrate::{Migration, MigrationType, Migrator};
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqlitePool, SqlitePoolOptions,
    SqliteRow, SqliteSynchronous,
};
use sqlx::{
    AssertSqlSafe, ConnectOptions as _, Connection as _, FromRow, Row as _, SqlSafeStr, Transaction,
};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;
use tokio::time::sleep;
use uuid::Uuid;
use uuid::fmt::Hyphenated;

use super::arrival::{Arrival, Group};
use super::audit_queries::{LineRow, audit_queries, line_from_row, stored_hash};
use super::change::{AfterChange, Change, ChangeKind, PastChange};
use super::change_queries::{RETENTION, change_queries};
use super::entry::{
    Alarm, Channel, Clock, Entry, Filter, InsertOutcome, Matching, Notice, NoticeRow, Sealed,
    Token, TokenRow, Trial, Unread, UnreadRow, moment,
};
use super::entry_rows::{decoded, decoded_state, entry_columns, entry_rows};
use super::error::StoreError;
use super::feed_queries::feed_queries;
use super::handling::{Handling, MarkOutcome, Marking};
use super::lease::Lease;
use super::listing::Listing;
use super::marking_queries::marking_queries;
use super::migrate::migrate;
use super::notice_queries::{ALARM_PAUSE, MAX_PAUSE, notice_queries};
use super::queries::{LATEST, PROBE_BYTES, queries, refuse_other_release};
use super::sealed_note::{MAX_NOTES, NoteOutcome, SealedNote};
use super::sealed_note_queries::sealed_note_queries;
use super::token_queries::{made_first_token, made_token, revoked_token, token_queries};
use super::trial_queries::trial_queries;
use crate::audit::{Action, Actor, Event, Hash, Line, StoredLine};
use crate::private_file;
use crate::tokens::{NewToken, Scope};

/// Marks a copy that `intake backup` made. `PRAGMA user_version` of a database in use is 0.
pub(crate) const MARK_AS_COPY: &str = "PRAGMA user_version = 1";
/// Marks the target of `intake restore`, until all is done.
pub(crate) const MARK_AS_HALF_RESTORED: &str = "PRAGMA user_version = 2";
/// Makes it an ordinary database.
pub(crate) const UNMARK: &str = "PRAGMA user_version = 0";
/// The way to bring tables of an older release up to date.
const REMEDY: &str =
    "run `intake restore` first, or restart the service that uses it with this release";

/// Connections for reading; they do not wait for the writer, nor it for them.
const READERS: u32 = 4;
/// The time for which emptying the log waits for readers: a listing ends in it, a backup does not.
const READERS_END: Duration = Duration::from_millis(200);
/// The time in which other services that were started along have migrated the tables, on a slow disk too.
const OTHERS_MIGRATE: Duration = Duration::from_secs(20);
/// The pause before the next try meanwhile.
const BETWEEN_TRIES: Duration = Duration::from_millis(20);

#[derive(Clone, Debug)]
pub(super) struct Sqlite {
    // One connection: SQLite has one writer at a time anyway, and the pool's queue is fair, unlike
    // SQLite's lock.
    writing: SqlitePool,
    reading: SqlitePool,
    timeout: Duration,
}

queries!(Sqlite, on: SqliteConnection, id: Hyphenated);
audit_queries!(
    Sqlite,
    on: SqliteConnection,
    lines: "SELECT position, CAST(at AS BLOB), CAST(actor AS BLOB), \
            CAST(action AS BLOB), CAST(subject AS BLOB), CAST(detail AS BLOB), hash \
            FROM audit WHERE position > $1 ORDER BY position LIMIT $2"
);
entry_rows!(SqliteRow, id: Hyphenated);
feed_queries!(Sqlite, on: SqliteConnection, row: SqliteRow, id: Hyphenated);
change_queries!(Sqlite, id: Hyphenated);
marking_queries!(Sqlite, on: SqliteConnection, id: Hyphenated);
sealed_note_queries!(Sqlite, on: SqliteConnection, row: SqliteRow);
token_queries!(Sqlite, on: SqliteConnection);
notice_queries!(Sqlite, id: Hyphenated);
trial_queries!(Sqlite, on: SqliteConnection, id: Hyphenated);

impl Sqlite {
    pub(super) async fn open(file: &Path, timeout: Duration) -> Result<Self, StoreError> {
        let options = options(file, timeout)
            .journal_mode(SqliteJournalMode::Wal)
            // Every commit is synced before it returns: an acknowledged request survives a power cut.
            .synchronous(SqliteSynchronous::Full)
            // Deleted content is overwritten with zeros.
            .pragma("secure_delete", "ON");
        let writing = migrated_beside_others(&options, file, timeout).await?;
        let reading = pool(READERS, timeout).connect_lazy_with(options);
        Ok(Self { writing, reading, timeout })
    }

    pub(super) async fn open_for_reading(
        file: &Path,
        timeout: Duration,
    ) -> Result<Self, StoreError> {
        if !file.is_file() {
            return Err(StoreError::Missing(file.to_owned()));
        }
        let options = options(file, timeout).read_only(true);
        let reading = pool(1, timeout).connect_with(options).await?;
        let has_tables =
            "SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE name = '_sqlx_migrations')";
        if !sqlx::query_scalar(has_tables).fetch_one(&reading).await? {
            return Err(StoreError::Empty(file.display().to_string()));
        }
        let latest: Option<i64> = sqlx::query_scalar(LATEST).fetch_one(&reading).await?;
        refuse_other_release(latest, &migrations(), file.display().to_string(), REMEDY)?;
        Ok(Self { writing: reading.clone(), reading, timeout })
    }

    /// Copies the write-ahead log into the database, and empties it: frames of deleted requests would
    /// stay there until overwritten. Returns `false` if a reader still needs them.
    pub(super) async fn truncate_log(&self) -> Result<bool, StoreError> {
        let mut connection = Lease::of(&self.writing).await?;
        // Storing waits meanwhile.
        set_busy_timeout(&mut connection, READERS_END).await?;
        let (busy, _, _): (i64, i64, i64) =
            sqlx::query_as("PRAGMA wal_checkpoint(TRUNCATE)").fetch_one(&mut *connection).await?;
        set_busy_timeout(&mut connection, self.timeout).await?;
        connection.return_to_pool();
        Ok(busy == 0)
    }

    /// Begins a change that is recorded in the audit. SQLite has one writer at a time.
    async fn begin_recorded(
        connection: &mut SqliteConnection,
    ) -> Result<Transaction<'_, sqlx::Sqlite>, StoreError> {
        Ok(connection.begin_with("BEGIN IMMEDIATE").await?)
    }

    pub(super) async fn insert_all(
        &self,
        group: &Group,
        now: OffsetDateTime,
    ) -> Result<Vec<InsertOutcome>, StoreError> {
        let insert = "INSERT INTO requests (id, received_at, changed_at, envelope, digest) \
                      VALUES ($1, $2, $2, $3, $4) ON CONFLICT (id) DO NOTHING";
        let compare = "SELECT received_at, envelope = $2 FROM requests WHERE id = $1";
        let announce = "INSERT INTO notices (request_id, channel) VALUES ($1, $2)";
        let mut connection = Lease::of(&self.writing).await?;
        let mut transaction = connection.begin_with("BEGIN IMMEDIATE").await?;
        let mut outcomes = Vec::with_capacity(group.arrivals.len());
        for Arrival { id, envelope, digest, channels, is_trial } in &group.arrivals {
            let (trial, id) = (is_trial.then_some(*id), id.hyphenated());
            let inserted = sqlx::query(insert)
                .bind(id)
                .bind(now.unix_timestamp())
                .bind(envelope.as_slice())
                .bind(digest.as_slice())
                .execute(&mut *transaction)
                .await?;
            if inserted.rows_affected() == 0 {
                let (received_at, same): (i64, bool) = sqlx::query_as(compare)
                    .bind(id)
                    .bind(envelope.as_slice())
                    .fetch_one(&mut *transaction)
                    .await?;
                outcomes.push(if same {
                    InsertOutcome::Duplicate(moment(received_at)?)
                } else {
                    InsertOutcome::Conflict
                });
                continue;
            }
            if let Some(trial) = trial {
                Self::set_apart(&mut transaction, trial).await?;
            }
            for channel in channels.iter() {
                sqlx::query(announce)
                    .bind(id)
                    .bind(channel.as_str())
                    .execute(&mut *transaction)
                    .await?;
            }
            outcomes.push(InsertOutcome::Created(now));
        }
        if group.probe && !outcomes.iter().any(InsertOutcome::is_created) {
            Self::write_probe(&mut transaction, now).await?;
        }
        transaction.commit().await?;
        connection.return_to_pool();
        Ok(outcomes)
    }
}

/// Opens the database and migrates its tables. SQLite has no lock for that, so where other services are at it too,
/// one fails at each step that another has made, or waits in vain: it looks again what is left to do.
async fn migrated_beside_others(
    options: &SqliteConnectOptions,
    file: &Path,
    timeout: Duration,
) -> Result<SqlitePool, StoreError> {
    let migrations = migrations();
    let try_once = async || {
        let writing = pool(1, timeout).connect_with(options.clone()).await?;
        let newer = || StoreError::Newer(file.display().to_string());
        migrate(&mut *writing.acquire().await?, &migrations, newer).await?;
        Ok::<_, StoreError>(writing)
    };
    let begun = Instant::now();
    loop {
        match try_once().await {
            Err(error) if error.is_of_others() && begun.elapsed() < OTHERS_MIGRATE => {
                tracing::debug!(%error, "another service may be migrating the tables");
                sleep(BETWEEN_TRIES).await;
            }
            done => return done,
        }
    }
}

/// Refuses to write to a marked database, before anything in it is changed.
pub(super) async fn refuse_mark(file: &Path, timeout: Duration) -> Result<(), StoreError> {
    let mut connection = options(file, timeout).connect().await?;
    let version: i64 = sqlx::query_scalar("PRAGMA user_version").fetch_one(&mut connection).await?;
    connection.close().await?;
    match version {
        0 => Ok(()),
        2 => Err(StoreError::HalfRestored(file.to_owned())),
        _ => Err(StoreError::Copy(file.to_owned())),
    }
}

async fn set_busy_timeout(
    connection: &mut SqliteConnection,
    timeout: Duration,
) -> Result<(), sqlx::Error> {
    let pragma = AssertSqlSafe(format!("PRAGMA busy_timeout = {}", timeout.as_millis()));
    sqlx::query(pragma).execute(connection).await.map(drop)
}

fn pool(connections: u32, timeout: Duration) -> SqlitePoolOptions {
    SqlitePoolOptions::new().max_connections(connections).acquire_timeout(timeout)
}

fn options(file: &Path, timeout: Duration) -> SqliteConnectOptions {
    SqliteConnectOptions::new().filename(file).busy_timeout(timeout)
}

/// Every schema ever released, and the way from each to the next. A migration is never changed.
fn migrations() -> Migrator {
    let requests = include_str!("../../migrations/sqlite/0001_requests.sql");
    let states = include_str!("../../migrations/sqlite/0002_states_tokens_notices.sql");
    let listing = include_str!("../../migrations/sqlite/0003_listing_epoch_clock.sql");
    let digests = include_str!("../../migrations/sqlite/0004_digests_gathered_notices.sql");
    let audit = include_str!("../../migrations/sqlite/0005_token_scopes_audit.sql");
    let alarms = include_str!("../../migrations/sqlite/0006_unread_alarms.sql");
    let backups = include_str!("../../migrations/sqlite/0007_backups.sql");
    let recipients = include_str!("../../migrations/sqlite/0008_added_recipients.sql");
    let changes = include_str!("../../migrations/sqlite/0009_work_states_changes_notes.sql");
    let trials = include_str!("../../migrations/sqlite/0010_trials.sql");
    let migration = |version, name: &'static str, sql: &'static str| {
        Migration::new(version, name.into(), MigrationType::Simple, sql.into_sql_str(), false)
    };
    Migrator::with_migrations(vec![
        migration(1, "requests", requests),
        migration(2, "states tokens notices", states),
        migration(3, "listing epoch clock", listing),
        migration(4, "digests gathered notices", digests),
        migration(5, "token scopes audit", audit),
        migration(6, "unread alarms", alarms),
        migration(7, "backups", backups),
        migration(8, "added recipients", recipients),
        migration(9, "work states changes notes", changes),
        migration(10, "trials", trials),
    ])
}

/// Creates the file readable for its owner alone; SQLite gives its companions the same mode.
pub(super) fn make_private(file: &Path) -> Result<(), StoreError> {
    let made = private_file::options().append(true).create(true).open(file);
    made.map(drop)
        .map_err(|error| StoreError::Make { file: file.to_owned(), error: Arc::new(error) })
}
