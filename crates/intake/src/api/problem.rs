//! Why a request is refused, and the one place where that becomes a status and a message (RFC 9457).

use axum::http::StatusCode;
use axum::http::header::{CONTENT_TYPE, HeaderValue, RETRY_AFTER, WWW_AUTHENTICATE};
use axum::response::{IntoResponse, Response};
use guide_core::request::envelope::EnvelopeError;
use serde::Serialize;
use utoipa::ToSchema;

use super::people_problem::PeopleProblem;
use super::problem_kind::{Kind, envelope_detail};
use super::proof::Challenge;
use super::staff_problem::StaffProblem;
use crate::store::StoreError;
use crate::tokens::Scope;

/// The media type of a refusal (RFC 9457).
pub(super) const PROBLEM_JSON: &str = "application/problem+json";

/// Seconds after which to try again when the store is unavailable.
const RETRY_SECONDS: HeaderValue = HeaderValue::from_static("5");

/// Seconds after which to try again when only somebody else's request has to end first.
const SOON: HeaderValue = HeaderValue::from_static("2");

/// Seconds after which to try again when somebody has to make room first.
const LATER: HeaderValue = HeaderValue::from_static("300");

/// The token cannot be used any more (RFC 6750 §3).
const INVALID_TOKEN: HeaderValue = HeaderValue::from_static("Bearer error=\"invalid_token\"");

/// Why a request is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// `Idempotency-Key` is missing, no UUID, or not the envelope's `rid`.
    IdempotencyKey,
    /// The body is not a JWE of the form that the page seals.
    NotAnEnvelope(EnvelopeError),
    /// The body broke off.
    Incomplete,
    /// Nothing is served at this path.
    NoSuchPath,
    /// The path does not allow this method.
    MethodNotAllowed,
    /// The request took too long to arrive.
    TooSlow,
    /// Other bytes were stored under this id before.
    Conflict,
    /// The body is over 64 KiB.
    TooLarge,
    /// The body is not announced as `application/jose+json`.
    ContentType,
    /// A recipient of the envelope is no key that this clinic knows.
    UnknownRecipient,
    /// A page of an origin that the settings do not name.
    OriginNotAllowed,
    /// The sender is over its limit; seconds until it may send again.
    TooMany(u64),
    /// The sender has as many requests under way as it may have.
    TooManyAtOnce,
    /// All connections are in use.
    Busy,
    /// The sender is over its allowance, and may pay by solving this.
    ProofOfWork(Challenge),
    /// No token, or an unknown one.
    Unauthorized,
    /// The token was valid once.
    ExpiredToken,
    /// The token does not have the scope of the call.
    MissingScope(Scope),
    /// No request of this id is stored.
    NoSuchRequest,
    /// The query asks for no possible part of the list.
    Range,
    /// The cursor is of a listing that has ended.
    AnotherListing,
    /// A call about people, the set-up or a trial cannot be done as it was sent.
    People(PeopleProblem),
    /// No key is known that a request could be sealed for.
    NoKey,
    /// A call of the staff cannot be done as it was sent.
    Staff(StaffProblem),
    /// As many requests are stored as the settings allow.
    StorageFull,
    /// The store is unavailable; nothing was stored.
    StoreUnavailable,
}

/// Marks a response that is a problem, by its type in one word such as `too-many`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Refusal(pub &'static str);

/// A problem (RFC 9457).
#[derive(Serialize, ToSchema)]
pub(super) struct ProblemDetails {
    /// The type of the problem; `about:blank` where the status says enough.
    #[serde(rename = "type")]
    #[schema(format = "uri-reference")]
    kind: &'static str,
    /// The type, in words.
    title: &'static str,
    /// The status of the response.
    status: u16,
    /// Advice for whoever sent the request.
    detail: &'static str,
    /// The challenge to solve; only where the type is `urn:problem-type:intake:proof-of-work`.
    #[serde(skip_serializing_if = "Option::is_none")]
    challenge: Option<Challenge>,
}

/// The beginning of the types of this interface.
const OWN_TYPES: &str = "urn:problem-type:intake:";
/// The type of a problem that adds nothing to its status.
const BY_STATUS: &str = "about:blank";

