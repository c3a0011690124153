//! What the staff do with a request: marking it, undoing that, adding notes. Each change is one transaction with
//! its line of the audit, and in the list of changes.

use clinic_core::state::State;
use time::OffsetDateTime;
use uuid::Uuid;

use super::Store;
use super::backend::{Backend, of_either};
use super::entry::Entry;
use super::error::StoreError;
use super::handling::{MarkOutcome, Marking};
use super::sealed_note::NoteOutcome;
use crate::audit::Actor;

impl Store {
    /// Changes a request at this moment.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn mark(
        &self,
        actor: &Actor,
        id: Uuid,
        marking: &Marking<'_>,
        now: OffsetDateTime,
    ) -> Result<MarkOutcome, StoreError> {
        of_either!(&self.backend, mark(actor, id, marking, now))
    }

    /// Undoes the last change of a request, if it has this version. That is a change too, so undoing twice is
    /// redoing. The holder comes back even if its token was revoked since.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn undo(
        &self,
        actor: &Actor,
        id: Uuid,
        version: i64,
        now: OffsetDateTime,
    ) -> Result<MarkOutcome, StoreError> {
        of_either!(&self.backend, undo(actor, id, version, now))
    }

    /// Sets a request's state at this moment, whatever it was. `None` where there is no such request.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn set_state(
        &self,
        actor: &Actor,
        id: Uuid,
        state: State,
        now: OffsetDateTime,
    ) -> Result<Option<Entry>, StoreError> {
        let marking = Marking { state, holder: None, version: None };
        match self.mark(actor, id, &marking, now).await? {
            MarkOutcome::Marked(entry) => Ok(Some(entry)),
            _ => Ok(None),
        }
    }

    /// Adds a sealed note to a request. The same bytes are added once, so that a caller who did not get the
    /// response can try again.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn add_note(
        &self,
        actor: &Actor,
        id: Uuid,
        envelope: &[u8],
        now: OffsetDateTime,
    ) -> Result<NoteOutcome, StoreError> {
        of_either!(&self.backend, add_note(actor, id, envelope, now))
    }
}
