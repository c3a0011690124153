//! `intake list`.

use std::io::Write;
use std::process::ExitCode;

use guide_core::request::reference::Reference;
use time::format_description::well_known::Rfc3339;

use super::error::CommandError;
use super::runtime::wait_for;
use crate::settings::{self, Sources};
use crate::store::{Entry, STORE_TIMEOUT, Store};

/// Prints a line for each stored request, in the order of arrival.
pub(super) fn run(sources: &Sources, out: &mut impl Write) -> Result<ExitCode, CommandError> {
    let database = settings::database(sources).map_err(CommandError::Settings)?;
    let entries = wait_for(async {
        let store = Store::open_for_reading(&database, STORE_TIMEOUT).await?;
        Ok(store.entries().await?)
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
