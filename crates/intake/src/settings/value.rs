//! Settings understood. Each reader takes the words given and says all that is wrong with them.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use crate::keys::KnownKeys;

/// Where requests are stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Database {
    /// One SQLite file.
    Sqlite(PathBuf),
}

/// Sources of the CSP directive `frame-ancestors`, parted by spaces.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FrameAncestors(String);

impl Database {
    /// `sqlite:PATH` or a plain path, in a folder that is there.
    pub(super) fn parse(words: &[String]) -> Result<Self, Vec<String>> {
        let word = single(words)?;
        if word.starts_with("postgres://") || word.starts_with("postgresql://") {
            return refuse("PostgreSQL is not built in yet; give sqlite:PATH");
        }
        let path = match word.strip_prefix("sqlite:") {
            Some(rest) => rest.strip_prefix("//").unwrap_or(rest),
            None if word.contains("://") => {
                return refuse("not a known database; give sqlite:PATH");
            }
            None => word,
        };
        if path.is_empty() || path == ":memory:" {
            return refuse("give the path of a file; requests kept in memory would be lost");
        }
        let folder = match Path::new(path).parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent,
            _ => Path::new("."),
        };
        if !folder.is_dir() {
            return refuse(format!("there is no folder {}; make it first", folder.display()));
        }
        Ok(Self::Sqlite(path.into()))
    }
}

impl FrameAncestors {
    /// One or more sources. Nothing that could end the directive and begin another.
    pub(super) fn parse(words: &[String]) -> Result<Self, Vec<String>> {
        let sources = words.join(" ");
        let fits = |c: char| c.is_ascii_graphic() && c != ';' && c != ',' || c == ' ';
        if sources.trim().is_empty() || !sources.chars().all(fits) {
            return refuse(
                "give sources such as 'self' or https://clinic.example, parted by spaces",
            );
        }
        Ok(Self(sources.trim().to_owned()))
    }

    /// As it stands in the header.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

pub(super) fn address(words: &[String]) -> Result<SocketAddr, Vec<String>> {
    let word = single(words)?;
    word.parse().or_else(|_| {
        refuse(format!("\"{word}\" is not an IP address and port, such as 127.0.0.1:8080"))
    })
}

pub(super) fn folder(words: &[String]) -> Result<Option<PathBuf>, Vec<String>> {
    let Some(word) = at_most_one(words)? else { return Ok(None) };
    if Path::new(word).is_dir() {
        Ok(Some(word.into()))
    } else {
        refuse(format!("there is no folder {word}"))
    }
}

pub(super) fn keys(words: &[String]) -> Result<KnownKeys, Vec<String>> {
    if words.is_empty() {
        return refuse("give at least one public key; `intake key new` makes a pair");
    }
    KnownKeys::read(words)
        .map_err(|errors| errors.iter().map(ToString::to_string).collect::<Vec<_>>())
}

pub(super) fn seconds(words: &[String]) -> Result<Option<u32>, Vec<String>> {
    let Some(word) = at_most_one(words)? else { return Ok(None) };
    match word.parse() {
        Ok(seconds) => Ok(Some(seconds)),
        Err(_) => refuse(format!("\"{word}\" is not a whole number of seconds")),
    }
}

fn single(words: &[String]) -> Result<&str, Vec<String>> {
    at_most_one(words)?.map_or_else(|| refuse("takes one value"), Ok)
}

fn at_most_one(words: &[String]) -> Result<Option<&str>, Vec<String>> {
    match words {
        [] => Ok(None),
        [word] => Ok(Some(word)),
        _ => refuse("takes one value"),
    }
}

fn refuse<T>(reason: impl Into<String>) -> Result<T, Vec<String>> {
    Err(vec![reason.into()])
}
