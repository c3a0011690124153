//! The public keys that requests may be sealed for.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::str::FromStr;

use guide_core::key::{ExpiryNotice, PublicKey};
use guide_core::request::envelope::Envelope;
use guide_core::request::form::CalendarDate;
use serde::Deserialize;
use serde_json::Value;

use super::file::{KeyFileError, Reason};

/// The public keys that this clinic has, by their thumbprints. An expired one stays: a request
/// that was sealed in time may arrive late.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KnownKeys(BTreeMap<String, PublicKey>);

impl KnownKeys {
    /// Reads the public keys in a file, a JWK or a JWK Set.
    ///
    /// # Errors
    /// The reason why the file cannot be used.
    pub fn read(file: &Path) -> Result<Self, KeyFileError> {
        let keys = read_public(file)?;
        Ok(Self(keys.into_iter().map(|key| (key.kid.clone(), key)).collect()))
    }

    /// Returns `true` if there is none: nothing could ever be opened.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The keys, in the order of their thumbprints.
    pub fn iter(&self) -> impl Iterator<Item = &PublicKey> {
        self.0.values()
    }

    /// Returns `true` if the key of this thumbprint is one of these.
    pub fn contains(&self, kid: &str) -> bool {
        self.0.contains_key(kid)
    }

    /// Compares the envelope's recipients with these keys.
    pub fn named(&self, envelope: &Envelope) -> Named {
        let kids = envelope.recipients.iter().map(|recipient| &recipient.header.kid);
        match kids.filter(|kid| self.contains(kid)).count() {
            0 => Named::None,
            known if known == envelope.recipients.len() => Named::All,
            _ => Named::Some,
        }
    }

    /// The keys that expire soon, or have, by their thumbprints.
    pub fn expiring(&self, today: CalendarDate) -> impl Iterator<Item = ExpiringKey<'_>> {
        self.0.iter().filter_map(move |(kid, key)| {
            Some(ExpiringKey { kid, notice: key.expiry_notice(today)? })
        })
    }
}

impl FromIterator<Self> for KnownKeys {
    fn from_iter<I: IntoIterator<Item = Self>>(several: I) -> Self {
        Self(several.into_iter().flat_map(|known| known.0).collect())
    }
}

/// A key that expires soon, or has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ExpiringKey<'a> {
    /// Its thumbprint.
    pub kid: &'a str,
    /// When it expires.
    pub notice: ExpiryNotice,
}

/// The share of an envelope's recipients that is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Named {
    /// Nobody but the clinic can open it.
    All,
    /// The clinic can open it, and so can somebody else.
    Some,
    /// The clinic cannot open it.
    None,
}

/// The policy for a request that is sealed for an unknown key beside a known one. One that is
/// sealed for no known key is refused always.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnknownRecipients {
    /// It is refused: the page that sealed it may have been altered to seal for a stranger too.
    Refuse,
    /// It is stored, with a warning in the log.
    Warn,
}

/// A word that names no such policy.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is neither refuse nor warn")]
pub struct NotAPolicy(String);

impl FromStr for UnknownRecipients {
    type Err = NotAPolicy;

    fn from_str(word: &str) -> Result<Self, NotAPolicy> {
        match word {
            "refuse" => Ok(Self::Refuse),
            "warn" => Ok(Self::Warn),
            _ => Err(NotAPolicy(word.to_owned())),
        }
    }
}

/// A JWK Set (RFC 7517 §5).
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct KeySet {
    keys: Vec<Value>,
}

/// Reads a file with public keys: one JWK, or a JWK Set of at least one.
///
/// # Errors
/// The reason why the file cannot be used.
pub fn read_public(path: &Path) -> Result<Vec<PublicKey>, KeyFileError> {
    parse(path).map_err(|reason| KeyFileError::new(path, reason))
}

fn parse(path: &Path) -> Result<Vec<PublicKey>, Reason> {
    let value: Value = serde_json::from_slice(&fs::read(path)?)?;
    let keys = match value.get("keys") {
        Some(_) => KeySet::deserialize(value)?.keys,
        None => vec![value],
    };
    if keys.is_empty() {
        return Err(Reason::NoKey);
    }
    keys.into_iter().map(public_key).collect()
}

fn public_key(value: Value) -> Result<PublicKey, Reason> {
    if value.get("d").is_some() || value.get("ciphertext").is_some() {
        return Err(Reason::Private);
    }
    let key = PublicKey::deserialize(value)?;
    key.check()?;
    Ok(key)
}
