//! The sealed requests on disk, in SQLite or PostgreSQL.
//!
//! | module | holds |
//! |---|---|
//! | `database` | the file or address of the database |
//! | `entry`, `entry_rows`, `error` | stored requests, tokens and notices, and errors |
//! | `backend` | SQLite or PostgreSQL, whichever is in use |
//! | `backups` | the moment of the last backup |
//! | `arrival`, `group` | many inserts in one commit |
//! | `lease` | pooled connections, discarded after a failure |
//! | `migrate` | migration of the tables of an older release |
//! | `sqlite`, `postgres` | connecting, migrating and inserting, which differ |
//! | `notices` | notices of new requests, stored with them; alarms |
//! | `audit` | the audit, and appending to it |
//! | `changes` | changes of requests, each with its lines of the audit |
//! | `handling`, `sealed_note` | how far the clinic has come with a request; notes of the staff |
//! | `marking` | changes of that, and adding notes |
//! | `change`, `listing` | changes as they are told; parts of the list of requests |
//! | `reading` | reading requests, their history and notes, and the list of changes |
//! | `tokens` | tokens of the staff |
//! | `trials` | trials of storing |
//! | `queries`, `…_queries` | the queries that are the same for both |

mod arrival;
mod audit;
mod audit_queries;
mod backend;
mod backups;
mod change;
mod change_queries;
mod changes;
mod database;
mod entry;
mod entry_rows;
mod error;
mod feed_queries;
mod group;
mod handling;
mod lease;
mod listing;
mod marking;
mod marking_queries;
mod migrate;
mod notice_queries;
mod notices;
mod postgres;
mod queries;
mod reading;
mod sealed_note;
mod sealed_note_queries;
mod sqlite;
mod token_queries;
mod tokens;
mod trial_queries;
mod trials;

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use guide_core::request::envelope::Recipient;
use time::OffsetDateTime;
use uuid::Uuid;

use self::backend::{Backend, of_either, try_writing};
use self::group::Queue;

pub use self::change::{AfterChange, Change, ChangeKind, PastChange};
pub use self::database::{Database, NotADatabase, PostgresAddress, without_password};
pub use self::entry::{
    Alarm, Channel, Clock, Entry, Filter, InsertOutcome, Matching, Notice, Sealed, Token, Trial,
    USE_PRECISION, Unread,
};
pub use self::error::StoreError;
pub use self::handling::{Handling, MarkOutcome, Marking};
pub use self::listing::{Listing, Place};
pub use self::notice_queries::MAX_PAUSE;
pub use self::sealed_note::{MAX_NOTES, NoteOutcome, SealedNote};
pub(crate) use self::sqlite::{MARK_AS_COPY, MARK_AS_HALF_RESTORED, UNMARK};

/// The time-out of a call to the store: for a connection and for a lock each, once for the commit
/// under way and once for its own. Less than the time limit of a request, so that the response is
/// 503 and not a time-out.
pub const STORE_TIMEOUT: Duration = Duration::from_secs(4);

/// The stored requests. Cheap to clone; all clones are one store.
#[derive(Clone, Debug)]
pub struct Store {
    backend: Backend,
    arrivals: Queue,
}

impl Store {
    /// Opens the database for storing, creates it where there is none (SQLite), and migrates its
    /// tables. `timeout` is the longest wait of a call for a connection or a lock.
    ///
    /// # Errors
    /// [`StoreError::Copy`], [`StoreError::HalfRestored`], [`StoreError::Newer`],
    /// [`StoreError::Make`], [`StoreError::Migrate`] and [`StoreError::Unavailable`].
    pub async fn open(database: &Database, timeout: Duration) -> Result<Self, StoreError> {
        Ok(Self::with(Backend::open(database, timeout).await?, timeout))
    }

