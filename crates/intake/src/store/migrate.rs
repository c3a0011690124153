//! Migration of the tables of an older release.

use std::cmp::Ordering;

use sqlx::migrate::{Migrate, Migrator};

use super::error::StoreError;
use super::queries::newest;

/// Creates the tables, or migrates those of an older release.
///
/// # Errors
/// `newer` for tables of a newer release, which are left alone.
pub(super) async fn migrate(
    connection: &mut impl Migrate,
    migrations: &Migrator,
    newer: impl FnOnce() -> StoreError,
) -> Result<(), StoreError> {
    // On PostgreSQL only: others wait here, before the first table is made. SQLite has no such lock.
    connection.lock().await?;
    let table = &migrations.table_name;
    connection.ensure_migrations_table(table).await?;
    let applied = connection.list_applied_migrations(table).await?;
    let latest = applied.iter().map(|migration| migration.version).max();
    if latest.cmp(&newest(migrations)) == Ordering::Greater {
        return Err(newer());
    }
    migrations.run_direct(None, connection, false).await?;
    connection.unlock().await?;
    Ok(())
}
