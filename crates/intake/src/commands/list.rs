//! `intake list`.

use std::io::Write;
use std::process::ExitCode;

use guide_core::request::reference::Reference;
use time::format_description::well_known::Rfc3339;

use super::{CommandError, wait_for};
use crate::settings::{self, Database, Sources};
use crate::store::{Entry, PATIENCE, Store};

/// Prints a line for each stored request, in the order of arrival.
pub(super) fn run(sources: &Sources, out: &mut impl Write) -> Result<ExitCode, CommandError> {
    let Database::Sqlite(file) = settings::database(sources).map_err(CommandError::Settings)?;
    let entries = wait_for(async {
        let store = Store::open_for_reading(&file, PATIENCE).await?;
        Ok(store.entries().await?)
    })?;
    writeln!(out, "{:36}  {:9}  {:20}  {:>5}", "id", "reference", "received_at", "bytes")?;
    for Entry { id, received_at, bytes } in entries {
        let reference = Reference::of(&id);
        writeln!(out, "{id}  {reference}  {}  {bytes:>5}", received_at.format(&Rfc3339)?)?;
    }
    Ok(ExitCode::SUCCESS)
}
