//! PostgreSQL: one database, any number of `intake` processes.

use std::collections::HashSet;
use std::time::Duration;

use clinic_core::state::State;
use guide_core::request::reference::Reference;
use sqlx::migrate::{Migrate as _, Migration, MigrationType, Migrator};
use sqlx::postgres::{PgConnection, PgPool, PgPoolOptions, PgRow};
use sqlx::{
    AssertSqlSafe, ConnectOptions as _, Connection as _, FromRow, Row as _, SqlSafeStr, Transaction,
};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;
use uuid::Uuid;

use super::arrival::{Arrival, Group};
use super::audit_queries::{LineRow, audit_queries, line_from_row, stored_hash};
use super::change::{AfterChange, Change, ChangeKind, PastChange};
use super::change_queries::{RETENTION, change_queries};
use super::database::PostgresAddress;
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
use crate::tokens::{NewToken, Scope};

/// Connections of one process. Group commit needs one; the others are for staff and notices.
const CONNECTIONS: u32 = 5;
/// The way to bring tables of an older release up to date.
const REMEDY: &str = "restart the service that uses it with this release first";
/// `true` for a database that a service has used.
const HAS_TABLES: &str = "SELECT to_regclass('_sqlx_migrations') IS NOT NULL";
/// The advisory lock under which requests are inserted, by all processes: positions are then in the
/// order of the commits, and a listing from a position on misses none. The number is arbitrary
/// ("intake").
const INSERTING: i64 = 0x69_6e_74_61_6b_65;
/// The advisory lock under which the audit grows, by all processes, so that it is one chain. Inserting
/// requests does not wait for it. The number is arbitrary ("audit").
const RECORDING: i64 = 0x61_75_64_69_74;
/// Takes an advisory lock until the end of the transaction.
const LOCK: &str = "SELECT pg_advisory_xact_lock($1)";

#[derive(Clone, Debug)]
pub(super) struct Postgres {
    writing: PgPool,
    reading: PgPool,
}

queries!(Postgres, on: PgConnection, id: Uuid);
audit_queries!(
    Postgres,
    on: PgConnection,
    lines: "SELECT position, convert_to(at, 'UTF8'), convert_to(actor, 'UTF8'), \
            convert_to(action, 'UTF8'), convert_to(subject, 'UTF8'), convert_to(detail, 'UTF8'), hash \
            FROM audit WHERE position > $1 ORDER BY position LIMIT $2"
);
entry_rows!(PgRow, id: Uuid);
feed_queries!(Postgres, on: PgConnection, row: PgRow, id: Uuid);
change_queries!(Postgres, id: Uuid);
marking_queries!(Postgres, on: PgConnection, id: Uuid);
sealed_note_queries!(Postgres, on: PgConnection, row: PgRow);
token_queries!(Postgres, on: PgConnection);
notice_queries!(Postgres, id: Uuid);
trial_queries!(Postgres, on: PgConnection, id: Uuid);

impl Postgres {
    pub(super) async fn open(
        address: &PostgresAddress,
        timeout: Duration,
    ) -> Result<Self, StoreError> {
        // On a connection of its own, without the time limits of the others: it may take long.
        let mut migrating = first_connection(address, timeout).await?;
        let newer = || StoreError::Newer(address.to_string());
        migrate(&mut migrating, &migrations(), newer).await?;
        migrating.close().await?;
        Self::open_current(address, timeout).await
    }

    /// Opens a database whose tables are of this release.
    pub(super) async fn open_current(
        address: &PostgresAddress,
        timeout: Duration,
    ) -> Result<Self, StoreError> {
        let pool = connect(address, timeout, Access::ReadWrite).await?;
        Ok(Self { writing: pool.clone(), reading: pool })
    }

    pub(super) async fn open_for_reading(
        address: &PostgresAddress,
        timeout: Duration,
    ) -> Result<Self, StoreError> {
        first_connection(address, timeout).await?.close().await?;
        let pool = connect(address, timeout, Access::ReadOnly).await?;
        if !sqlx::query_scalar(HAS_TABLES).fetch_one(&pool).await? {
            return Err(StoreError::Empty(address.to_string()));
        }
        let latest: Option<i64> = sqlx::query_scalar(LATEST).fetch_one(&pool).await?;
        refuse_other_release(latest, &migrations(), address.to_string(), REMEDY)?;
        Ok(Self { writing: pool.clone(), reading: pool })
    }

