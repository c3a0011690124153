//! `intake open`.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use uuid::Uuid;

use super::error::CommandError;
use super::runtime::wait_for;
use super::stored::{Counts, KeyFlags, Sealed, Wanted, for_each_stored};
use crate::readable;
use crate::settings::{self, StoreFlags};

/// Flags of `intake open`.
#[derive(Args, Debug)]
pub(super) struct OpenFlags {
    #[command(flatten)]
    store: StoreFlags,
    #[command(flatten)]
    keys: KeyFlags,
    /// Only the request of this reference
    #[arg(long, group = "which", value_name = "XXXX-XXXX")]
    reference: Option<String>,
    /// Only the request of this id
    #[arg(long, group = "which", value_name = "UUID")]
    id: Option<Uuid>,
    /// A sealed request in a file, instead of those stored
    #[arg(long, group = "which", value_name = "FILE")]
    file: Option<PathBuf>,
    /// Print each request as one line of JSON
    #[arg(long)]
    json: bool,
}

/// Opens the requests that are meant and prints them to `out`. Reports to standard error which could
/// not be opened, and the counts.
pub(super) fn run(flags: OpenFlags, out: &mut impl Write) -> Result<ExitCode, CommandError> {
    let OpenFlags { store, keys, reference, id, file, json } = flags;
    let keys = keys.read()?;
    let mut counts = Counts::default();
    let print = |sealed: Sealed| {
        let Some(request) = counts.open(&sealed, &keys) else { return Ok(()) };
        let text = match json {
            true => readable::json(&request).map_err(|it| CommandError::Write(it.into()))?,
            false => readable::lines(&sealed.heading, &request),
        };
        Ok(writeln!(out, "{text}")?)
    };
    match file {
        Some(file) => from_file(&file, print)?,
        None => {
            let database = settings::database(&store.sources()).map_err(CommandError::Settings)?;
            wait_for(for_each_stored(&database, &Wanted { id, reference }, print))?;
        }
    }
    Ok(counts.finish())
}

fn from_file(
    file: &Path,
    mut take: impl FnMut(Sealed) -> Result<(), CommandError>,
) -> Result<(), CommandError> {
    let heading = file.display().to_string();
    match fs::read(file) {
        Ok(envelope) => {
            take(Sealed { heading, entry: None, envelope: Some(envelope), digest: None })
        }
        Err(error) => Err(CommandError::Unusable { what: heading, error }),
    }
}
