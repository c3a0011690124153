//! Bearer tokens of the staff. A token is shown once, when it is made; only its hash is stored.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use base64ct::{Base64UrlUnpadded, Encoding};
use guide_core::request::form::CalendarDate;
use josekit::util::random_bytes;
use sha2::{Digest, Sha256};

/// The longest name of a token, in characters: it stands in lists, in the log and in the audit.
pub const MAX_NAME: usize = 100;
/// The prefix of every token, by which people and secret scanners recognize a leaked one.
const PREFIX: &str = "intake_";

/// A new token: 256 random bits.
pub fn new() -> String {
    format!("{PREFIX}{}", random())
}

/// 256 random bits in base64url.
pub fn random() -> String {
    Base64UrlUnpadded::encode_string(&random_bytes(32))
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

/// Why a token cannot be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotAToken {
    /// A name that could not be read in a list, that passes for another there, or that no address of the
    /// interface could hold.
    #[error(
        "a token's name is one line of text, of at most {MAX_NAME} characters, and not that of the service or \
         of the command line"
    )]
    Name,
    /// A last day on which it could not be used.
    #[error("the last day of a token: that day is past")]
    Past,
}

impl NewToken {
    /// Makes a token. Returns what is to be stored of it, and the token itself, which nobody learns again.
    ///
    /// # Errors
    /// Any [`NotAToken`].
    pub fn make(
        name: &str,
        scopes: Scopes,
        expires: Option<CalendarDate>,
        today: CalendarDate,
    ) -> Result<(Self, String), NotAToken> {
        let name = checked_name(name)?;
        if expires.is_some_and(|last| last < today) {
            return Err(NotAToken::Past);
        }
        let token = new();
        Ok((Self { name, hash: hash(&token), scopes, expires }, token))
    }
}

/// A name without the space around it, by which it would pass for another.
fn checked_name(name: &str) -> Result<String, NotAToken> {
    let name = name.trim();
    // Browsers take the last two for the way to another address, however they are encoded (WHATWG URL).
    let fits = !matches!(name, "" | "." | "..")
        && !passes_for_another_actor(name)
        && name.chars().count() <= MAX_NAME
        && !name.chars().any(is_invisible);
    if fits { Ok(name.to_owned()) } else { Err(NotAToken::Name) }
}

/// Returns `true` for the words by which a history names whoever is no token: `the service`, and
/// `the command line (NAME)`.
fn passes_for_another_actor(name: &str) -> bool {
    let name = name.to_lowercase();
    name == "the service" || name.starts_with("the command line")
}

/// Control characters and separators of lines, and what nobody sees or what turns the order of writing around:
/// with them one name would look like another (Unicode Technical Report 36). The joiners of Persian and Indian
/// scripts are not among them.
fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{ad}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{2069}' | '\u{feff}'
        )
}

/// A kind of calls that a token allows.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    serde::Serialize,
    serde::Deserialize,
    utoipa::ToSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Scope {
    /// Listing sealed requests.
    List,
    /// Setting the state of a request.
    Mark,
    /// Deleting a request.
    Delete,
    /// Everything, reading the audit, and making and revoking tokens.
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
    /// One scope.
    pub fn of(scope: Scope) -> Self {
        Self(BTreeSet::from([scope]))
    }

    /// These scopes.
    ///
    /// # Errors
    /// [`NotScopes`] if there is none.
    pub fn new(scopes: impl IntoIterator<Item = Scope>) -> Result<Self, NotScopes> {
        let scopes = BTreeSet::from_iter(scopes);
        if scopes.is_empty() { Err(NotScopes) } else { Ok(Self(scopes)) }
    }

    /// The scopes, in the order of their declaration.
    pub fn iter(&self) -> impl Iterator<Item = Scope> {
        self.0.iter().copied()
    }

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