    /// Begins a change that is recorded in the audit. Its lock comes before every other one of the
    /// transaction, so that no two changes wait for each other. It is held until the commit can be seen, so
    /// that lines and changes are numbered in the order of the commits.
    async fn begin_recorded(
        connection: &mut PgConnection,
    ) -> Result<Transaction<'_, sqlx::Postgres>, StoreError> {
        let mut transaction = connection.begin().await?;
        sqlx::query(LOCK).bind(RECORDING).execute(&mut *transaction).await?;
        Ok(transaction)
    }

    pub(super) async fn insert_all(
        &self,
        group: &Group,
        now: OffsetDateTime,
    ) -> Result<Vec<InsertOutcome>, StoreError> {
        let insert = "INSERT INTO requests (id, received_at, changed_at, envelope, digest) \
                      SELECT id, $4, $4, envelope, digest \
                      FROM unnest($1::uuid[], $2::bytea[], $3::bytea[]) \
                      WITH ORDINALITY AS a (id, envelope, digest, nth) \
                      ORDER BY nth ON CONFLICT (id) DO NOTHING RETURNING id";
        let compare = "SELECT received_at, envelope = $2 FROM requests WHERE id = $1";
        let announce = "INSERT INTO notices (request_id, channel) \
                        SELECT request_id, channel \
                        FROM unnest($1::uuid[], $2::text[]) AS a (request_id, channel)";
        let arrivals = &group.arrivals;
        let mut connection = Lease::of(&self.writing).await?;
        let mut transaction = connection.begin().await?;
        sqlx::query(LOCK).bind(INSERTING).execute(&mut *transaction).await?;
        // Of two with one id the first is inserted, and the second compared with it.
        let mut ids = HashSet::new();
        let firsts: Vec<&Arrival> =
            arrivals.iter().filter(|arrival| ids.insert(arrival.id)).collect();
        let inserted: Vec<Uuid> = sqlx::query_scalar(insert)
            .bind(firsts.iter().map(|arrival| arrival.id).collect::<Vec<_>>())
            .bind(firsts.iter().map(|arrival| arrival.envelope.as_slice()).collect::<Vec<_>>())
            .bind(firsts.iter().map(|arrival| arrival.digest.as_slice()).collect::<Vec<_>>())
            .bind(now.unix_timestamp())
            .fetch_all(&mut *transaction)
            .await?;
        let mut inserted = HashSet::<Uuid>::from_iter(inserted);
        let mut announced = Vec::new();
        let mut outcomes = Vec::with_capacity(arrivals.len());
        for Arrival { id, envelope, channels, is_trial, .. } in arrivals {
            if inserted.remove(id) {
                if *is_trial {
                    Self::set_apart(&mut transaction, *id).await?;
                }
                announced.extend(channels.iter().map(|channel| (*id, channel.as_str())));
                outcomes.push(InsertOutcome::Created(now));
            } else {
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
            }
        }
        if !announced.is_empty() {
            let (ids, channels): (Vec<Uuid>, Vec<&str>) = announced.into_iter().unzip();
            sqlx::query(announce).bind(ids).bind(channels).execute(&mut *transaction).await?;
        }
        if group.probe && !outcomes.iter().any(InsertOutcome::is_created) {
            Self::write_probe(&mut transaction, now).await?;
        }
        transaction.commit().await?;
        connection.return_to_pool();
        Ok(outcomes)
    }
}

/// The access that a pool gives.
#[derive(Clone, Copy)]
enum Access {
    ReadOnly,
    ReadWrite,
}

