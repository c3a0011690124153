//! How the service is, trial requests, the audit.

use jiff::Timestamp;
use serde::Deserialize;

use super::{Service, ServiceError};

/// How the service is.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Status {
    /// The number of new requests.
    pub new: u64,
    /// When the oldest of them was received.
    pub oldest_new: Option<Timestamp>,
    /// When the database was last backed up.
    pub last_backup: Option<Timestamp>,
    /// The last trial request.
    pub last_trial: Option<Trial>,
    /// The keys that requests may be sealed for.
    pub keys: Vec<Key>,
    /// Requests that were refused.
    pub refused: Refused,
    /// Requests can be stored.
    pub can_store: bool,
}

/// A trial request.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Trial {
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: String,
}

/// A key that requests may be sealed for.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Key {
    /// Its id.
    pub kid: String,
    /// The id as it is read out on the phone.
    pub fingerprint: String,
    /// The last day on which pages seal for it.
    pub expires: Option<String>,
    /// `soon` or `expired`.
    pub notice: Option<String>,
}

/// Requests that were refused.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Refused {
    /// Since this moment.
    pub since: Timestamp,
    /// How many, by the reason.
    pub reasons: Vec<Reason>,
}

/// How many requests were refused for a reason.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Reason {
    /// A word of the service.
    pub reason: String,
    /// How many.
    pub count: u64,
}

/// A line of the audit.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct AuditLine {
    /// Its number.
    pub position: i64,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub actor: String,
    /// What was done.
    pub action: String,
    /// With what.
    pub subject: String,
    /// More about it.
    pub detail: String,
}

#[derive(Deserialize)]
struct AuditLines {
    lines: Vec<AuditLine>,
    next: i64,
}

#[derive(Deserialize)]
struct ReadBack {
    envelope: String,
}

impl Service {
    /// How the service is.
    ///
    /// # Errors
    /// Any [`ServiceError`].
    pub async fn status(&self) -> Result<Status, ServiceError> {
        self.get("v1/status").await
    }

    /// Sends a trial request: stored, read back and deleted. Returns it as it was read back.
    ///
    /// # Errors
    /// Any [`ServiceError`].
    pub async fn send_trial(&self, envelope: String) -> Result<String, ServiceError> {
        let body = Some((guide_core::request::envelope::MEDIA_TYPE, envelope));
        Ok(self.call::<ReadBack>("POST", "v1/trials", None, body).await?.envelope)
    }

    /// Lines of the audit after a number, and the number to ask with next.
    ///
    /// # Errors
    /// Any [`ServiceError`].
    pub async fn audit(&self, after: i64) -> Result<(Vec<AuditLine>, i64), ServiceError> {
        let AuditLines { lines, next } =
            self.get(&format!("v1/audit?after={after}&limit=200")).await?;
        Ok((lines, next))
    }
}
