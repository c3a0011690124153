//! Values of settings that are of no other module, and parsers whose errors say what to give.

use std::net::SocketAddr;
use std::num::NonZeroU32;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use axum::http::HeaderValue;

use crate::keys::{KeyFileError, KnownKeys};

/// A word that is not a value of its setting.
#[derive(Debug, thiserror::Error)]
#[error("\"{word}\" {reason}")]
pub struct NotAValue {
    word: String,
    reason: &'static str,
}

/// Sources of the CSP directive `frame-ancestors`, separated by spaces.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FrameAncestors(String);

/// A word that cannot be in the directive `frame-ancestors`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotASource {
    /// No source, or a character that could end the directive.
    #[error("give sources such as 'self' or https://clinic.example, separated by spaces")]
    Form,
    /// A keyword without its quotes, which the directive takes for the name of a host.
    #[error("write '{0}' with its single quotes; without them it is the name of a host")]
    Unquoted(&'static str),
    /// Any other word in quotes.
    #[error("of words in quotes only 'self' and 'none' are sources")]
    Quoted,
}

/// The keywords that are sources of frames (CSP Level 3 §6.4.2).
const KEYWORDS: [&str; 2] = ["self", "none"];

/// Refuses what the directive would take for something else, or ignore.
fn check_source(source: &str) -> Result<(), NotASource> {
    let bare = source.trim_matches(['\'', '"']);
    let keyword = KEYWORDS.into_iter().find(|it| bare.eq_ignore_ascii_case(it));
    let is_quoted = source.len() == bare.len() + 2 && source.starts_with('\'');
    match keyword {
        Some(_) if is_quoted && source.ends_with('\'') => Ok(()),
        Some(keyword) => Err(NotASource::Unquoted(keyword)),
        None if bare.len() < source.len() => Err(NotASource::Quoted),
        None => Ok(()),
    }
}

impl FrameAncestors {
    /// The sources, as in the header.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for FrameAncestors {
    type Err = NotASource;

    /// Parses one or more sources. Nothing that could end the directive and begin another.
    fn from_str(word: &str) -> Result<Self, NotASource> {
        let fits = |c: char| c.is_ascii_graphic() && c != ';' && c != ',' || c == ' ';
        match word.trim() {
            "" => Err(NotASource::Form),
            sources if sources.chars().all(fits) => {
                sources.split_whitespace().try_for_each(check_source)?;
                Ok(Self(sources.to_owned()))
            }
            _ => Err(NotASource::Form),
        }
    }
}

impl FromIterator<Self> for FrameAncestors {
    fn from_iter<I: IntoIterator<Item = Self>>(several: I) -> Self {
        Self(several.into_iter().map(|sources| sources.0).collect::<Vec<_>>().join(" "))
    }
}

/// The time for which settled requests are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Retention {
    /// So many days after they were closed.
    Days(u32),
    /// Until somebody deletes them.
    Forever,
}

impl FromStr for Retention {
    type Err = NotAValue;

    /// Parses a number of days from 1, or `forever`.
    fn from_str(word: &str) -> Result<Self, NotAValue> {
        match word {
            "forever" => Ok(Self::Forever),
            _ => parsed(word, "is not a number of days from 1, nor forever")
                .map(|days: NonZeroU32| Self::Days(days.get())),
        }
    }
}

/// An origin as browsers send it: scheme, host, and a port that is not the scheme's own.
pub(super) fn origin(word: &str) -> Result<HeaderValue, NotAValue> {
    let rest = word.strip_prefix("https://").or_else(|| word.strip_prefix("http://"));
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-.:[]".contains(c);
    match HeaderValue::try_from(word) {
        Ok(value) if rest.is_some_and(|it| !it.is_empty() && it.chars().all(fits)) => Ok(value),
        _ => Err(NotAValue {
            word: word.to_owned(),
            reason: "is no origin, such as https://clinic.example",
        }),
    }
}

pub(super) fn socket(word: &str) -> Result<SocketAddr, NotAValue> {
    parsed(word, "is not an IP address and port, such as 127.0.0.1:8080")
}

pub(super) fn number(word: &str) -> Result<u32, NotAValue> {
    parsed(word, "is not a whole number")
}

pub(super) fn positive(word: &str) -> Result<NonZeroU32, NotAValue> {
    parsed(word, "is not a whole number from 1")
}

pub(super) fn seconds(word: &str) -> Result<u32, NotAValue> {
    parsed(word, "is not a whole number of seconds")
}

fn parsed<T: FromStr>(word: &str, reason: &'static str) -> Result<T, NotAValue> {
    word.parse().map_err(|_| NotAValue { word: word.to_owned(), reason })
}

/// A folder that is not there.
#[derive(Debug, thiserror::Error)]
#[error("there is no folder {0}")]
pub(super) struct NoFolder(String);

pub(super) fn folder(word: &str) -> Result<PathBuf, NoFolder> {
    let folder = PathBuf::from(word);
    if folder.is_dir() { Ok(folder) } else { Err(NoFolder(word.to_owned())) }
}

pub(super) fn known_keys(file: &str) -> Result<KnownKeys, KeyFileError> {
    KnownKeys::read(Path::new(file))
}
