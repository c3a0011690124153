//! The sealed requests on disk, in SQLite or PostgreSQL.
//!
//! | module | holds |
//! |---|---|
//! | [`entry`] | what is stored, as Rust sees it |
//! | `group` | many inserts in one commit |
//! | `lease` | connections that are not used again after a failure |
//! | `migrate` | bringing the tables of an older release forward, or not |
//! | `sqlite`, `postgres` | connecting, migrating and inserting, which differ |
//! | `queries` | all that both databases take word for word |

mod entry;
mod group;
mod lease;
mod migrate;
mod postgres;
mod queries;
mod sqlite;

use std::sync::Arc;
use std::time::Duration;

use time::OffsetDateTime;
use uuid::Uuid;

use crate::settings::Database;

pub use entry::{Channel, Clock, Entry, Kept, Notice, Sealed, State, StoreError, Token};
use group::Queue;
use postgres::Postgres;
use sqlite::Sqlite;

/// How long a request waits for the store before it is told to come back: at most so long for a
/// connection and for a lock each, once for the commit under way and once for its own. Less than the
/// time limit of a request, so that the answer is 503 and not a time-out.
pub const PATIENCE: Duration = Duration::from_secs(4);

/// Most closed requests deleted at once: far fewer than a statement may take time for, and storing goes
/// on in between.
const PURGED_AT_ONCE: u32 = 100;

/// What opening does with tables of an older release.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum OlderTables {
    /// Brings them to this program's form.
    Migrate,
    /// Refuses them: a service of that release may be running.
    Refuse,
}

/// Where sealed requests are kept. Cheap to clone; all clones are one store.
#[derive(Clone, Debug)]
pub struct Store {
    backend: Backend,
    arrivals: Queue,
}

/// The database in use.
#[derive(Clone, Debug)]
enum Backend {
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
use of_either;

impl Store {
    /// Opens the database for storing, makes it where there is none (SQLite), and brings its tables
    /// to this program's form. `patience` is how long a call waits for a connection or a lock.
    ///
    /// # Errors
    /// Any [`StoreError`] but [`StoreError::Missing`].
    pub async fn open(database: &Database, patience: Duration) -> Result<Self, StoreError> {
        Self::open_for_writing(database, patience, OlderTables::Migrate).await
    }

    /// Opens the database as [`Self::open`] does, but leaves tables of an older release alone: for
    /// commands that run beside a service.
    ///
    /// # Errors
    /// Any [`StoreError`] but [`StoreError::Missing`].
    pub async fn open_beside(database: &Database, patience: Duration) -> Result<Self, StoreError> {
        Self::open_for_writing(database, patience, OlderTables::Refuse).await
    }

    async fn open_for_writing(
        database: &Database,
        patience: Duration,
        older: OlderTables,
    ) -> Result<Self, StoreError> {
        let backend = match database {
            Database::Sqlite(file) => Backend::Sqlite(Sqlite::open(file, patience, older).await?),
            Database::Postgres(address) => {
                Backend::Postgres(Postgres::open(address, patience, older).await?)
            }
        };
        Ok(Self::with(backend, patience))
    }

    /// Opens an existing database for reading only; a running service is not disturbed.
    ///
    /// # Errors
    /// [`StoreError::Missing`] and [`StoreError::Unavailable`].
    pub async fn open_for_reading(
        database: &Database,
        patience: Duration,
    ) -> Result<Self, StoreError> {
        let backend = match database {
            Database::Sqlite(file) => {
                Backend::Sqlite(Sqlite::open_for_reading(file, patience).await?)
            }
            Database::Postgres(address) => {
                Backend::Postgres(Postgres::open_for_reading(address, patience).await?)
            }
        };
        Ok(Self::with(backend, patience))
    }

    fn with(backend: Backend, patience: Duration) -> Self {
        let arrivals = Queue::new(backend.clone(), 2 * patience);
        Self { backend, arrivals }
    }

    /// Lets every request stored from now on leave a notice for each of these channels, in the same
    /// commit.
    #[must_use]
    pub fn announcing(mut self, channels: &[Channel]) -> Self {
        self.arrivals.channels = Arc::from(channels);
        self
    }

    /// Stores an envelope, unless its id is taken. Returns once it is committed and synced.
    ///
    /// Of many equal requests at once exactly one is stored, whichever processes they reach. A caller
    /// that goes away changes nothing: what was begun is finished.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`]; then the same call can be made again.
    pub async fn keep(&self, id: Uuid, envelope: &[u8]) -> Result<Kept, StoreError> {
        self.arrivals.keep(id, envelope).await
    }

    /// At most `limit` requests in the order of their arrival, those after a position (0 for all),
    /// with their envelopes. Whoever goes on from the last position misses none, however many arrive
    /// meanwhile.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn page(&self, after: i64, limit: u32) -> Result<Vec<Sealed>, StoreError> {
        of_either!(&self.backend, page(after, limit))
    }

