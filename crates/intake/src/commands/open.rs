//! `intake open`.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use clinic_core::readable;
use guide_core::request::payload::AppointmentRequest;
use uuid::Uuid;

use super::by::ByFlag;
use super::error::CommandError;
use super::opening::Opener;
use super::runtime::wait_for;
use super::stored::{Counts, KeyFlags, Sealed, Wanted};
use crate::audit::Action;
use crate::settings::{self, StoreFlags};

/// Flags of `intake open`.
#[derive(Args, Debug)]
pub(super) struct OpenFlags {
    #[command(flatten)]
    store: StoreFlags,
    #[command(flatten)]
    keys: KeyFlags,
    #[command(flatten)]
    by: ByFlag,
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
    let OpenFlags { store, keys, by, reference, id, file, json } = flags;
    let keys = keys.read()?;
    let mut counts = Counts::default();
    let mut print = |sealed: Sealed, request: AppointmentRequest| {
        let text = match json {
            true => readable::json(&request).map_err(|it| CommandError::Write(it.into()))?,
            false => readable::lines(&sealed.heading, &request),
        };
        Ok(writeln!(out, "{text}")?)
    };
    match file {
        Some(file) => {
            let sealed = from_file(&file)?;
            if let Some(request) = counts.open(&sealed, &keys) {
                print(sealed, request)?;
            }
        }
        None => {
            let database = settings::database(&store.sources()).map_err(CommandError::Settings)?;
            let opener = Opener {
                database: &database,
                wanted: Wanted { id, reference },
                keys: &keys,
                actor: by.actor(),
                action: Action::Opened,
                other: None,
            };
            wait_for(opener.for_each(&mut counts, print))?;
        }
    }
    Ok(counts.finish())
}

/// A sealed request of no database; that it is opened can be recorded nowhere.
fn from_file(file: &Path) -> Result<Sealed, CommandError> {
    let heading = file.display().to_string();
    match fs::read(file) {
        Ok(envelope) => Ok(Sealed {
            heading,
            entry: None,
            envelope: Some(envelope),
            digest: None,
            added: Vec::new(),
        }),
        Err(error) => Err(CommandError::Unusable { what: heading, error }),
    }
}
