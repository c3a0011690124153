//! Requests that a command is about: chosen by reference, opened with keys, counted.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use guide_core::request::envelope::Recipient;
use guide_core::request::payload::AppointmentRequest;
use guide_core::request::reference::Reference;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::error::CommandError;
use crate::keys::{PassphraseSource, PrivateKey};
use crate::open::{OpenError, open};
use crate::store::Entry;

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

/// A choice of stored requests.
#[derive(Clone, Debug, Default)]
pub(super) struct Wanted {
    /// Only this one.
    pub id: Option<Uuid>,
    /// Only those of this reference, as somebody may write it.
    pub reference: Option<String>,
}

/// A sealed request, with its entry and digest.
pub(super) struct Sealed {
    /// Its name in messages.
    pub heading: String,
    /// Its entry in the store; `None` for a file.
    pub entry: Option<Entry>,
    /// `None` where it is not in the store any more.
    pub envelope: Option<Vec<u8>>,
    /// SHA-256 of the envelope at its receipt, where it is known.
    pub digest: Option<Vec<u8>>,
    /// Recipients that were added since; `None` for a damaged one.
    pub added: Vec<Option<Recipient>>,
}

/// Exit code: some requests never could be opened, and somebody has to look at them.
const LEFT_OUT: u8 = 3;
/// Exit code: something stored is damaged.
const DAMAGED: u8 = 4;

/// Requests by the outcome of opening them.
#[derive(Default)]
pub(super) struct Counts {
    opened: usize,
    /// Damaged since they were received, as far as can be known.
    failed: usize,
    /// Sealed for other keys, or deleted meanwhile.
    skipped: usize,
    /// Never could be opened: anybody can send such requests.
    left_out: usize,
    /// Of those left out: not settled, so that nobody may have looked at them.
    unseen: usize,
    /// Opened, though some bytes are not those that were received.
    opened_damaged: usize,
}

/// The verdict of the digest on stored bytes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Integrity {
    /// They are those that were received.
    Intact,
    /// They are others.
    Damaged,
    /// There is no digest: a file, or stored by a release without digests.
    Unknown,
}

impl KeyFlags {
    /// Reads the keys.
    pub fn read(self) -> Result<Vec<PrivateKey>, CommandError> {
        let Self { private, passphrase_file } = self;
        let sources: Vec<PassphraseSource> = match passphrase_file.as_slice() {
            [] => vec![PassphraseSource::Terminal; private.len()],
            [one] => vec![PassphraseSource::File(one.clone()); private.len()],
            several if several.len() == private.len() => {
                several.iter().cloned().map(PassphraseSource::File).collect()
            }
            _ => return Err(CommandError::PassphraseFiles),
        };
        let keys = private.iter().zip(&sources);
        Ok(keys.map(|(file, source)| PrivateKey::read(file, source)).collect::<Result<_, _>>()?)
    }
}

impl Counts {
    /// Opens a request. One that cannot be opened is counted, and reported to standard error.
    pub fn open(&mut self, sealed: &Sealed, keys: &[PrivateKey]) -> Option<AppointmentRequest> {
        let Some(envelope) = &sealed.envelope else {
            self.skipped += 1;
            return None;
        };
        let integrity = sealed.integrity(envelope);
        match sealed.open(envelope, keys) {
            Ok(request) => {
                self.opened += 1;
                if integrity == Integrity::Damaged {
                    eprintln!("{}: opened, but {DAMAGED_MESSAGE}", sealed.heading);
                    self.opened_damaged += 1;
                }
                Some(request)
            }
            Err(error) => {
                let words = self.count(sealed, integrity, &error);
                eprintln!("{}: {error}{words}", sealed.heading);
                None
            }
        }
    }