impl Problem {
    /// The status of its response.
    pub const fn status(&self) -> StatusCode {
        match self {
            Self::IdempotencyKey | Self::NotAnEnvelope(_) | Self::Incomplete => {
                StatusCode::BAD_REQUEST
            }
            Self::Range => StatusCode::BAD_REQUEST,
            Self::Staff(problem) => problem.status(),
            Self::Unauthorized | Self::ExpiredToken => StatusCode::UNAUTHORIZED,
            Self::OriginNotAllowed | Self::MissingScope(_) => StatusCode::FORBIDDEN,
            Self::NoSuchPath | Self::NoSuchRequest => StatusCode::NOT_FOUND,
            Self::AnotherListing => StatusCode::GONE,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::TooSlow => StatusCode::REQUEST_TIMEOUT,
            Self::Conflict => StatusCode::CONFLICT,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::ContentType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::TooMany(_) | Self::TooManyAtOnce | Self::ProofOfWork(_) => {
                StatusCode::TOO_MANY_REQUESTS
            }
            Self::UnknownRecipient => StatusCode::UNPROCESSABLE_ENTITY,
            Self::People(problem) => problem.status(),
            Self::Busy | Self::NoKey | Self::StorageFull | Self::StoreUnavailable => {
                StatusCode::SERVICE_UNAVAILABLE
            }
        }
    }

    /// The type in one word, for counts: the end of its URI, or a word for the status.
    fn reason(&self) -> &'static str {
        if let Some(Kind { uri, .. }) = self.kind() {
            return uri.strip_prefix(OWN_TYPES).unwrap_or(uri);
        }
        match self {
            Self::Incomplete => "incomplete",
            Self::ContentType => "content-type",
            Self::OriginNotAllowed => "origin",
            Self::TooLarge => "too-large",
            Self::TooSlow => "too-slow",
            Self::TooMany(_) => "too-many",
            Self::TooManyAtOnce => "too-many-at-once",
            Self::Busy => "busy",
            Self::StoreUnavailable => "store-unavailable",
            _ => "other",
        }
    }

    /// Its own type and title; `None` if its status says enough.
    const fn kind(&self) -> Option<Kind> {
        match self {
            Self::IdempotencyKey => Some(Kind {
                uri: "urn:problem-type:intake:idempotency-key",
                title: "Idempotency key does not fit",
            }),
            Self::NotAnEnvelope(_) => Some(Kind {
                uri: "urn:problem-type:intake:not-an-envelope",
                title: "Not a sealed request",
            }),
            Self::Conflict => Some(Kind {
                uri: "urn:problem-type:intake:id-conflict",
                title: "The id is taken by another request",
            }),
            Self::UnknownRecipient => Some(Kind {
                uri: "urn:problem-type:intake:unknown-recipient",
                title: "Sealed for an unknown key",
            }),
            Self::AnotherListing => Some(Kind {
                uri: "urn:problem-type:intake:another-listing",
                title: "Cursor of another listing",
            }),
            Self::ProofOfWork(_) => Some(Kind {
                uri: "urn:problem-type:intake:proof-of-work",
                title: "A proof of work is needed",
            }),
            Self::ExpiredToken => Some(Kind {
                uri: "urn:problem-type:intake:expired-token",
                title: "The token has expired",
            }),
            Self::MissingScope(_) => Some(Kind {
                uri: "urn:problem-type:intake:missing-scope",
                title: "The token does not allow this",
            }),
            Self::People(problem) => problem.kind(),
            Self::NoKey => Some(Kind {
                uri: "urn:problem-type:intake:no-key",
                title: "The clinic has no key yet",
            }),
            Self::StorageFull => Some(Kind {
                uri: "urn:problem-type:intake:storage-full",
                title: "No more requests are stored",
            }),
            Self::Staff(problem) => problem.kind(),
            _ => None,
        }
    }

    const fn detail(&self) -> &'static str {
        match self {
            Self::IdempotencyKey => {
                "Send the header Idempotency-Key with the rid of the envelope's protected header."
            }
            Self::NotAnEnvelope(error) => envelope_detail(error),
            Self::Incomplete => "The body broke off. Send the request again.",
            Self::NoSuchPath => "There is nothing at this path.",
            Self::MethodNotAllowed => "See the header Allow for the methods of this path.",
            Self::TooSlow => "The request took too long to arrive. Send it again.",
            Self::Conflict => {
                "A request with this id and other content was stored before. It was not changed."
            }
            Self::TooLarge => "An envelope has at most 65536 bytes.",
            Self::ContentType => "Send the envelope as application/jose+json.",
            Self::UnknownRecipient => {
                "The request is sealed for a key that is not this clinic's. Reload the page and send \
                 the request again."
            }
            Self::OriginNotAllowed => {
                "Pages of this origin may not send here; the clinic's settings name those that may."
            }
            Self::TooMany(_) => "Too many requests came from this address. Send it again later.",
            Self::TooManyAtOnce => {
                "Too many requests of this address are under way. Wait for their responses first."
            }
            Self::Busy => "All connections are in use. Try again in a few seconds.",
            Self::ProofOfWork(_) => {
                "Solve the challenge, and send the same request again with the solution in the \
                 header Proof-Of-Work."
            }
            Self::Unauthorized => "Send a token of `intake token new` as Authorization: Bearer.",
            Self::ExpiredToken => {
                "This token has expired. Have a new one made where the service runs, by `intake token \
                 new`, and use that one."
            }
            Self::MissingScope(scope) => scope_detail(*scope),
            Self::NoSuchRequest => "No request of this id is stored.",
            Self::Range => {
                "after is the next of an earlier response, limit a number from 1 to 200; there is \
                 nothing else to ask for."
            }
            Self::AnotherListing => {
                "The database was restored from a backup since this cursor was given, or an older \
                 release gave it. List from the start, without after; requests are known again by \
                 their ids."
            }
            Self::People(problem) => problem.detail(),
            Self::NoKey => {
                "The clinic has no key yet, so nothing was stored. Send the same bytes again later."
            }
            Self::Staff(problem) => problem.detail(),
            Self::StorageFull => {
                "The clinic's storage is full; nothing was stored. Send the same bytes again later."
            }
            Self::StoreUnavailable => {
                "The database cannot be used just now; nothing was changed. Send the same request again."
            }
        }
    }
}

