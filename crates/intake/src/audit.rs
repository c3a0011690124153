//! The audit: who did what, and when, as lines that are chained by their hashes, so that a changed,
//! missing or moved line is found. The form of the lines is part of the interface; it is documented in
//! `docs/operating.md`, "Audit".
//!
//! The hash of a line is SHA-256 over the hash of the line before (32 zero bytes before the first)
//! and the line as canonical JSON (RFC 8785).

use std::fmt;
use std::str::FromStr;

use base16ct::HexDisplay;
use guide_core::request::reference::Reference;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

/// Whoever did something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Actor {
    /// A program of the staff, by the name of its token.
    Token(String),
    /// Somebody at the command line, by name.
    CommandLine(String),
    /// The service itself, when a retention is over.
    Service,
}

/// A kind of events.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Sealed requests were listed.
    Listed,
    /// A request was opened and printed.
    Opened,
    /// A request was opened and exported.
    Exported,
    /// A request was opened, and the key of its content wrapped for another key of the clinic.
    Rewrapped,
    /// A recipient was added to a request: the holder of another key can open it.
    RecipientAdded,
    /// A request got another state or holder, or somebody tried once more to reach the patient.
    Marked,
    /// The last such change was undone.
    Undone,
    /// A sealed note was added to a request.
    NoteAdded,
    /// A request was deleted.
    Deleted,
    /// A token was made.
    TokenMade,
    /// A token was revoked.
    TokenRevoked,
    /// A trial of storing succeeded.
    TrialMade,
    /// The database was copied by `intake backup`.
    Copied,
    /// The database was restored.
    Restored,
}

/// Something that was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// Its kind.
    pub action: Action,
    /// The reference of its request, or the name of its token; may be empty.
    pub subject: String,
    /// More about it; may be empty.
    pub detail: String,
}

/// A line of the audit, without its hash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// 1, 2, 3 and so on.
    pub position: i64,
    /// RFC 3339, UTC, whole seconds.
    pub at: String,
    /// The words of an [`Actor`].
    pub actor: String,
    /// The word of an [`Action`].
    pub action: String,
    /// See [`Event::subject`].
    pub subject: String,
    /// See [`Event::detail`].
    pub detail: String,
}

/// A line as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredLine {
    /// The line.
    pub line: Line,
    /// Its hash, as it is stored.
    pub hash: Hash,
}

/// The hash of a line, and of all lines before it: SHA-256. Written as 64 hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Hash(pub [u8; 32]);

/// A word that is no hash.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a hash of the audit has 64 hexadecimal digits")]
pub struct NotAHash;

/// A place where the chain is broken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Break {
    /// Lines between others are not there.
    #[error("{}", missing(*.first, *.last))]
    Missing {
        /// The position of the first of them.
        first: i64,
        /// The position of the last of them.
        last: i64,
    },
    /// A line stands at a position that another has, or that comes before those read so far.
    #[error("line {0} is in the wrong place")]
    Misplaced(i64),
    /// The hash does not fit the line and the hash before.
    #[error("{}", changed(*.0))]
    Changed(i64),
}

/// The chain as far as it was read.
#[derive(Clone, Debug)]
pub struct Chain {
    /// The position of the last line; 0 before the first.
    position: i64,
    head: Hash,
}

impl Actor {
    /// The words that stand in the audit. A token cannot be named so that it passes for another actor.
    pub fn words(&self) -> String {
        match self {
            Self::Token(name) => format!("token {name}"),
            Self::CommandLine(name) => format!("the command line ({name})"),
            Self::Service => "the service".to_owned(),
        }
    }

    /// The name of the token; `None` of another actor.
    pub fn token(&self) -> Option<&str> {
        match self {
            Self::Token(name) => Some(name),
            Self::CommandLine(_) | Self::Service => None,
        }
    }

    /// The name of the token, as colleagues know it; else the same words as in the audit, which alone tells a
    /// token of such a name apart.
    pub fn name(&self) -> String {
        self.token().map_or_else(|| self.words(), str::to_owned)
    }
}

impl Action {
    /// The word that stands in the audit.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Listed => "listed",
            Self::Opened => "opened",
            Self::Exported => "exported",
            Self::Rewrapped => "rewrapped",
            Self::RecipientAdded => "recipient added",
            Self::Marked => "marked",
            Self::Undone => "undone",
            Self::NoteAdded => "note added",
            Self::Deleted => "deleted",
            Self::TokenMade => "token made",
            Self::TokenRevoked => "token revoked",
            Self::TrialMade => "trial made",
            Self::Copied => "copied",
            Self::Restored => "restored",
        }
    }
}

