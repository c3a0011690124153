//! The record, in the audit, of what a command reads.

use crate::audit::{Actor, Event};
use crate::store::{Database, STORE_TIMEOUT, Store, StoreError};

use super::error::CommandError;

/// Begins the sentence about what is not recorded.
pub(super) const UNRECORDED: &str = "this is not recorded in the audit";

/// Records what somebody reads from a database. Reading goes on where nothing can be written, as from
/// a copy, or on a full disk; that it is not recorded is then printed to standard error, once.
pub(super) struct Recorder {
    actor: Actor,
    /// `None` where nothing can be written.
    store: Option<Store>,
}

impl Recorder {
    /// Opens the database for recording.
    pub async fn open(database: &Database, actor: Actor) -> Result<Self, CommandError> {
        let opened = Store::open_beside(database, STORE_TIMEOUT).await;
        let mut recorder = Self { actor, store: None };
        match opened {
            Ok(store) => recorder.store = Some(store),
            Err(error) => recorder.go_on_without(error)?,
        }
        Ok(recorder)
    }

    /// Records events before their outcome is printed.
    pub async fn record(&mut self, events: Vec<Event>) -> Result<(), CommandError> {
        let Some(store) = &self.store else { return Ok(()) };
        match store.record(&self.actor, events).await {
            Ok(()) => Ok(()),
            Err(error) => self.go_on_without(error),
        }
    }

    /// Closes the database.
    pub async fn close(self) {
        if let Some(store) = self.store {
            store.close().await;
        }
    }

    /// Goes on without recording if nothing can be written to the database.
    fn go_on_without(&mut self, error: StoreError) -> Result<(), CommandError> {
        let why = match error {
            StoreError::Copy(file) | StoreError::HalfRestored(file) => {
                format!("{} is a copy, not the service's database", file.display())
            }
            error if error.is_of_rights() || error.is_of_disk() => error.to_string(),
            error => return Err(error.into()),
        };
        eprintln!("{UNRECORDED}: {why}");
        self.store = None;
        Ok(())
    }
}
