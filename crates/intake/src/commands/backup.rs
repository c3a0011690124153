//! `intake backup` and `intake restore`.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::{CommandError, wait_for};
use crate::backup;
use crate::settings::{self, Database, StoreFlags};
use crate::store::{PATIENCE, Store};

/// Which database, and which copy of it.
#[derive(Args, Debug)]
pub(super) struct BackupFlags {
    #[command(flatten)]
    store: StoreFlags,
    /// The copy
    #[arg(value_name = "FILE")]
    copy: PathBuf,
}

/// Copies the database.
pub(super) fn back_up(flags: BackupFlags) -> Result<ExitCode, CommandError> {
    let BackupFlags { store, copy } = flags;
    let database = sqlite(store)?;
    let count = wait_for(async { Ok(backup::back_up(&database, &copy).await?) })?;
    eprintln!("{count} requests copied to {}, checked", copy.display());
    Ok(ExitCode::SUCCESS)
}

/// Puts a copy back, and brings its tables to this program's form.
pub(super) fn restore(flags: BackupFlags) -> Result<ExitCode, CommandError> {
    let BackupFlags { store, copy } = flags;
    let database = sqlite(store)?;
    let count = wait_for(async {
        let count = backup::restore(&copy, &database).await?;
        Store::open(&Database::Sqlite(database.clone()), PATIENCE).await?.close().await;
        Ok(count)
    })?;
    eprintln!("{count} requests put back to {}", database.display());
    Ok(ExitCode::SUCCESS)
}

fn sqlite(flags: StoreFlags) -> Result<PathBuf, CommandError> {
    match settings::database(&flags.sources()).map_err(CommandError::Settings)? {
        Database::Sqlite(file) => Ok(file),
        Database::Postgres(_) => Err(CommandError::BackupOfPostgres),
    }
}
