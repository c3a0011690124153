//! The audit on disk: lines that are appended in the transaction of what they record, and never
//! changed.

use super::Store;
use super::backend::{Backend, of_either};
use super::error::StoreError;
use crate::audit::{Actor, Event, StoredLine};

impl Store {
    /// Records what changes nothing stored: that requests were listed, opened or exported. Changes are
    /// recorded by the methods that make them, in the same transaction.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn record(&self, actor: &Actor, events: Vec<Event>) -> Result<(), StoreError> {
        match events.is_empty() {
            true => Ok(()),
            false => of_either!(&self.backend, record(actor, events)),
        }
    }

    /// At most `limit` lines of the audit in their order, those after a position (0 for all).
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn audit_page(&self, after: i64, limit: u32) -> Result<Vec<StoredLine>, StoreError> {
        of_either!(&self.backend, audit_page(after, limit))
    }
}
