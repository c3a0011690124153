//! Why a call about people, the set-up or a trial cannot be done, as a status and a message.

use axum::http::StatusCode;

use super::problem_kind::Kind;
use crate::tokens::NotAToken;

/// Why a call about people, the set-up or a trial cannot be done as it was sent. Nothing was changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PeopleProblem {
    /// A body or a member of it against the rules; what to send.
    Invalid(&'static str),
    /// The body is not announced as JSON.
    BodyType,
    /// The body is longer than any of its kind.
    BodyTooLarge,
    /// No token has this name.
    NoSuchToken,
    /// Another token has this name.
    TokenTaken,
    /// The token that the call came with would be revoked.
    OwnToken,
    /// The link of the set-up is used up, or the secret is another.
    SetUpClosed,
    /// What was read back of a trial is not what was sent.
    TrialFailed,
}

impl PeopleProblem {
    pub(super) const fn status(&self) -> StatusCode {
        match self {
            Self::Invalid(_) => StatusCode::BAD_REQUEST,
            Self::SetUpClosed => StatusCode::FORBIDDEN,
            Self::NoSuchToken => StatusCode::NOT_FOUND,
            Self::TokenTaken | Self::OwnToken => StatusCode::CONFLICT,
            Self::BodyTooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::BodyType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::TrialFailed => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// Its own type and title; `None` if its status says enough.
    pub(super) const fn kind(&self) -> Option<Kind> {
        match self {
            Self::TokenTaken => Some(Kind {
                uri: "urn:problem-type:intake:token-taken",
                title: "The name is another token's",
            }),
            Self::OwnToken => Some(Kind {
                uri: "urn:problem-type:intake:own-token",
                title: "The call came with this token",
            }),
            Self::SetUpClosed => Some(Kind {
                uri: "urn:problem-type:intake:set-up-closed",
                title: "The set-up is closed",
            }),
            Self::TrialFailed => Some(Kind {
                uri: "urn:problem-type:intake:trial-failed",
                title: "The trial failed",
            }),
            _ => None,
        }
    }

    pub(super) const fn detail(&self) -> &'static str {
        match self {
            Self::Invalid(advice) => advice,
            Self::BodyType => "Send the body as application/json.",
            Self::BodyTooLarge => "The body is longer than any that this call takes: 1024 bytes.",
            Self::NoSuchToken => {
                "There is no token of this name; GET /v1/tokens lists those there are."
            }
            Self::TokenTaken => {
                "There is a token of this name. Revoke it first, or choose another name."
            }
            Self::OwnToken => {
                "A token cannot revoke itself, so that nobody is locked out. Have somebody else revoke it, \
                 or run `intake token revoke` where the service runs."
            }
            Self::SetUpClosed => {
                "The link was used, is over an hour old, or is another. Where the service has no token \
                 yet, restart it for a new link; otherwise have a token made by somebody who has one, or \
                 by `intake token new` where the service runs."
            }
            Self::TrialFailed => {
                "What was read back is not what was sent: the store damages what it keeps. Tell whoever \
                 runs the service, and do not rely on it."
            }
        }
    }
}

impl From<NotAToken> for PeopleProblem {
    fn from(error: NotAToken) -> Self {
        Self::Invalid(match error {
            NotAToken::Name => {
                "name must be one line of at most 100 characters, and not . or .. alone."
            }
            NotAToken::Past => "expires must be a day that is not past (UTC), or null.",
        })
    }
}
