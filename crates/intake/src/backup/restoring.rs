//! A copy restored, as another listing.

use std::fs::{self, File};
use std::io;
use std::path::Path;

use super::error::BackupError;
use super::files::{beginning_with, beside, check, execute, make, sync};
use crate::audit::Actor;
use crate::store::{
    Database, MARK_AS_HALF_RESTORED, STORE_TIMEOUT, Store, StoreError, Token, UNMARK,
};

/// A restored copy.
#[derive(Debug)]
pub struct Restored {
    /// The number of requests.
    pub count: u64,
    /// The tokens that came back with it.
    pub tokens: Vec<Token>,
}

/// Restores a copy to a path where no database is, migrates its tables, begins another listing, and
/// records that in the audit. The copy stays.
///
/// Until all is done the database is marked, so that no service uses it: its positions would be given
/// again under cursors that are known. A target that was marked by a restore that was cut off is
/// restored anew.
///
/// # Errors
/// Any [`BackupError`]; then nothing is there that was not there before.
pub async fn restore(copy: &Path, database: &Path, actor: &Actor) -> Result<Restored, BackupError> {
    let count = check(copy).await?;
    match Store::open_for_reading(&Database::Sqlite(copy.to_owned()), STORE_TIMEOUT).await {
        Ok(store) => store.close().await,
        // It is migrated below.
        Err(StoreError::Older { .. }) => {}
        Err(error) => return Err(error.into()),
    }
    if is_half_restored(database).await {
        remove(database);
    }
    // SQLite would take a log left by another database for one of this database.
    for beside in beside(database) {
        if beside.exists() {
            return Err(BackupError::Taken(beside));
        }
    }
    make(database)?;
    let restored = async {
        // Before the copying, which may take long: a service that starts meanwhile would make a
        // database of its own.
        execute(database, MARK_AS_HALF_RESTORED).await?;
        put(copy, database).await?;
        let tokens = begin_listing(database, actor).await?;
        execute(database, UNMARK).await?;
        sync(database).map(|()| Restored { count, tokens })
    };
    let result = restored.await;
    if result.is_err() {
        remove(database);
    }
    result
}

/// Puts a marked copy in the place of a file, in one step.
async fn put(copy: &Path, database: &Path) -> Result<(), BackupError> {
    let copied = beginning_with(database, ".restoring");
    let failed = |error| BackupError::File { file: copied.clone(), error };
    let mut target = make(&copied)?;
    File::open(copy).and_then(|mut copy| io::copy(&mut copy, &mut target)).map_err(failed)?;
    drop(target);
    execute(&copied, MARK_AS_HALF_RESTORED).await?;
    sync(&copied)?;
    fs::rename(&copied, database).map_err(failed)?;
    sync(database)
}

/// Migrates a restored database, and begins another listing. Returns the tokens that came back.
async fn begin_listing(database: &Path, actor: &Actor) -> Result<Vec<Token>, StoreError> {
    let store = Store::open_half_restored(database, STORE_TIMEOUT).await?;
    store.renew_epoch(actor).await?;
    let tokens = store.tokens().await?;
    store.close().await;
    Ok(tokens)
}

/// Returns `true` for the target of a restore that was cut off.
async fn is_half_restored(database: &Path) -> bool {
    let stored = Database::Sqlite(database.to_owned());
    let refusal = Store::try_existing(&stored, STORE_TIMEOUT).await;
    matches!(refusal, Err(StoreError::HalfRestored(_)))
}

/// Removes a database that is not wholly restored. An error here would hide the one that matters, or
/// comes again at once.
fn remove(database: &Path) {
    for file in beside(database).into_iter().chain([database.to_owned()]) {
        let _ = fs::remove_file(file);
    }
}
