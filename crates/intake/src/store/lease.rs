//! Pooled connections that are used again only after success.

use std::ops::{Deref, DerefMut};

use sqlx::pool::PoolConnection;
use sqlx::{Database, Pool};

/// A connection for one transaction. Closed when it is dropped, unless it was [returned].
///
/// A failed or canceled transaction can leave a connection in a state that no later one gets out of:
/// SQLite rolls back by itself where a disk is full, and the driver goes on counting that transaction
/// as open. Opening another connection costs less than telling such states apart.
///
/// [returned]: Self::return_to_pool
pub(super) struct Lease<DB: Database> {
    connection: PoolConnection<DB>,
    succeeded: bool,
}

impl<DB: Database> Lease<DB> {
    /// Takes a connection from a pool.
    pub async fn of(pool: &Pool<DB>) -> Result<Self, sqlx::Error> {
        Ok(Self { connection: pool.acquire().await?, succeeded: false })
    }

    /// Lets others use the connection; to be called after a commit.
    pub fn return_to_pool(mut self) {
        self.succeeded = true;
    }
}

impl<DB: Database> Drop for Lease<DB> {
    fn drop(&mut self) {
        if !self.succeeded {
            self.connection.close_on_drop();
        }
    }
}

impl<DB: Database> Deref for Lease<DB> {
    type Target = DB::Connection;

    fn deref(&self) -> &Self::Target {
        &self.connection
    }
}

impl<DB: Database> DerefMut for Lease<DB> {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.connection
    }
}