    /// Opens an existing database of this release for storing: for commands that run beside a service,
    /// which alone creates or migrates it.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub async fn open_beside(database: &Database, timeout: Duration) -> Result<Self, StoreError> {
        Self::open_for_reading(database, timeout).await?.close().await;
        Ok(Self::with(Backend::open_current(database, timeout).await?, timeout))
    }

    /// Opens, and migrates, a file of SQLite that `intake restore` has marked.
    ///
    /// # Errors
    /// [`StoreError::Newer`], [`StoreError::Migrate`] and [`StoreError::Unavailable`].
    pub(crate) async fn open_half_restored(
        file: &Path,
        timeout: Duration,
    ) -> Result<Self, StoreError> {
        Ok(Self::with(Backend::open_half_restored(file, timeout).await?, timeout))
    }

    /// Opens an existing database for reading only; a running service is not disturbed.
    ///
    /// # Errors
    /// [`StoreError::Missing`], [`StoreError::Empty`], [`StoreError::Older`],
    /// [`StoreError::Newer`] and [`StoreError::Unavailable`].
    pub async fn open_for_reading(
        database: &Database,
        timeout: Duration,
    ) -> Result<Self, StoreError> {
        let backend = Backend::open_for_reading(database, timeout).await?;
        Ok(Self::with(backend, timeout))
    }

    /// Tries, for a check, whether the service can use an existing database. One without tables of
    /// this release is migrated at the start.
    ///
    /// # Errors
    /// Those of [`Self::open`], and [`StoreError::Unwritable`]; where only the start would change it,
    /// [`StoreError::Empty`] and [`StoreError::Older`].
    pub async fn try_existing(database: &Database, timeout: Duration) -> Result<(), StoreError> {
        let read = match Self::open_for_reading(database, timeout).await {
            Ok(store) => {
                store.close().await;
                Ok(())
            }
            Err(error @ (StoreError::Empty(_) | StoreError::Older { .. })) => Err(error),
            Err(error) => return Err(error),
        };
        try_writing(database, timeout).await?;
        read
    }

    fn with(backend: Backend, timeout: Duration) -> Self {
        let arrivals = Queue::new(backend.clone(), 2 * timeout);
        Self { backend, arrivals }
    }

    /// Stores a notice for each of these channels with every request from now on, in the same commit.
    #[must_use]
    pub fn announcing(mut self, channels: &[Channel]) -> Self {
        self.arrivals.channels = Arc::from(channels);
        self
    }

    /// Stores an envelope, unless its id is taken. Returns once it is committed and synced.
    ///
    /// Of many equal requests at once exactly one is stored, whichever processes they reach. An insert
    /// that has begun is finished, even if the caller goes away.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`]; then the same call can be made again.
    pub async fn insert(&self, id: Uuid, envelope: &[u8]) -> Result<InsertOutcome, StoreError> {
        self.arrivals.insert(id, envelope).await
    }

    /// The recipients that were added to requests at positions in `after < position <= last`, in the order
    /// of those; `None` for a damaged one, which must hide nothing else.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn added_recipients(
        &self,
        after: i64,
        last: i64,
    ) -> Result<Vec<(i64, Option<Recipient>)>, StoreError> {
        let rows = of_either!(&self.backend, added_recipients(after, last))?;
        let fit = |json: &[u8]| {
            let recipient: Recipient = serde_json::from_slice(json).ok()?;
            recipient.check().ok().map(|()| recipient)
        };
        Ok(rows.into_iter().map(|(position, json)| (position, fit(&json))).collect())
    }

    /// The epoch of the listing: positions of one epoch are never given twice.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn epoch(&self) -> Result<String, StoreError> {
        of_either!(&self.backend, epoch())
    }

    /// The envelope of a request, as it was received; `None` where there is no such request (any
    /// more).
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn envelope(&self, id: Uuid) -> Result<Option<Vec<u8>>, StoreError> {
        of_either!(&self.backend, envelope(id))
    }

    /// SHA-256 of the envelope at its receipt; `None` if a release without digests stored it.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn digest(&self, id: Uuid) -> Result<Option<Vec<u8>>, StoreError> {
        of_either!(&self.backend, digest(id))
    }

    /// Dates the settling of requests at this moment that were, by their times, settled more than `slack`
    /// before they were received. Returns their number.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn date_settled_anew(
        &self,
        now: OffsetDateTime,
        slack: time::Duration,
    ) -> Result<u64, StoreError> {
        of_either!(&self.backend, date_settled_anew(now, slack))
    }

    /// The digests of the requests at these positions, as [`Self::digest`] gives them, in no order.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn digests(
        &self,
        positions: &[i64],
    ) -> Result<Vec<(i64, Option<Vec<u8>>)>, StoreError> {
        of_either!(&self.backend, digests(positions))
    }

    /// The position of the request that arrived last, of those stored; 0 where there is none.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn last_position(&self) -> Result<i64, StoreError> {
        of_either!(&self.backend, last_position())
    }

    /// Erases deleted requests from SQLite's write-ahead log, where they would stay until
    /// overwritten. Returns `false` if somebody reads an earlier state; then call it again later.
    /// PostgreSQL clears up by itself (`VACUUM`).
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn erase_deleted(&self) -> Result<bool, StoreError> {
        self.backend.erase_deleted().await
    }

    /// When the service last ran; `None` before the first time.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn clock(&self) -> Result<Option<Clock>, StoreError> {
        of_either!(&self.backend, clock())
    }

    /// Stores when the service ran.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn set_clock(&self, clock: Clock) -> Result<(), StoreError> {
        of_either!(&self.backend, set_clock(clock))
    }

    /// The number of stored requests.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn count(&self) -> Result<u64, StoreError> {
        of_either!(&self.backend, count())
    }

    /// The number of stored requests that a filter matches.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn matching(&self, filter: &Filter) -> Result<Matching, StoreError> {
        of_either!(&self.backend, matching(filter))
    }

    /// The secret of a name: the stored one, else `fresh`, which is stored. All processes of one
    /// database get the same.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn secret(&self, name: &str, fresh: &[u8]) -> Result<Vec<u8>, StoreError> {
        of_either!(&self.backend, secret(name, fresh))
    }

    /// Proves that envelopes can be stored, by the way that they take: returns once something was
    /// committed and synced. All callers within a second share one write, and one result.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] where they cannot.
    pub async fn probe(&self) -> Result<(), StoreError> {
        self.arrivals.probe().await
    }

    /// Finishes the calls under way, and closes all connections.
    pub async fn close(self) {
        of_either!(&self.backend, close());
    }
}
