//! Settings understood. Each reader takes the words given and says all that is wrong with them.

use std::fmt;
use std::net::SocketAddr;
use std::num::NonZeroU32;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use axum::http::HeaderValue;

use crate::keys::KnownKeys;
use crate::log::LogFormat;
use crate::network::TrustedProxies;
use crate::store::Database;

/// Sources of the CSP directive `frame-ancestors`, parted by spaces.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FrameAncestors(String);

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

/// Origins of pages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origins(Vec<HeaderValue>);

impl Origins {
    /// Each as browsers send it: scheme, host, and a port that is not the scheme's own.
    pub(super) fn parse(words: &[String]) -> Result<Self, Vec<String>> {
        each(words, |word| {
            let rest = word.strip_prefix("https://").or_else(|| word.strip_prefix("http://"));
            let fits =
                |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-.:[]".contains(c);
            match HeaderValue::try_from(word) {
                Ok(value) if rest.is_some_and(|it| !it.is_empty() && it.chars().all(fits)) => {
                    Ok(value)
                }
                _ => Err(format!("\"{word}\" is no origin, such as https://clinic.example")),
            }
        })
        .map(Self)
    }

    /// As they stand in headers.
    pub fn as_slice(&self) -> &[HeaderValue] {
        &self.0
    }
}

/// For how long closed requests are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Retention {
    /// So many days after they were closed.
    Days(u32),
    /// Until somebody deletes them.
    Forever,
}

impl Retention {
    /// A number of days from 1, or `forever`.
    pub(super) fn parse(words: &[String]) -> Result<Self, Vec<String>> {
        match single(words)? {
            "forever" => Ok(Self::Forever),
            word => match word.parse::<NonZeroU32>() {
                Ok(days) => Ok(Self::Days(days.get())),
                Err(_) => refuse(format!("\"{word}\" is not a number of days from 1, nor forever")),
            },
        }
    }
}

pub(super) fn log_format(words: &[String]) -> Result<LogFormat, Vec<String>> {
    match single(words)? {
        "text" => Ok(LogFormat::Text),
        "json" => Ok(LogFormat::Json),
        word => refuse(format!("\"{word}\" is neither text nor json")),
    }
}

/// A database, which may hold a password only where other users of the machine cannot see it.
pub(super) fn database(words: &[String], in_the_open: bool) -> Result<Database, Vec<String>> {
    match one(words)? {
        Database::Postgres(postgres) if in_the_open && postgres.has_password() => refuse(
            "a command line can be read by every user of this machine; put the password into \
             the settings file, INTAKE_DATABASE, PGPASSWORD or ~/.pgpass",
        ),
        database => Ok(database),
    }
}

/// Addresses and networks, `private` among them for all private ones, or `none`.
pub(super) fn trusted_proxies(words: &[String]) -> Result<TrustedProxies, Vec<String>> {
    each(words, |word| word.parse::<TrustedProxies>().map_err(|error| error.to_string()))
        .map(TrustedProxies::from_iter)
}

pub(super) fn one<T: FromStr>(words: &[String]) -> Result<T, Vec<String>>
where
    T::Err: fmt::Display,
{
    single(words)?.parse().or_else(|error: T::Err| refuse(error.to_string()))
}

/// Every word understood, or all that is wrong with any.
pub(super) fn each<T>(
    words: &[String],
    parse: impl Fn(&str) -> Result<T, String>,
) -> Result<Vec<T>, Vec<String>> {
    let (mut values, mut reasons) = (Vec::new(), Vec::new());
    for word in words {
        match parse(word) {
            Ok(value) => values.push(value),
            Err(reason) => reasons.push(reason),
        }
    }
    if reasons.is_empty() { Ok(values) } else { Err(reasons) }
}

pub(super) fn number(words: &[String]) -> Result<u32, Vec<String>> {
    let word = single(words)?;
    word.parse().or_else(|_| refuse(format!("\"{word}\" is not a whole number")))
}

pub(super) fn positive(words: &[String]) -> Result<NonZeroU32, Vec<String>> {
    let word = single(words)?;
    word.parse().or_else(|_| refuse(format!("\"{word}\" is not a whole number from 1")))
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
    each(words, |word| KnownKeys::read(Path::new(word)).map_err(|error| error.to_string()))
        .map(KnownKeys::from_iter)
}

pub(super) fn seconds(words: &[String]) -> Result<Option<u32>, Vec<String>> {
    let Some(word) = at_most_one(words)? else { return Ok(None) };
    match word.parse() {
        Ok(seconds) => Ok(Some(seconds)),
        Err(_) => refuse(format!("\"{word}\" is not a whole number of seconds")),
    }
}

pub(super) fn single(words: &[String]) -> Result<&str, Vec<String>> {
    at_most_one(words)?.map_or_else(|| refuse("takes one value"), Ok)
}

pub(super) fn at_most_one(words: &[String]) -> Result<Option<&str>, Vec<String>> {
    match words {
        [] => Ok(None),
        [word] => Ok(Some(word)),
        _ => refuse("takes one value"),
    }
}

pub(super) fn refuse<T>(reason: impl Into<String>) -> Result<T, Vec<String>> {
    Err(vec![reason.into()])
}