    /// The epoch of the listing: positions of one epoch are never given twice.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn epoch(&self) -> Result<String, StoreError> {
        of_either!(&self.backend, epoch())
    }

    /// Begins another listing, because an older state was put back: positions given after it was
    /// copied are given again.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn renew_epoch(&self) -> Result<(), StoreError> {
        let epoch = Uuid::new_v4().simple().to_string();
        of_either!(&self.backend, set_epoch(&epoch))
    }

    /// All stored requests without their envelopes, in the order of their arrival.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn entries(&self) -> Result<Vec<Entry>, StoreError> {
        of_either!(&self.backend, entries())
    }

    /// The envelope of a request, as it was received; `None` where there is no such request (any
    /// more).
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn envelope(&self, id: Uuid) -> Result<Option<Vec<u8>>, StoreError> {
        of_either!(&self.backend, envelope(id))
    }

    /// Sets a request's state at this moment; the state it has already stays as it was. `None` where
    /// there is no such request.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn set_state(
        &self,
        id: Uuid,
        state: State,
        now: OffsetDateTime,
    ) -> Result<Option<Entry>, StoreError> {
        of_either!(&self.backend, set_state(id, state, now))
    }

    /// Deletes a request with its notices; whether it was there.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn delete(&self, id: Uuid) -> Result<bool, StoreError> {
        let deleted = of_either!(&self.backend, delete(id))?;
        if deleted {
            self.erase_or_warn().await;
        }
        Ok(deleted)
    }

    /// Deletes the requests that were closed before a moment; how many.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`]; some may have been deleted.
    pub async fn delete_closed_before(&self, moment: OffsetDateTime) -> Result<u64, StoreError> {
        let mut deleted = 0;
        loop {
            let now = of_either!(&self.backend, delete_closed_before(moment, PURGED_AT_ONCE))?;
            deleted += now;
            if now < PURGED_AT_ONCE.into() {
                break;
            }
        }
        if deleted > 0 {
            self.erase_or_warn().await;
        }
        Ok(deleted)
    }

    /// Erases what was just deleted. An error here does not undo the deletion.
    async fn erase_or_warn(&self) {
        match self.erase_deleted().await {
            Ok(true) => {}
            Ok(false) => {
                tracing::info!(
                    "deleted requests are erased when nobody reads the database any more"
                );
            }
            Err(error) => tracing::warn!(%error, "deleted requests are not erased yet"),
        }
    }

    /// Takes what was deleted out of SQLite's write-ahead log, where it would stand until that is
    /// written over. Returns `false` where somebody reads a state from before; to be called again
    /// then. PostgreSQL clears up by itself (`VACUUM`).
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn erase_deleted(&self) -> Result<bool, StoreError> {
        match &self.backend {
            Backend::Sqlite(database) => database.truncate_log().await,
            Backend::Postgres(_) => Ok(true),
        }
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

    /// Stores a token by its SHA-256; `false`, and nothing stored, where the name is taken.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn add_token(
        &self,
        name: &str,
        hash: &[u8; 32],
        now: OffsetDateTime,
    ) -> Result<bool, StoreError> {
        of_either!(&self.backend, add_token(name, hash, now))
    }

    /// All tokens, in the order of their names.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn tokens(&self) -> Result<Vec<Token>, StoreError> {
        of_either!(&self.backend, tokens())
    }

    /// Whether there is a token with this SHA-256.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn knows_token(&self, hash: &[u8; 32]) -> Result<bool, StoreError> {
        of_either!(&self.backend, knows_token(hash))
    }

    /// Deletes a token; whether it was there.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn revoke_token(&self, name: &str) -> Result<bool, StoreError> {
        of_either!(&self.backend, revoke_token(name))
    }

    /// The secret of a name: the stored one, else `fresh`, which is stored. All processes of one
    /// database get the same.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn secret(&self, name: &str, fresh: &[u8]) -> Result<Vec<u8>, StoreError> {
        of_either!(&self.backend, secret(name, fresh))
    }

    /// Takes at most `limit` notices that are due, the oldest first. They are due again at `until`:
    /// a sender that dies meanwhile loses none, and no two senders have the same before that.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn take_notices(
        &self,
        now: OffsetDateTime,
        until: OffsetDateTime,
        limit: u32,
    ) -> Result<Vec<Notice>, StoreError> {
        of_either!(&self.backend, take_notices(now, until, limit))
    }

    /// Puts a notice off.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn put_off_notice(
        &self,
        position: i64,
        due_at: OffsetDateTime,
    ) -> Result<(), StoreError> {
        of_either!(&self.backend, put_off_notice(position, due_at))
    }

    /// Deletes a notice: it was sent, or given up.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn delete_notice(&self, position: i64) -> Result<(), StoreError> {
        of_either!(&self.backend, delete_notice(position))
    }

    /// How many notices wait to be sent.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn waiting_notices(&self) -> Result<u64, StoreError> {
        of_either!(&self.backend, waiting_notices())
    }

    /// Proves that envelopes can be stored, on the way that they take: returns once something was
    /// committed and synced. All callers within a second share one write, and one result.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] where they cannot.
    pub async fn probe(&self) -> Result<(), StoreError> {
        self.arrivals.probe().await
    }

    /// Finishes what was begun, and closes all connections.
    pub async fn close(self) {
        of_either!(&self.backend, close());
    }
}