    /// Counts a request that cannot be opened. Returns what to add to the error.
    fn count(&mut self, sealed: &Sealed, integrity: Integrity, error: &OpenError) -> String {
        let settled = sealed.entry.as_ref().is_some_and(|entry| entry.state.is_settled());
        match (integrity, error) {
            (Integrity::Damaged, _) => {
                self.failed += 1;
                format!("; {DAMAGED_MESSAGE}")
            }
            (_, OpenError::NoMatchingKey) => {
                self.skipped += 1;
                String::new()
            }
            // Bytes of another request under this id, or a wrong recipient beside it: the service stores
            // nothing like it.
            (_, OpenError::IdMismatch | OpenError::AddedRecipient) => {
                self.failed += 1;
                String::new()
            }
            (Integrity::Intact, _) => {
                self.left_out += 1;
                self.unseen += usize::from(!settled);
                "; it was so when it arrived, and never could be opened".to_owned()
            }
            // Without a digest, only a settled request is known to be garbage and not damage.
            (Integrity::Unknown, _) if settled => {
                self.left_out += 1;
                String::new()
            }
            (Integrity::Unknown, _) => {
                self.failed += 1;
                String::new()
            }
        }
    }

    /// Prints the counts to standard error. The exit code is 4 where one is damaged, else 3 where one
    /// was left out that is not settled, else 1 where all were skipped.
    pub fn finish(self) -> ExitCode {
        let Self { opened, failed, skipped, left_out, unseen, opened_damaged } = self;
        let left_out = match left_out {
            0 => String::new(),
            _ => format!(", {left_out} left out"),
        };
        eprintln!("{opened} opened, {failed} failed, {skipped} skipped{left_out}");
        if failed + opened_damaged > 0 {
            ExitCode::from(DAMAGED)
        } else if unseen > 0 {
            ExitCode::from(LEFT_OUT)
        } else if opened == 0 && skipped > 0 {
            ExitCode::FAILURE
        } else {
            ExitCode::SUCCESS
        }
    }
}

/// Printed beside a request whose digest does not fit.
const DAMAGED_MESSAGE: &str =
    "these are not the bytes that were received: the disk damaged them, or somebody altered them";

impl Sealed {
    /// The recipients that were added since, but for damaged ones.
    pub fn added(&self) -> Vec<Recipient> {
        self.added.iter().flatten().cloned().collect()
    }

    fn open(&self, envelope: &[u8], keys: &[PrivateKey]) -> Result<AppointmentRequest, OpenError> {
        match open(envelope, &self.added(), self.entry.as_ref().map(|entry| entry.id), keys) {
            // The damaged one may have been for one of these keys.
            Err(OpenError::NoMatchingKey) if self.added.contains(&None) => {
                Err(OpenError::AddedRecipient)
            }
            opened => opened,
        }
    }

    fn integrity(&self, envelope: &[u8]) -> Integrity {
        match &self.digest {
            Some(digest) if digest[..] == Sha256::digest(envelope)[..] => Integrity::Intact,
            Some(_) => Integrity::Damaged,
            None => Integrity::Unknown,
        }
    }
}

/// The ids of the requests that references or ids mean, each once.
///
/// # Errors
/// [`CommandError::NoSuchRequest`], and [`CommandError::SeveralRequests`] for a reference of several.
pub(super) fn ids_of(references: &[String], entries: &[Entry]) -> Result<Vec<Uuid>, CommandError> {
    let (mut ids, mut unknown) = (Vec::new(), Vec::new());
    for reference in references {
        let wanted = match Uuid::try_parse(reference) {
            Ok(id) => Wanted { id: Some(id), reference: None },
            Err(_) => Wanted { id: None, reference: Some(reference.clone()) },
        };
        let meant: Vec<Uuid> =
            entries.iter().filter(|entry| wanted.means(entry)).map(|entry| entry.id).collect();
        match meant.as_slice() {
            [] => unknown.push(reference.clone()),
            [id] if ids.contains(id) => {}
            [id] => ids.push(*id),
            _ => {
                let reference = reference.clone();
                return Err(CommandError::SeveralRequests { reference, ids: meant });
            }
        }
    }
    if unknown.is_empty() { Ok(ids) } else { Err(CommandError::NoSuchRequest(unknown)) }
}

impl Wanted {
    pub fn is_all(&self) -> bool {
        self.id.is_none() && self.reference.is_none()
    }

    pub fn means(&self, entry: &Entry) -> bool {
        let reference = Reference::of(&entry.id);
        self.id.is_none_or(|id| id == entry.id)
            && self.reference.as_ref().is_none_or(|it| it.parse() == Ok(reference))
    }
}

pub(super) fn reference(entry: &Entry) -> String {
    Reference::of(&entry.id).to_string()
}
