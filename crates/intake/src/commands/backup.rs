//! `intake backup` and `intake restore`.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use time::format_description::well_known::Rfc3339;

use super::by::ByFlag;
use super::error::CommandError;
use super::recorder::{Recorder, UNRECORDED};
use super::runtime::wait_for;
use crate::audit::{Actor, Event};
use crate::backup::{self, Restored};
use crate::settings::{self, StoreFlags};
use crate::store::{Database, STORE_TIMEOUT, Store, StoreError, Token};

/// Flags of `intake backup`.
#[derive(Args, Debug)]
pub(super) struct BackupFlags {
    #[command(flatten)]
    store: StoreFlags,
    #[command(flatten)]
    by: ByFlag,
    /// The copy
    #[arg(value_name = "FILE")]
    copy: PathBuf,
}

/// Flags of `intake restore`.
#[derive(Args, Debug)]
pub(super) struct RestoreFlags {
    #[command(flatten)]
    store: StoreFlags,
    #[command(flatten)]
    by: ByFlag,
    /// The copy, for SQLite; without it, other programs have restored the database already
    /// (pg_restore, a snapshot of the disk)
    #[arg(value_name = "FILE")]
    copy: Option<PathBuf>,
}

/// Copies the database, and records that in it. A copy that cannot be recorded is left: it may be the
/// last one.
pub(super) fn back_up(flags: BackupFlags) -> Result<ExitCode, CommandError> {
    let BackupFlags { store, by, copy } = flags;
    let file = sqlite(store)?;
    let count = wait_for(async {
        let count = backup::back_up(&file, &copy).await?;
        if let Err(error) = record(Database::Sqlite(file), by, count).await {
            eprintln!("{UNRECORDED}: {error}");
        }
        Ok(count)
    })?;
    eprintln!("{count} requests copied to {}, checked", copy.display());
    Ok(ExitCode::SUCCESS)
}

async fn record(database: Database, by: ByFlag, count: u64) -> Result<(), CommandError> {
    let mut recorder = Recorder::open(&database, by.actor()).await?;
    recorder.record(vec![Event::copied(count)]).await?;
    recorder.close().await;
    Ok(())
}

/// Restores a copy, migrates its tables, and begins another listing.
pub(super) fn restore(flags: RestoreFlags) -> Result<ExitCode, CommandError> {
    let RestoreFlags { store, by, copy } = flags;
    let actor = by.actor();
    let (tokens, done) = match copy {
        Some(copy) => {
            let file = sqlite(store)?;
            let restored = wait_for(async { Ok(backup::restore(&copy, &file, &actor).await?) })?;
            let Restored { count, tokens } = restored;
            (tokens, format!("{count} requests restored to {}", file.display()))
        }
        None => {
            let database = settings::database(&store.sources()).map_err(CommandError::Settings)?;
            let tokens = wait_for(begin_listing(&database, &actor))?;
            (tokens, "the restored database begins a new listing".to_owned())
        }
    };
    if !tokens.is_empty() {
        eprintln!(
            "These tokens came back; one that was revoked since the copy works again. Revoke each \
             (intake token revoke), and make new ones (intake token new):"
        );
        for Token { name, created_at, .. } in tokens {
            eprintln!("{}  {name}", created_at.format(&Rfc3339)?);
        }
    }
    eprintln!("{done}");
    Ok(ExitCode::SUCCESS)
}

/// Finishes a restore by other programs. Returns the tokens that came back.
async fn begin_listing(database: &Database, actor: &Actor) -> Result<Vec<Token>, CommandError> {
    // Opened for reading first: that creates no database where none is.
    match Store::open_for_reading(database, STORE_TIMEOUT).await {
        Ok(store) => store.close().await,
        // It is migrated below.
        Err(StoreError::Older { .. }) => {}
        Err(error) => return Err(error.into()),
    }
    let store = Store::open(database, STORE_TIMEOUT).await?;
    store.renew_epoch(actor).await?;
    let tokens = store.tokens().await?;
    store.close().await;
    Ok(tokens)
}

fn sqlite(flags: StoreFlags) -> Result<PathBuf, CommandError> {
    match settings::database(&flags.sources()).map_err(CommandError::Settings)? {
        Database::Sqlite(file) => Ok(file),
        Database::Postgres(_) => Err(CommandError::BackupOfPostgres),
    }
}
