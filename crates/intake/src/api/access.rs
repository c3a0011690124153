//! Access of the staff's software, by tokens: known, not expired, and with the scope of the call.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use axum::extract::FromRequestParts;
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use time::OffsetDateTime;
use utoipa::openapi::{Content, Ref, RefOr, Response, ResponseBuilder};
use utoipa::{IntoResponses, ToSchema as _};

use super::problem::{PROBLEM_JSON, Problem, ProblemDetails};
use super::state::Intake;
use crate::audit::Actor;
use crate::metrics::TokenFailure;
use crate::store::Token;
use crate::tokens::{self, Scope};

/// The name of the token that a call came with, for the access log: set once the token is known.
#[derive(Clone, Debug, Default)]
pub struct TokenName(Arc<OnceLock<String>>);

impl TokenName {
    /// The name; `None` for a call without a known token.
    pub fn get(&self) -> Option<&str> {
        self.0.get().map(String::as_str)
    }
}

/// A call that came with a known token, which may lack the call's scope.
#[must_use]
pub(super) struct Staff(Token);

impl Staff {
    /// Takes the token whatever its scopes are.
    pub fn anybody(self) -> Token {
        self.0
    }

    /// Checks that the token has a scope. Returns whom to record in the audit.
    ///
    /// # Errors
    /// [`Problem::MissingScope`], which is counted.
    pub fn may(self, scope: Scope, intake: &Intake) -> Result<Actor, Problem> {
        if self.0.scopes.allow(scope) {
            return Ok(Actor::Token(self.0.name));
        }
        intake.rules.failed_tokens.count(TokenFailure::Scope, Some(&self.0), &intake.metrics);
        Err(Problem::MissingScope(scope))
    }
}

/// The refusals of every call by token, for the description of the interface.
impl IntoResponses for Staff {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        let problem = |description: &str| {
            let schema = Ref::from_schema_name(ProblemDetails::name());
            let response = ResponseBuilder::new().description(description);
            RefOr::T(response.content(PROBLEM_JSON, Content::new(Some(schema))).build())
        };
        let described = [
            ("401", "No token, an unknown one, or `urn:problem-type:intake:expired-token`."),
            (
                "403",
                "`urn:problem-type:intake:missing-scope`: the token does not have the scope of this call.",
            ),
            ("4XX", "The call is refused."),
            ("503", "The store is unavailable."),
        ];
        described.map(|(status, description)| (status.to_owned(), problem(description))).into()
    }
}

impl FromRequestParts<Intake> for Staff {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, intake: &Intake) -> Result<Self, Problem> {
        let header = parts.headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
        let Some((scheme, token)) = header.and_then(|it| it.split_once(' ')) else {
            return Err(Problem::Unauthorized);
        };
        if !scheme.eq_ignore_ascii_case("bearer") {
            return Err(Problem::Unauthorized);
        }
        let failed = &intake.rules.failed_tokens;
        let Some(token) = intake.store.token(&tokens::hash(token.trim())).await? else {
            failed.count(TokenFailure::Unknown, None, &intake.metrics);
            return Err(Problem::Unauthorized);
        };
        if let Some(name) = parts.extensions.get::<TokenName>() {
            // Set before only if another extractor has found the same token.
            let _ = name.0.set(token.name.clone());
        }
        let now = OffsetDateTime::now_utc();
        if token.has_expired(now) {
            failed.count(TokenFailure::Expired, Some(&token), &intake.metrics);
            return Err(Problem::ExpiredToken);
        }
        if let Err(error) = intake.store.token_used(&token, now).await {
            // Reading goes on where nothing can be written, to find that out; every change fails by itself.
            tracing::warn!(%error, "the last use of a token is not stored");
        }
        Ok(Self(token))
    }
}
