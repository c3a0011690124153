//! Errors of sending notices.

use std::time::Duration;

/// The longest time that sending a notice may take.
pub const TIME_LIMIT: Duration = Duration::from_secs(20);
/// Why a notice was not sent. The messages name no secret.
#[derive(Debug, thiserror::Error)]
pub enum NoticeError {
    /// This machine has no list of certificate authorities.
    #[error("no list of certificate authorities: {0}")]
    Authorities(std::io::Error),
    /// The mail server refused it, or was not reached.
    #[error("{0}")]
    Smtp(#[from] lettre::transport::smtp::Error),
    /// The message cannot be put together.
    #[error("{0}")]
    Message(#[from] lettre::error::Error),
    /// The webhook's server was not reached.
    #[error("{0}")]
    Http(#[from] hyper_util::client::legacy::Error),
    /// The request cannot be put together.
    #[error("{0}")]
    Request(#[from] axum::http::Error),
    /// The key cannot sign.
    #[error("the signing key: {0}")]
    Key(#[from] hmac::digest::InvalidLength),
    /// It responded with another status than success.
    #[error("responded with {0}")]
    Status(axum::http::StatusCode),
    /// It did not respond in time.
    #[error("no response within {} seconds", TIME_LIMIT.as_secs())]
    TimeLimit,
}
