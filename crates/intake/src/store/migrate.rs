//! Migration of the tables of an older release.

use sqlx::migrate::{Migrate, Migrator};
use sqlx::{Database, Pool};

use super::error::StoreError;

/// The way in which opening treats tables of an older release.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum OlderTables {
    /// Migrates them.
    Migrate,
    /// Refuses them: a service of that release may be running.
    Refuse,
}

/// Creates the tables, or migrates those of an older release, or returns the refusal.
pub(super) async fn migrate<DB: Database>(
    pool: &Pool<DB>,
    migrations: &Migrator,
    older: OlderTables,
    refusal: impl FnOnce() -> StoreError,
) -> Result<(), StoreError>
where
    DB::Connection: Migrate,
{
    let mut connection = pool.acquire().await?;
    if older == OlderTables::Refuse {
        let table = &migrations.table_name;
        connection.ensure_migrations_table(table).await?;
        let applied = connection.list_applied_migrations(table).await?;
        let stored = applied.iter().map(|migration| migration.version).max();
        let needed = migrations.iter().map(|migration| migration.version).max();
        if stored.is_some() && stored < needed {
            return Err(refusal());
        }
    }
    migrations.run_direct(None, &mut *connection, false).await?;
    Ok(())
}
