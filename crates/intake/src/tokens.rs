//! Bearer tokens of the staff. A token is shown once, when it is made; only its hash is stored.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use base64ct::{Base64UrlUnpadded, Encoding};
use guide_core::request::form::CalendarDate;
use josekit::util::random_bytes;
use sha2::{Digest, Sha256};

/// The prefix of every token, by which people and secret scanners recognize a leaked one.
const PREFIX: &str = "intake_";

/// A new token: 256 random bits.
pub fn new() -> String {
    format!("{PREFIX}{}", Base64UrlUnpadded::encode_string(&random_bytes(32)))
}

/// The hash that is stored of a token. The token is random, so one round of SHA-256 is enough.
pub fn hash(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}

/// A token to be stored.
#[derive(Clone, Debug)]
pub struct NewToken {
    /// Its name, by which it is listed and revoked.
    pub name: String,
    /// Its [`hash`].
    pub hash: [u8; 32],
    /// Its scopes.
    pub scopes: Scopes,
    /// The last day on which it can be used, UTC; `None` for ever.
    pub expires: Option<CalendarDate>,
}

/// A kind of calls that a token allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// Listing sealed requests.
    List,
    /// Setting the state of a request.
    Mark,
    /// Deleting a request.
    Delete,
    /// Everything, and reading the audit.
    Admin,
}

/// Scopes of a token, at least one. Written as their names with commas between: `list,mark`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scopes(BTreeSet<Scope>);

/// A word that names no scopes.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("give one or more of list, mark, delete and admin, with commas between")]
pub struct NotScopes;

impl Scope {
    const ALL: [Self; 4] = [Self::List, Self::Mark, Self::Delete, Self::Admin];

    /// The name, as it is written and stored.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::List => "list",
            Self::Mark => "mark",
            Self::Delete => "delete",
            Self::Admin => "admin",
        }
    }
}

impl Scopes {
    /// Returns `true` if they allow calls of this scope.
    pub fn allow(&self, scope: Scope) -> bool {
        self.0.contains(&scope) || self.0.contains(&Scope::Admin)
    }
}

impl FromStr for Scopes {
    type Err = NotScopes;

    fn from_str(words: &str) -> Result<Self, NotScopes> {
        let scope = |word: &str| Scope::ALL.into_iter().find(|scope| scope.as_str() == word);
        let scopes = words.split(',').map(|word| scope(word.trim()).ok_or(NotScopes));
        Ok(Self(scopes.collect::<Result<_, _>>()?))
    }
}

impl fmt::Display for Scopes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = self.0.iter().map(|scope| scope.as_str()).collect();
        f.pad(&names.join(","))
    }
}
