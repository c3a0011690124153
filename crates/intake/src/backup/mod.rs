//! Copies of a SQLite database: made while the service runs, and restored. (PostgreSQL has
//! `pg_dump`.)
//!
//! | module | holds |
//! |---|---|
//! | `error` | why there is no copy |
//! | `files` | files of databases: made, checked, synced |
//! | `copying` | a copy of one moment |
//! | `rotation` | copies in a folder, of which the oldest are deleted |
//! | `restoring` | a copy restored, as another listing |

mod copying;
mod error;
mod files;
mod restoring;
mod rotation;

pub use copying::back_up;
pub use error::BackupError;
pub use restoring::{Restored, restore};
pub use rotation::{Copied, back_up_into, delete_old};
