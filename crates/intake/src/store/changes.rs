//! Changes of stored requests. Each is one transaction with its lines of the audit.

use guide_core::request::envelope::Recipient;
use time::OffsetDateTime;
use uuid::Uuid;

use super::Store;
use super::backend::{Backend, of_either};
use super::entry::Filter;
use super::error::StoreError;
use crate::audit::Actor;

/// Most settled requests deleted at once: far fewer than a statement may take time for, and storing
/// goes on in between.
const PURGED_AT_ONCE: u32 = 100;

impl Store {
    /// Begins another listing, because an older state was restored: positions given since the
    /// backup are given again.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn renew_epoch(&self, actor: &Actor) -> Result<(), StoreError> {
        let epoch = Uuid::new_v4().simple().to_string();
        of_either!(&self.backend, set_epoch(actor, &epoch))
    }

    /// Adds recipients to requests, each in the place of an earlier one for the same key; all of them or, after
    /// an error, none. The envelopes stay as they were received. Returns how many were of stored requests.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn add_recipients(
        &self,
        actor: &Actor,
        recipients: &[(Uuid, Recipient)],
    ) -> Result<usize, StoreError> {
        let row = |(id, recipient): &(Uuid, Recipient)| {
            let json = serde_json::to_vec(recipient).map_err(StoreError::decoding)?;
            Ok((*id, recipient.header.kid.clone(), json))
        };
        let rows = recipients.iter().map(row).collect::<Result<Vec<_>, StoreError>>()?;
        of_either!(&self.backend, add_recipients(actor, &rows))
    }

    /// Deletes a request with its notices, added recipients, notes and history. Returns `true` if it was there.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn delete(&self, actor: &Actor, id: Uuid) -> Result<bool, StoreError> {
        let deleted = of_either!(&self.backend, delete(actor, id))?;
        if deleted {
            self.erase_or_warn().await;
        }
        Ok(deleted)
    }

    /// Deletes the requests that were settled before a moment. Returns their number.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`]; some may have been deleted.
    pub async fn delete_settled_before(&self, moment: OffsetDateTime) -> Result<u64, StoreError> {
        let mut deleted = 0;
        loop {
            let now = of_either!(&self.backend, delete_settled_before(moment, PURGED_AT_ONCE))?;
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

    /// Deletes at most `limit` requests that a filter matches, up to a position, the oldest first.
    /// Returns their number.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn delete_matching(
        &self,
        actor: &Actor,
        filter: &Filter,
        last_position: i64,
        limit: u32,
    ) -> Result<u64, StoreError> {
        of_either!(&self.backend, delete_matching(actor, filter, last_position, limit))
    }

    /// Erases the requests just deleted. An error here does not undo the deletion.
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
}
