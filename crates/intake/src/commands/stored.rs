//! Opening what is stored, one by one, for the commands that read it.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use guide_core::request::payload::AppointmentRequest;
use guide_core::request::reference::Reference;
use time::format_description::well_known::Rfc3339;
use uuid::Uuid;

use super::CommandError;
use crate::keys::{Asker, PrivateKey};
use crate::open::{OpenError, open};
use crate::settings::Database;
use crate::store::{Entry, PATIENCE, Store};

/// The keys to open with.
#[derive(Args, Debug)]
pub(super) struct KeyFlags {
    /// File of a private key; may be given again, for what was sealed for an older key
    #[arg(long, value_name = "FILE", required = true)]
    private: Vec<PathBuf>,
    /// File that holds the passphrase of the private keys; given again, one for each key in their
    /// order; without it you are asked
    #[arg(long, value_name = "FILE")]
    passphrase_file: Vec<PathBuf>,
}

/// Which of the stored requests are meant.
#[derive(Clone, Debug, Default)]
pub(super) struct Wanted {
    /// Only this one.
    pub id: Option<Uuid>,
    /// Only those of this reference, as somebody may write it.
    pub reference: Option<String>,
}

/// A sealed request and what is known of it from outside.
pub(super) struct Sealed {
    /// What it is called in messages.
    pub heading: String,
    /// What the store knows of it, where it comes from there.
    pub entry: Option<Entry>,
    /// `None` where it is not in the store any more.
    pub envelope: Option<Vec<u8>>,
}

/// How many requests came out how.
#[derive(Default)]
pub(super) struct Counts {
    opened: usize,
    failed: usize,
    /// Sealed for other keys, or deleted meanwhile.
    skipped: usize,
}

impl KeyFlags {
    /// Reads the keys.
    pub fn read(self) -> Result<Vec<PrivateKey>, CommandError> {
        let Self { private, passphrase_file } = self;
        let askers: Vec<Asker> = match passphrase_file.as_slice() {
            [] => vec![Asker::Terminal; private.len()],
            [one] => vec![Asker::File(one.clone()); private.len()],
            several if several.len() == private.len() => {
                several.iter().cloned().map(Asker::File).collect()
            }
            _ => return Err(CommandError::PassphraseFiles),
        };
        let keys = private.iter().zip(&askers);
        Ok(keys.map(|(file, asker)| PrivateKey::read(file, asker)).collect::<Result<_, _>>()?)
    }
}

impl Counts {
    /// Opens a request. What cannot be opened is counted, and said to standard error.
    pub fn open(&mut self, sealed: &Sealed, keys: &[PrivateKey]) -> Option<AppointmentRequest> {
        let Some(envelope) = &sealed.envelope else {
            self.skipped += 1;
            return None;
        };
        match open(envelope, sealed.entry.map(|entry| entry.id), keys) {
            Ok(request) => {
                self.opened += 1;
                Some(request)
            }
            Err(error) => {
                eprintln!("{}: {error}", sealed.heading);
                match error {
                    OpenError::NoMatchingKey => self.skipped += 1,
                    _ => self.failed += 1,
                }
                None
            }
        }
    }

    /// Says the counts to standard error. The exit code is 1 where one failed, or where all were
    /// skipped.
    pub fn finish(self) -> ExitCode {
        let Self { opened, failed, skipped } = self;
        eprintln!("{opened} opened, {failed} failed, {skipped} skipped");
        let fine = failed == 0 && (opened > 0 || skipped == 0);
        if fine { ExitCode::SUCCESS } else { ExitCode::FAILURE }
    }
}

/// Brings the stored requests that are meant, in the order of their arrival; one at a time, so that
/// any number fits into memory.
pub(super) async fn each(
    database: &Database,
    wanted: &Wanted,
    mut take: impl FnMut(Sealed) -> Result<(), CommandError>,
) -> Result<(), CommandError> {
    let store = Store::open_for_reading(database, PATIENCE).await?;
    let mut entries = store.entries().await?;
    entries.retain(|entry| wanted.means(entry));
    if entries.is_empty() && !wanted.is_all() {
        return Err(CommandError::NoSuchRequest);
    }
    for entry in entries {
        let received_at = entry.received_at.format(&Rfc3339)?;
        take(Sealed {
            heading: format!("{}  received {received_at}", reference(&entry)),
            entry: Some(entry),
            envelope: store.envelope(entry.id).await?,
        })?;
    }
    Ok(())
}

impl Wanted {
    fn is_all(&self) -> bool {
        self.id.is_none() && self.reference.is_none()
    }

    pub fn means(&self, entry: &Entry) -> bool {
        self.id.is_none_or(|id| id == entry.id)
            && self.reference.as_ref().is_none_or(|it| digits(it) == digits(&reference(entry)))
    }
}

fn reference(entry: &Entry) -> String {
    Reference::of(&entry.id).to_string()
}

/// A reference by its digits alone: Crockford base 32 takes small letters, O for 0, I and L for 1,
/// and dashes anywhere.
fn digits(written: &str) -> String {
    let digit = |c: char| match c.to_ascii_uppercase() {
        '-' | ' ' => None,
        'O' => Some('0'),
        'I' | 'L' => Some('1'),
        other => Some(other),
    };
    written.chars().filter_map(digit).collect()
}
