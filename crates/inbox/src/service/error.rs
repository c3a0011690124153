//! Why a call was not carried out.

use serde::Deserialize;

/// Why a call was not carried out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ServiceError {
    /// No response came: the device is offline, or the service is down.
    NoResponse,
    /// The service cannot use its database just now.
    Unavailable,
    /// The token is not known: it was revoked.
    Revoked,
    /// The token was valid once.
    Expired,
    /// The token does not allow this.
    NotAllowed,
    /// There is no such request (any more).
    NotFound,
    /// Somebody else changed the request meanwhile. Nothing was overwritten.
    ChangedMeanwhile,
    /// The database was restored from a backup: all has to be listed again.
    AnotherListing,
    /// The name is taken, or is one's own.
    Conflict,
    /// What was sent is not accepted.
    Refused,
    /// The first set-up is closed.
    SetUpClosed,
    /// A response that the service does not give.
    Unexpected,
}

/// A problem (RFC 9457), as far as it is read.
#[derive(Deserialize)]
struct Problem {
    #[serde(rename = "type")]
    kind: String,
}

impl ServiceError {
    /// The error of a status, and of a problem's type where the body names one.
    pub(super) fn of(status: u16, body: &[u8]) -> Self {
        let kind = serde_json::from_slice::<Problem>(body).map(|it| it.kind).unwrap_or_default();
        match (status, kind.rsplit(':').next().unwrap_or_default()) {
            (401, "expired-token") => Self::Expired,
            (401, _) => Self::Revoked,
            (403, "set-up-closed") => Self::SetUpClosed,
            (403, _) => Self::NotAllowed,
            (404, _) => Self::NotFound,
            (409, _) => Self::Conflict,
            (410, _) => Self::AnotherListing,
            (412, _) => Self::ChangedMeanwhile,
            (400 | 413 | 415 | 422 | 428, _) => Self::Refused,
            (408 | 429 | 500..=599, _) => Self::Unavailable,
            _ => Self::Unexpected,
        }
    }

    /// Returns `true` if trying again later may help.
    pub const fn may_pass(self) -> bool {
        matches!(self, Self::NoResponse | Self::Unavailable | Self::Unexpected)
    }

    /// Returns `true` if this token will open nothing any more.
    pub const fn ends_session(self) -> bool {
        matches!(self, Self::Revoked | Self::Expired)
    }
}
