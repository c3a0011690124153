//! Errors of commands, as they are printed.

use std::io;
use std::path::PathBuf;

use josekit::JoseError;
use time::error::Format;
use tracing_subscriber::util::TryInitError;
use uuid::Uuid;

use crate::backup::BackupError;
use crate::keys::site::SiteKeysError;
use crate::keys::{KeyFileError, PassphraseError};
use crate::notices::NoticeError;
use crate::open::OpenError;
use crate::rewrap::RewrapError;
use crate::server::ServeError;
use crate::settings::Mistake;
use crate::store::StoreError;
use crate::tokens::NotAToken;
use crate::verify_site::{ManifestError, VisitorError};
use clinic_core::staff_file::StaffFileError;

/// Why a command failed.
#[derive(Debug, thiserror::Error)]
pub(super) enum CommandError {
    /// The settings hold mistakes.
    #[error("{}", list_of(.0))]
    Settings(Vec<Mistake>),
    /// A key file cannot be used or written.
    #[error(transparent)]
    KeyFile(#[from] KeyFileError),
    /// The pages and the service were not made for the same keys.
    #[error(transparent)]
    SiteKeys(#[from] SiteKeysError),
    /// There is no passphrase.
    #[error("{0}")]
    Passphrase(#[from] PassphraseError),
    /// No keys, or no trial, could be made.
    #[error("{0}")]
    Jose(#[from] JoseError),
    /// No private key opens what was sealed for a public one.
    #[error("no private key opens what is sealed for {kid}: {error}")]
    Trial {
        /// The public key.
        kid: String,
        /// Why not.
        error: OpenError,
    },
    /// A copy of the database cannot be made or restored.
    #[error("{0}")]
    Backup(#[from] BackupError),
    /// Neither a file nor a folder to copy to.
    #[error("give FILE, or --into FOLDER")]
    NoCopy,
    /// PostgreSQL has its own program for that.
    #[error(
        "for PostgreSQL use pg_dump and pg_restore, and note it with `intake backup --done`; see \
         docs/operating.md"
    )]
    BackupOfPostgres,
    /// A notice cannot be sent.
    #[error("notices: {0}")]
    Notice(#[from] NoticeError),
    /// A token against the rules.
    #[error(transparent)]
    NewToken(#[from] NotAToken),
    /// A staff file cannot be made of these parts.
    #[error("{0}")]
    StaffFile(StaffFileError),
    /// Another token has the name.
    #[error("there is a token named {0} already; revoke it first, or choose another name")]
    TokenTaken(String),
    /// No token has the name.
    #[error("there is no token named {0}; `intake token list` shows those there are")]
    NoSuchToken(String),
    /// A day after which no key made today could be used.
    #[error("--expires: that day is past")]
    ExpiresInThePast,
    /// Neither one passphrase for all keys nor one for each.
    #[error("--passphrase-file: give one for all keys, or as many as there are --private")]
    PassphraseFiles,
    /// No stored requests have these ids or references.
    #[error("no such request is stored: {}", .0.join(", "))]
    NoSuchRequest(Vec<String>),
    /// A file that would be overwritten.
    #[error("{} is there already; nothing was overwritten", .0.display())]
    Taken(PathBuf),
    /// A file of several public keys where one is meant.
    #[error("--public: give a file of one key")]
    OnePublicKey,
    /// A request cannot be made openable by another key.
    #[error("{0}")]
    Rewrap(#[from] RewrapError),
    /// A line that is no recipient to add.
    #[error("{}: line {line}: {reason}; nothing was added", file.display())]
    NotARecipient {
        /// The file.
        file: PathBuf,
        /// Counted from 1.
        line: usize,
        /// Why not.
        reason: &'static str,
    },
    /// Nobody confirmed the deletion.
    #[error("nothing was deleted; {0} requests match: give --yes to delete them")]
    NotConfirmed(u64),
    /// A reference, of which there are fewer than ids, means more than one request.
    #[error("{reference} is {}: give the id of the one you mean", joined(.ids))]
    SeveralRequests {
        /// As it was given.
        reference: String,
        /// The requests.
        ids: Vec<Uuid>,
    },
    /// The store cannot be used.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The routes cannot be made.
    #[error(transparent)]
    Serve(#[from] ServeError),
    /// The digests of a site cannot be used.
    #[error("{}: {error}", file.display())]
    Manifest {
        /// Their file.
        file: PathBuf,
        /// Why not.
        error: ManifestError,
    },
    /// No site can be fetched.
    #[error(transparent)]
    Visitor(#[from] VisitorError),
    /// Logs go elsewhere already.
    #[error("{0}")]
    Log(#[from] TryInitError),
    /// The clock is set to no day of the calendar.
    #[error("the clock of this machine shows no day of the calendar")]
    Clock,
    /// A moment that cannot be written as RFC 3339.
    #[error("{0}")]
    Moment(#[from] Format),
    /// A request or key cannot be written as JSON or TOML.
    #[error("{0}")]
    Write(Box<dyn std::error::Error + Send + Sync>),
    /// A file cannot be read, or an address cannot be listened on.
    #[error("{what}: {error}")]
    Unusable {
        /// The file or address.
        what: String,
        /// Why.
        error: io::Error,
    },
    /// The service could store nothing.
    #[error("{what} cannot be written to by the user who runs this: {error}")]
    Unwritable {
        /// The file or folder.
        what: String,
        /// Why.
        error: io::Error,
    },
    /// Writing, or starting, failed.
    #[error("{0}")]
    Io(#[from] io::Error),
}

impl CommandError {
    /// Returns `true` where the disk of the database is full or fails, which may pass.
    pub fn is_of_disk(&self) -> bool {
        match self {
            Self::Store(error) | Self::Serve(ServeError::Store(error)) => error.is_of_disk(),
            _ => false,
        }
    }
}

fn joined(ids: &[Uuid]) -> String {
    ids.iter().map(Uuid::to_string).collect::<Vec<_>>().join(" and ")
}

fn list_of(mistakes: &[Mistake]) -> String {
    mistakes.iter().map(ToString::to_string).collect::<Vec<_>>().join("\nintake: ")
}
