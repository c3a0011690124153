//! Trials of storing. An envelope goes the way of a patient's request, by the queue and the same statements, and is
//! set apart in the transaction that stores it: nobody ever sees it among the requests, and a process that dies in
//! between leaves nothing there.

use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use super::Store;
use super::backend::{Backend, of_either};
use super::entry::Trial;
use super::error::StoreError;
use crate::audit::Actor;

/// A trial takes seconds; what is older, or from a clock that was ahead, is of a process that died.
const MAX_AGE: Duration = Duration::HOUR;

impl Store {
    /// Stores an envelope as a request is stored, reads it back, and deletes it. Returns what was read back, and records
    /// the trial, if that is what was given; `None` if it is anything else.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn try_storing(
        &self,
        actor: &Actor,
        envelope: &[u8],
        now: OffsetDateTime,
    ) -> Result<Option<Vec<u8>>, StoreError> {
        // Not the envelope's own: a request of that id may be stored, or arrive meanwhile.
        let id = Uuid::new_v4();
        self.arrivals.try_inserting(id, envelope).await?;
        let read = of_either!(&self.backend, trial(id))?.filter(|read| read == envelope);
        let succeeded = read.is_some().then_some(now);
        of_either!(&self.backend, end_trial(actor, id, succeeded))?;
        Ok(read)
    }

    /// The last trial that succeeded.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn last_trial(&self) -> Result<Option<Trial>, StoreError> {
        of_either!(&self.backend, last_trial())
    }

    /// Deletes what trials of processes that died have left. Returns their number.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn delete_left_trials(&self, now: OffsetDateTime) -> Result<u64, StoreError> {
        let (from, to) = (now.saturating_sub(MAX_AGE), now.saturating_add(MAX_AGE));
        of_either!(&self.backend, delete_trials_outside(from, to))
    }
}
