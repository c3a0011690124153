//! The keys that the built pages seal for, compared with those that the service knows. Where the two
//! differ, patients would fill in a form whose request is then refused.

use std::io;
use std::path::{Path, PathBuf};

use guide_core::key::{PublicKey, SITE_FILE};
use guide_core::request::form::CalendarDate;

use super::file::{KeyFileError, Reason};
use super::known::{KnownKeys, UnknownRecipients, read_public};

/// Why requests from the pages may be refused.
#[derive(Debug, thiserror::Error)]
pub enum SiteKeysError {
    /// The pages come with no list of their keys: an older release built them.
    #[error(
        "{} holds no {SITE_FILE}, so the keys of its pages cannot be compared with yours; an older \
         release built them, `make build` writes it",
        .0.display()
    )]
    NotListed(PathBuf),
    /// The list cannot be read.
    #[error("the keys of the pages cannot be compared with yours: {0}")]
    File(#[from] KeyFileError),
    /// The pages seal for keys that the service does not know.
    #[error(
        "the pages in {} seal for {kids}, which the service does not know; for each, name its public \
         key in keys, or build the pages for the keys of this clinic (docs/operating.md, \"Rotate \
         keys\")",
        site.display()
    )]
    Unknown {
        /// The folder of the pages.
        site: PathBuf,
        /// Thumbprints of the unknown keys.
        kids: String,
        /// There are known ones among the keys of the pages.
        beside_known: bool,
    },
    /// The pages can seal for no key any more.
    #[error(
        "the pages in {} seal for no key any more: every key has expired; make new ones \
         (docs/operating.md, \"Rotate keys\")",
        .0.display()
    )]
    Expired(PathBuf),
}

/// The severity of a [`SiteKeysError`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// The keys may or may not differ.
    Warning,
    /// Something is wrong that the pages show to patients, or that the settings allow.
    Error,
    /// Patients would fill in a form in vain: such pages are not served.
    Fatal,
}

impl SiteKeysError {
    /// Its severity under this setting.
    pub const fn severity(&self, unknown_recipients: UnknownRecipients) -> Severity {
        match (self, unknown_recipients) {
            (Self::NotListed(_), _) => Severity::Warning,
            (Self::Expired(_), _)
            | (Self::Unknown { beside_known: true, .. }, UnknownRecipients::Warn) => {
                Severity::Error
            }
            (Self::File(_) | Self::Unknown { .. }, _) => Severity::Fatal,
        }
    }
}

/// The keys that the pages seal for, to be known where nobody names others. None where the pages come without
/// a list, or with an empty one.
///
/// # Errors
/// The reason why the list cannot be read.
pub fn known(site: &Path) -> Result<KnownKeys, KeyFileError> {
    match KnownKeys::read(&site.join(SITE_FILE)) {
        Err(KeyFileError { reason: Reason::NoKey, .. }) => Ok(KnownKeys::default()),
        Err(KeyFileError { reason: Reason::File(error), .. })
            if error.kind() == io::ErrorKind::NotFound =>
        {
            Ok(KnownKeys::default())
        }
        read => read,
    }
}

/// Compares the keys that the pages seal for on this day with the known ones.
///
/// # Errors
/// Any [`SiteKeysError`].
pub fn compare(site: &Path, known: &KnownKeys, today: CalendarDate) -> Result<(), SiteKeysError> {
    let list = site.join(SITE_FILE);
    if !list.exists() {
        return Err(SiteKeysError::NotListed(site.to_owned()));
    }
    let mut keys = read_public(&list)?;
    // As the pages do: a day is added, for the time zones of patients.
    keys.retain(|key| key.expires.is_none_or(|last| today <= last.next_day()));
    let unknown: Vec<&PublicKey> = keys.iter().filter(|key| !known.contains(&key.kid)).collect();
    if keys.is_empty() {
        Err(SiteKeysError::Expired(site.to_owned()))
    } else if unknown.is_empty() {
        Ok(())
    } else {
        let kids: Vec<&str> = unknown.iter().map(|key| key.kid.as_str()).collect();
        let beside_known = kids.len() < keys.len();
        Err(SiteKeysError::Unknown {
            site: site.to_owned(),
            kids: kids.join(" and "),
            beside_known,
        })
    }
}
