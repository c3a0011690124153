//! The moment of the last backup, as whoever made it noted.

use time::OffsetDateTime;

use super::Store;
use super::backend::{Backend, of_either};
use super::error::StoreError;

impl Store {
    /// The moment that the last backup is of; `None` where none was noted.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn last_backup(&self) -> Result<Option<OffsetDateTime>, StoreError> {
        of_either!(&self.backend, last_backup())
    }

    /// Notes a backup of the state at this moment.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn set_last_backup(&self, backed_up_at: OffsetDateTime) -> Result<(), StoreError> {
        of_either!(&self.backend, set_last_backup(backed_up_at))
    }
}