impl Event {
    /// Something that was done with a request.
    pub fn of_request(action: Action, id: &Uuid, detail: impl Into<String>) -> Self {
        Self { action, subject: Reference::of(id).to_string(), detail: detail.into() }
    }

    /// The restoring of the database.
    pub const fn restored() -> Self {
        Self { action: Action::Restored, subject: String::new(), detail: String::new() }
    }

    /// A trial of storing, which is of no request.
    pub const fn trial() -> Self {
        Self { action: Action::TrialMade, subject: String::new(), detail: String::new() }
    }

    /// The copying of the database, with so many requests.
    pub fn copied(requests: u64) -> Self {
        let detail = format!("{requests} requests");
        Self { action: Action::Copied, subject: String::new(), detail }
    }

    /// A listing of requests, in their order. `None` if there was none to list.
    pub fn listed(ids: &[Uuid]) -> Option<Self> {
        let (first, last) = (ids.first()?, ids.last()?);
        let detail = match ids.len() {
            1 => format!("1 request: {}", Reference::of(first)),
            count => {
                format!("{count} requests: {} to {}", Reference::of(first), Reference::of(last))
            }
        };
        Some(Self { action: Action::Listed, subject: String::new(), detail })
    }
}

impl Line {
    /// The hash of this line after the line of another.
    pub fn hash_after(&self, previous: Hash) -> Hash {
        let mut hasher = Sha256::new();
        hasher.update(previous.0);
        hasher.update(self.json().to_string());
        Hash(hasher.finalize().into())
    }

    /// The members in the order of RFC 8785, by their names. Of strings and whole numbers serde_json
    /// writes what that asks for.
    pub fn json(&self) -> Value {
        let Self { position, at, actor, action, subject, detail } = self;
        json!({
            "action": action,
            "actor": actor,
            "at": at,
            "detail": detail,
            "position": position,
            "subject": subject,
        })
    }
}

impl Chain {
    /// The chain before its first line.
    pub const fn new() -> Self {
        Self { position: 0, head: Hash::NONE }
    }

    /// The position of the last line that was read; 0 before the first.
    pub const fn position(&self) -> i64 {
        self.position
    }

    /// The hash of the last line that was read, by which the whole chain is known again.
    pub const fn head(&self) -> Hash {
        self.head
    }

    /// Reads the next line. `Err` where it does not continue the chain; the next one is compared with it
    /// all the same, so that every break is found.
    ///
    /// # Errors
    /// Any [`Break`].
    pub fn read(&mut self, stored: &StoredLine) -> Result<(), Break> {
        let StoredLine { line, hash } = stored;
        let position = line.position;
        let next = self.position.saturating_add(1);
        let fits = line.hash_after(self.head) == *hash;
        self.position = self.position.max(position);
        self.head = *hash;
        if position > next {
            // Without the line before, this one cannot be checked.
            Err(Break::Missing { first: next, last: position - 1 })
        } else if position < next {
            Err(Break::Misplaced(position))
        } else if fits {
            Ok(())
        } else {
            Err(Break::Changed(position))
        }
    }
}

impl Default for Chain {
    fn default() -> Self {
        Self::new()
    }
}

impl Hash {
    /// The hash before the first line.
    pub const NONE: Self = Self([0; 32]);
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:x}", HexDisplay(&self.0))
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Hash {
    type Err = NotAHash;

    fn from_str(word: &str) -> Result<Self, NotAHash> {
        let mut hash = [0; 32];
        match base16ct::mixed::decode(word, &mut hash) {
            Ok(decoded) if decoded.len() == 32 => Ok(Self(hash)),
            _ => Err(NotAHash),
        }
    }
}

fn missing(first: i64, last: i64) -> String {
    if first == last {
        format!("line {first} is missing")
    } else {
        format!("lines {first} to {last} are missing")
    }
}

fn changed(position: i64) -> String {
    match position {
        1 => "line 1 was changed, or another stood before it".to_owned(),
        _ => format!(
            "line {position} does not follow from line {}: one of them was changed, or another stood \
             between them",
            position - 1
        ),
    }
}
