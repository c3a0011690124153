//! `intake export`.

use std::io::{BufWriter, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use clinic_core::export::{Export, Format, Opened};
use guide_core::request::payload::AppointmentRequest;
use time::OffsetDateTime;

use super::by::ByFlag;
use super::error::CommandError;
use super::opening::Opener;
use super::runtime::wait_for;
use super::stored::{Counts, KeyFlags, Sealed, Wanted};
use crate::audit::Action;
use crate::private_file;
use crate::settings::{self, StoreFlags};

/// Flags of `intake export`.
#[derive(Args, Debug)]
pub(super) struct ExportFlags {
    #[command(flatten)]
    store: StoreFlags,
    #[command(flatten)]
    keys: KeyFlags,
    #[command(flatten)]
    by: ByFlag,
    /// The format
    #[arg(long, value_enum)]
    format: FormatName,
    /// Only the request of this reference
    #[arg(long, value_name = "XXXX-XXXX")]
    reference: Option<String>,
    /// A new file to write to, which only you can read; without it standard output
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Address of the guide's assessment.fhir.json, which FHIR answers refer to
    #[arg(long, value_name = "ADDRESS")]
    questionnaire: Option<String>,
}

/// The formats by name.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum FormatName {
    /// A table for spreadsheets
    Csv,
    /// One list of objects
    Json,
    /// A Bundle of FHIR R4 resources
    Fhir,
}

/// Writes the requests that can be opened. Reports to standard error which could not, and the counts.
pub(super) fn run(flags: ExportFlags, out: &mut impl Write) -> Result<ExitCode, CommandError> {
    let ExportFlags { store, keys, by, format, reference, out: file, questionnaire } = flags;
    let database = settings::database(&store.sources()).map_err(CommandError::Settings)?;
    // Before anybody types a passphrase.
    if let Some(taken) = file.as_ref().filter(|file| file.exists()) {
        return Err(CommandError::Taken(taken.clone()));
    }
    let keys = keys.read()?;
    let format = match format {
        FormatName::Csv => Format::Csv,
        FormatName::Json => Format::Json,
        FormatName::Fhir => Format::Fhir { now: OffsetDateTime::now_utc(), questionnaire },
    };
    let mut file = match file {
        Some(path) => Some(private_file(path)?),
        None => None,
    };
    let out: &mut dyn Write = match &mut file {
        Some(file) => file,
        None => out,
    };
    let mut counts = Counts::default();
    let mut export = Export::begin(format, BufWriter::new(out))?;
    let add = |sealed: Sealed, request: AppointmentRequest| {
        let Some(entry) = sealed.entry else { return Ok(()) };
        let (received_at, state) = (entry.received_at, entry.state);
        Ok(export.add(&Opened { received_at, state, request })?)
    };
    let opener = Opener {
        database: &database,
        wanted: Wanted { id: None, reference },
        keys: &keys,
        actor: by.actor(),
        action: Action::Exported,
        other: None,
    };
    wait_for(opener.for_each(&mut counts, add))?;
    export.end()?;
    Ok(counts.finish())
}

/// Creates a file that only its owner can read: it will hold patients' words.
fn private_file(path: PathBuf) -> Result<std::fs::File, CommandError> {
    let opened = private_file::options().write(true).create_new(true).open(&path);
    let what = path.display().to_string();
    opened.map_err(|error| CommandError::Unusable { what, error })
}
