//! `intake backup` and `intake restore`.

use std::num::NonZeroU32;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use super::by::ByFlag;
use super::error::CommandError;
use super::recorder::{Recorder, UNRECORDED};
use super::runtime::wait_for;
use crate::audit::{Actor, Event};
use crate::backup::{self, Copied, Restored};
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
    #[arg(value_name = "FILE", required_unless_present_any = ["into", "done"])]
    copy: Option<PathBuf>,
    /// Folder for a copy that is named by its moment, in place of FILE
    #[arg(long, value_name = "FOLDER", conflicts_with = "copy")]
    into: Option<PathBuf>,
    /// Copies to keep in that folder; older ones are deleted once the new one is complete
    #[arg(long, value_name = "NUMBER", requires = "into", conflicts_with = "copy")]
    keep: Option<NonZeroU32>,
    /// Copy nothing, and note that other programs have copied the database just now (pg_dump, a
    /// snapshot of the disk)
    #[arg(long, conflicts_with_all = ["copy", "into"])]
    done: bool,
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

/// Copies the database, records and notes in it that this was done, and deletes old copies. A copy that
/// cannot be recorded is left: it may be the last one.
pub(super) fn back_up(flags: BackupFlags) -> Result<ExitCode, CommandError> {
    let BackupFlags { store, by, copy, into, keep, done } = flags;
    // A copy holds what was stored when it began.
    let now = OffsetDateTime::now_utc();
    if done {
        let database = settings::database(&store.sources()).map_err(CommandError::Settings)?;
        wait_for(async { Ok(note(&database, now).await?) })?;
        eprintln!("noted: copied at {} (UTC)", now.truncate_to_second().format(&Rfc3339)?);
        return Ok(ExitCode::SUCCESS);
    }
    let database = sqlite(store)?;
    let copied = wait_for(async {
        Ok(match (copy, &into) {
            (Some(file), _) => {
                let count = backup::back_up(&database, &file).await?;
                Copied { file, count }
            }
            (None, Some(folder)) => backup::back_up_into(&database, folder, now).await?,
            (None, None) => return Err(CommandError::NoCopy),
        })
    })?;
    let database = Database::Sqlite(database);
    if let Err(error) = wait_for(record(&database, by, copied.count)) {
        eprintln!("{UNRECORDED}: {error}");
    }
    eprintln!("{} requests copied to {}, checked", copied.count, copied.file.display());
    // The copy is good, whatever becomes of the note.
    if let Err(error) = wait_for(async { Ok(note(&database, now).await?) }) {
        eprintln!(
            "warning: not noted, so `intake check` and the metrics do not know of it: {error}"
        );
    }
    if let Some((folder, keep)) = into.zip(keep) {
        let deleted = backup::delete_old(&folder, &copied.file, keep)?;
        eprintln!("{deleted} older copies deleted");
    }
    Ok(ExitCode::SUCCESS)
}

/// Records in the audit that so many requests were copied.
async fn record(database: &Database, by: ByFlag, count: u64) -> Result<(), CommandError> {
    let mut recorder = Recorder::open(database, by.actor()).await?;
    recorder.record(vec![Event::copied(count)]).await?;
    recorder.close().await;
    Ok(())
}

/// Notes a backup of the state at this moment.
async fn note(database: &Database, backed_up_at: OffsetDateTime) -> Result<(), StoreError> {
    let store = Store::open_beside(database, STORE_TIMEOUT).await?;
    let noted = store.set_last_backup(backed_up_at).await;
    store.close().await;
    noted
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