const fn scope_detail(scope: Scope) -> &'static str {
    match scope {
        Scope::List => {
            "This token may not list requests. Have one made by `intake token new --scope list`."
        }
        Scope::Mark => {
            "This token may not mark requests. Have one made by `intake token new --scope list,mark`."
        }
        Scope::Delete => {
            "This token may not delete requests. Have one made by `intake token new --scope \
             list,delete`."
        }
        Scope::Admin => "This needs a token made by `intake token new --scope admin`.",
    }
}

/// The scope that a token lacks (RFC 6750 §3).
const fn scope_challenge(scope: Scope) -> HeaderValue {
    HeaderValue::from_static(match scope {
        Scope::List => "Bearer error=\"insufficient_scope\", scope=\"list\"",
        Scope::Mark => "Bearer error=\"insufficient_scope\", scope=\"mark\"",
        Scope::Delete => "Bearer error=\"insufficient_scope\", scope=\"delete\"",
        Scope::Admin => "Bearer error=\"insufficient_scope\", scope=\"admin\"",
    })
}

impl From<EnvelopeError> for Problem {
    fn from(error: EnvelopeError) -> Self {
        match error {
            EnvelopeError::TooLarge => Self::TooLarge,
            other => Self::NotAnEnvelope(other),
        }
    }
}

impl From<PeopleProblem> for Problem {
    fn from(problem: PeopleProblem) -> Self {
        Self::People(problem)
    }
}

impl From<StaffProblem> for Problem {
    fn from(problem: StaffProblem) -> Self {
        Self::Staff(problem)
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        // Names the table or the disk, never a value.
        tracing::error!(%error, "the store is unavailable");
        Self::StoreUnavailable
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let (status, refusal) = (self.status(), Refusal(self.reason()));
        let by_status =
            || Kind { uri: BY_STATUS, title: status.canonical_reason().unwrap_or(BY_STATUS) };
        let Kind { uri, title } = self.kind().unwrap_or_else(by_status);
        let detail = self.detail();
        let header = match &self {
            Self::StoreUnavailable => Some((RETRY_AFTER, RETRY_SECONDS)),
            Self::StorageFull | Self::NoKey => Some((RETRY_AFTER, LATER)),
            Self::Busy | Self::TooManyAtOnce => Some((RETRY_AFTER, SOON)),
            Self::TooMany(seconds) => Some((RETRY_AFTER, HeaderValue::from(*seconds))),
            Self::Unauthorized => Some((WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"))),
            Self::ExpiredToken => Some((WWW_AUTHENTICATE, INVALID_TOKEN)),
            Self::MissingScope(scope) => Some((WWW_AUTHENTICATE, scope_challenge(*scope))),
            _ => None,
        };
        let challenge = match self {
            Self::ProofOfWork(challenge) => Some(challenge),
            _ => None,
        };
        let body = ProblemDetails { kind: uri, title, status: status.as_u16(), detail, challenge };
        let mut response = (status, axum::Json(body)).into_response();
        response.extensions_mut().insert(refusal);
        let media_type = (CONTENT_TYPE, HeaderValue::from_static(PROBLEM_JSON));
        for (name, value) in [Some(media_type), header].into_iter().flatten() {
            response.headers_mut().insert(name, value);
        }
        response
    }
}