/// Connects, to learn why not: a pool tries again until its time is over, and then says that alone.
async fn first_connection(
    address: &PostgresAddress,
    timeout: Duration,
) -> Result<PgConnection, StoreError> {
    let reason = match tokio::time::timeout(timeout, address.options().connect()).await {
        Ok(Ok(connection)) => return Ok(connection),
        Ok(Err(sqlx::Error::Io(error))) => error.to_string(),
        Ok(Err(error)) => error.to_string(),
        Err(_) => format!("no answer within {} s", timeout.as_secs()),
    };
    Err(StoreError::Unreachable { database: address.to_string(), reason })
}

/// Opens a pool of at least one connection.
async fn connect(
    address: &PostgresAddress,
    timeout: Duration,
    access: Access,
) -> Result<PgPool, sqlx::Error> {
    // A commit that the server does not sync before it returns could be lost, whatever its own
    // settings say; anything stricter than "on" stays.
    let durable = "SELECT set_config('synchronous_commit', 'on', false) \
                   WHERE current_setting('synchronous_commit') = 'off'";
    let limits = "SELECT set_config('lock_timeout', $1, false), \
                  set_config('statement_timeout', $1, false), \
                  set_config('default_transaction_read_only', $2, false)";
    let milliseconds = timeout.as_millis().to_string();
    let read_only = match access {
        Access::ReadOnly => "on",
        Access::ReadWrite => "off",
    };
    PgPoolOptions::new()
        .max_connections(CONNECTIONS)
        .acquire_timeout(timeout)
        .after_connect(move |connection, _| {
            let milliseconds = milliseconds.clone();
            Box::pin(async move {
                sqlx::query(durable).execute(&mut *connection).await?;
                let limits = sqlx::query(limits).bind(milliseconds).bind(read_only);
                limits.execute(&mut *connection).await?;
                Ok(())
            })
        })
        .connect_with(address.options().clone())
        .await
}

/// Every schema ever released, and the way from each to the next. A migration is never changed.
fn migrations() -> Migrator {
    let requests = include_str!("../../migrations/postgres/0001_requests.sql");
    let listing = include_str!("../../migrations/postgres/0003_listing_epoch_clock.sql");
    let digests = include_str!("../../migrations/postgres/0004_digests_gathered_notices.sql");
    let audit = include_str!("../../migrations/postgres/0005_token_scopes_audit.sql");
    let alarms = include_str!("../../migrations/postgres/0006_unread_alarms.sql");
    let backups = include_str!("../../migrations/postgres/0007_backups.sql");
    let recipients = include_str!("../../migrations/postgres/0008_added_recipients.sql");
    let changes = include_str!("../../migrations/postgres/0009_work_states_changes_notes.sql");
    let trials = include_str!("../../migrations/postgres/0010_trials.sql");
    let migration = |version, name: &'static str, sql: &'static str| {
        Migration::new(version, name.into(), MigrationType::Simple, sql.into_sql_str(), false)
    };
    Migrator::with_migrations(vec![
        migration(1, "requests", requests),
        // The same number as of SQLite.
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

/// Tries what the service does, in a transaction that is rolled back: makes the table that a start
/// asks for, and all the others where there are none yet; writes a request where there are.
pub(super) async fn try_writing(
    address: &PostgresAddress,
    timeout: Duration,
) -> Result<(), StoreError> {
    let pool = connect(address, timeout, Access::ReadWrite).await?;
    let tried = async {
        let mut transaction = pool.begin().await?;
        let has_tables: bool = sqlx::query_scalar(HAS_TABLES).fetch_one(&mut *transaction).await?;
        let migrations = migrations();
        transaction.ensure_migrations_table(&migrations.table_name).await?;
        if !has_tables {
            migrations.run_direct(None, &mut *transaction, false).await?;
        }
        Postgres::write_probe(&mut transaction, OffsetDateTime::now_utc()).await?;
        transaction.rollback().await?;
        Ok(())
    };
    let tried = tried.await;
    pool.close().await;
    tried.map_err(|error: StoreError| {
        let reason = match error {
            StoreError::Unavailable(error) => error.to_string(),
            StoreError::Migrate(error) => error.to_string(),
            other => return other,
        };
        StoreError::Unwritable { database: address.to_string(), reason }
    })
}
