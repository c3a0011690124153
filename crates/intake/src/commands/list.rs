//! `intake list`.

use std::io::Write;
use std::process::ExitCode;

use clap::Args;
use guide_core::request::reference::Reference;
use time::format_description::well_known::Rfc3339;

use super::by::ByFlag;
use super::error::CommandError;
use super::recorder::Recorder;
use super::runtime::wait_for;
use crate::audit::Event;
use crate::settings::{self, StoreFlags};
use crate::store::{Entry, STORE_TIMEOUT, Store};

/// Flags of `intake list`.
#[derive(Args, Debug)]
pub(super) struct ListFlags {
    #[command(flatten)]
    store: StoreFlags,
    #[command(flatten)]
    by: ByFlag,
}

/// Prints a line for each stored request, in the order of arrival.
pub(super) fn run(flags: ListFlags, out: &mut impl Write) -> Result<ExitCode, CommandError> {
    let ListFlags { store, by } = flags;
    let database = settings::database(&store.sources()).map_err(CommandError::Settings)?;
    let entries = wait_for(async {
        let store = Store::open_for_reading(&database, STORE_TIMEOUT).await?;
        let entries = store.entries().await?;
        store.close().await;
        let ids: Vec<_> = entries.iter().map(|entry| entry.id).collect();
        let mut recorder = Recorder::open(&database, by.actor()).await?;
        recorder.record(Event::listed(&ids).into_iter().collect()).await?;
        recorder.close().await;
        Ok(entries)
    })?;
    writeln!(
        out,
        "{:36}  {:9}  {:20}  {:9}  {:>5}",
        "id", "reference", "received_at (UTC)", "state", "bytes"
    )?;
    for Entry { id, received_at, state, bytes, .. } in entries {
        let (reference, received_at) = (Reference::of(&id), received_at.format(&Rfc3339)?);
        writeln!(out, "{id}  {reference}  {received_at}  {:9}  {bytes:>5}", state.as_str())?;
    }
    Ok(ExitCode::SUCCESS)
}
