//! The content of a staff file: all that one person of the staff needs to open requests. The file itself is
//! sealed under a passphrase (a JWE by PBES2, whose `cty` is [`CONTENT_TYPE`]) by the cryptography of each
//! side; this is the JSON inside, of the schema `staff-file/1`.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::private_key::{Members, PrivateJwk, PrivateJwkError};

/// The schema of every staff file.
pub const SCHEMA: &str = "staff-file/1";
/// The `cty` of a sealed staff file.
pub const CONTENT_TYPE: &str = "staff-file+json";
/// The longest name, in characters: it is read in one line.
const MAX_NAME: usize = 200;
/// The longest token, in bytes; `intake token` makes tokens of 50.
const MAX_TOKEN: usize = 200;
/// More keys than any clinic has in use.
const MAX_KEYS: usize = 16;

/// What one person of the staff needs to open requests.
#[derive(Clone, PartialEq, Eq)]
pub struct StaffFile {
    name: String,
    token: String,
    keys: Vec<PrivateJwk>,
}

/// Why opened bytes, or parts, make no staff file. No error repeats a secret.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StaffFileError {
    /// Not JSON that names a schema of staff files: another file.
    #[error("not the content of a staff file")]
    OtherFile,
    /// Another schema of staff files, of a later release.
    #[error("a staff file of another schema ({0})")]
    Schema(String),
    /// Of the schema, but not with its members. The position alone: the parser's words may repeat a secret.
    #[error("a member is missing, unknown or of a wrong type (line {line}, column {column})")]
    Shape {
        /// Counted from 1.
        line: usize,
        /// Counted from 1.
        column: usize,
    },
    /// The name is empty, too long, or has control characters.
    #[error("the name is empty, longer than {MAX_NAME} characters, or of more than one line")]
    Name,
    /// The token could not be sent.
    #[error("the token is empty, or of a wrong form")]
    Token,
    /// There is no key.
    #[error("there is no key in it")]
    NoKey,
    /// More than 16 keys.
    #[error("there are more than {MAX_KEYS} keys in it")]
    TooManyKeys,
    /// A key is there twice.
    #[error("key {nth} is there twice")]
    Twice {
        /// Counted from 1.
        nth: usize,
    },
    /// A key cannot be used.
    #[error("key {nth}: {error}")]
    Key {
        /// Counted from 1.
        nth: usize,
        /// Why.
        error: PrivateJwkError,
    },
}

/// The member that tells which others there are.
#[derive(Deserialize)]
struct Versioned {
    schema: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Payload {
    #[serde(rename = "schema")]
    _schema: String,
    name: String,
    token: String,
    keys: Vec<Members>,
}

#[derive(Serialize)]
struct Written<'a> {
    schema: &'a str,
    name: &'a str,
    token: &'a str,
    keys: &'a [PrivateJwk],
}

impl fmt::Debug for StaffFile {
    /// Names the keys; nothing secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StaffFile").field("keys", &self.keys).finish_non_exhaustive()
    }
}

impl StaffFile {
    /// A staff file of these parts. `name` is that of the token, by which it is revoked.
    ///
    /// # Errors
    /// [`StaffFileError::Name`], [`StaffFileError::Token`], [`StaffFileError::NoKey`],
    /// [`StaffFileError::TooManyKeys`] and [`StaffFileError::Twice`].
    pub fn new(name: &str, token: &str, keys: Vec<PrivateJwk>) -> Result<Self, StaffFileError> {
        let is_name = !name.trim().is_empty()
            && name.chars().count() <= MAX_NAME
            && !name.chars().any(char::is_control);
        if !is_name {
            return Err(StaffFileError::Name);
        }
        if !is_token(token) {
            return Err(StaffFileError::Token);
        }
        if keys.is_empty() {
            return Err(StaffFileError::NoKey);
        }
        if keys.len() > MAX_KEYS {
            return Err(StaffFileError::TooManyKeys);
        }
        let kid = |key: &PrivateJwk| key.public().kid.clone();
        let twice = (1..keys.len())
            .find(|at| keys[..*at].iter().any(|earlier| kid(earlier) == kid(&keys[*at])));
        if let Some(at) = twice {
            return Err(StaffFileError::Twice { nth: at + 1 });
        }
        Ok(Self { name: name.to_owned(), token: token.to_owned(), keys })
    }

    /// Reads the opened bytes.
    ///
    /// # Errors
    /// The first [`StaffFileError`] found.
    pub fn from_json(json: &[u8]) -> Result<Self, StaffFileError> {
        let Versioned { schema } =
            serde_json::from_slice(json).map_err(|_| StaffFileError::OtherFile)?;
        if schema != SCHEMA {
            return Err(match is_schema(&schema) {
                true => StaffFileError::Schema(schema),
                false => StaffFileError::OtherFile,
            });
        }
        let Payload { name, token, keys, .. } = serde_json::from_slice(json).map_err(|error| {
            StaffFileError::Shape { line: error.line(), column: error.column() }
        })?;
        let keys = (1..).zip(keys).map(|(nth, members)| {
            PrivateJwk::of(members).map_err(|error| StaffFileError::Key { nth, error })
        });
        Self::new(&name, &token, keys.collect::<Result<_, _>>()?)
    }

    /// The bytes to seal.
    ///
    /// # Errors
    /// Those of the JSON writer, which has none for these types.
    pub fn to_json(&self) -> Result<Vec<u8>, serde_json::Error> {
        let Self { name, token, keys } = self;
        serde_json::to_vec(&Written { schema: SCHEMA, name, token, keys })
    }

    /// Whose file it is.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The token to call the service with. Never logged.
    pub fn token(&self) -> &str {
        &self.token
    }

    /// The keys that open requests, at least one.
    pub fn keys(&self) -> &[PrivateJwk] {
        &self.keys
    }
}

/// Returns `true` for a token that a header can carry (RFC 6750 §2.1, `b64token`).
fn is_token(text: &str) -> bool {
    (1..=MAX_TOKEN).contains(&text.len())
        && text.bytes().all(|it| it.is_ascii_alphanumeric() || b"-._~+/=".contains(&it))
}

/// Returns `true` for a name of a schema of staff files: short, so that it can be shown.
fn is_schema(schema: &str) -> bool {
    schema.strip_prefix("staff-file/").is_some_and(|version| {
        (1..=4).contains(&version.len()) && version.bytes().all(|it| it.is_ascii_digit())
    })
}
