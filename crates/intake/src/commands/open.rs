//! `intake open`.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use guide_core::request::reference::Reference;
use time::format_description::well_known::Rfc3339;
use uuid::Uuid;

use super::{CommandError, wait_for};
use crate::keys::{Asker, PrivateKey};
use crate::open::{OpenError, open};
use crate::readable;
use crate::settings::{self, Database, StoreFlags};
use crate::store::{Entry, PATIENCE, Store};

/// What to open, and with what.
#[derive(Args, Debug)]
pub(super) struct OpenFlags {
    #[command(flatten)]
    store: StoreFlags,
    /// File of a private key; may be given again
    #[arg(long, value_name = "FILE", required = true)]
    private: Vec<PathBuf>,
    /// File that holds the passphrase of the private keys; without it you are asked
    #[arg(long, value_name = "FILE")]
    passphrase_file: Option<PathBuf>,
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

/// Which of the stored requests are meant: all, or those of an id or of a reference's digits.
struct Wanted {
    id: Option<Uuid>,
    digits: Option<String>,
}

/// A sealed request and what is known of it from outside.
struct Sealed {
    heading: String,
    stored_as: Option<Uuid>,
    /// `None` where it is not in the store any more.
    envelope: Option<Vec<u8>>,
}

/// How many requests came out how.
#[derive(Default)]
struct Counts {
    opened: usize,
    failed: usize,
    /// Sealed for other keys, or deleted meanwhile.
    skipped: usize,
}

/// Opens what is meant, prints it to `out`, and says to standard error what could not be opened and
/// how many there were. The exit code is 1 where one failed, or where all were skipped.
pub(super) fn run(flags: OpenFlags, out: &mut impl Write) -> Result<ExitCode, CommandError> {
    let asker = Asker::new(flags.passphrase_file);
    let keys = flags
        .private
        .iter()
        .map(|file| PrivateKey::read(file, &asker))
        .collect::<Result<Vec<_>, _>>()?;
    let mut counts = Counts::default();
    let each = |sealed: Sealed| print(&sealed, &keys, flags.json, &mut counts, out);
    match flags.file {
        Some(file) => from_file(&file, each)?,
        None => {
            let wanted = Wanted {
                id: flags.id,
                digits: flags.reference.map(|reference| digits(&reference)),
            };
            let database =
                settings::database(&flags.store.sources()).map_err(CommandError::Settings)?;
            wait_for(from_store(&database, &wanted, each))?;
        }
    }
    let Counts { opened, failed, skipped } = counts;
    eprintln!("{opened} opened, {failed} failed, {skipped} skipped");
    let fine = failed == 0 && (opened > 0 || skipped == 0);
    Ok(if fine { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn from_file(
    file: &Path,
    mut each: impl FnMut(Sealed) -> Result<(), CommandError>,
) -> Result<(), CommandError> {
    let heading = file.display().to_string();
    match fs::read(file) {
        Ok(envelope) => each(Sealed { heading, stored_as: None, envelope: Some(envelope) }),
        Err(error) => Err(CommandError::Unusable { what: heading, error }),
    }
}

/// One at a time, so that any number fits into memory.
async fn from_store(
    database: &Database,
    wanted: &Wanted,
    mut each: impl FnMut(Sealed) -> Result<(), CommandError>,
) -> Result<(), CommandError> {
    let store = Store::open_for_reading(database, PATIENCE).await?;
    let mut entries = store.entries().await?;
    entries.retain(|entry| wanted.means(entry));
    if entries.is_empty() && !wanted.is_all() {
        return Err(CommandError::NoSuchRequest);
    }
    for entry in entries {
        let received_at = entry.received_at.format(&Rfc3339)?;
        each(Sealed {
            heading: format!("{}  received {received_at}", reference(&entry)),
            stored_as: Some(entry.id),
            envelope: store.envelope(entry.id).await?,
        })?;
    }
    Ok(())
}

impl Wanted {
    fn is_all(&self) -> bool {
        self.id.is_none() && self.digits.is_none()
    }

    fn means(&self, entry: &Entry) -> bool {
        self.id.is_none_or(|id| id == entry.id)
            && self.digits.as_ref().is_none_or(|it| *it == digits(&reference(entry)))
    }
}

fn reference(entry: &Entry) -> String {
    Reference::of(&entry.id).to_string()
}

/// A reference as somebody may write it, by its digits alone: Crockford base 32 takes small letters,
/// O for 0, I and L for 1, and dashes anywhere.
fn digits(written: &str) -> String {
    let digit = |c: char| match c.to_ascii_uppercase() {
        '-' | ' ' => None,
        'O' => Some('0'),
        'I' | 'L' => Some('1'),
        other => Some(other),
    };
    written.chars().filter_map(digit).collect()
}

fn print(
    sealed: &Sealed,
    keys: &[PrivateKey],
    as_json: bool,
    counts: &mut Counts,
    out: &mut impl Write,
) -> Result<(), CommandError> {
    let Sealed { heading, stored_as, envelope } = sealed;
    let Some(envelope) = envelope else {
        counts.skipped += 1;
        return Ok(());
    };
    match open(envelope, *stored_as, keys) {
        Ok(request) if as_json => {
            counts.opened += 1;
            let json =
                readable::json(&request).map_err(|error| CommandError::Write(error.into()))?;
            writeln!(out, "{json}")?;
        }
        Ok(request) => {
            counts.opened += 1;
            writeln!(out, "{}", readable::lines(heading, &request))?;
        }
        Err(error) => {
            eprintln!("{heading}: {error}");
            match error {
                OpenError::NoMatchingKey => counts.skipped += 1,
                _ => counts.failed += 1,
            }
        }
    }
    Ok(())
}
