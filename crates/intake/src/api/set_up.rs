//! The first token, by a link that `intake serve` prints once: whoever can read the output of the service sets up
//! the inbox, without a command line.

use axum::Json;
use axum::extract::State;
use axum::extract::rejection::JsonRejection;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use tokio::time::Instant;
use utoipa::ToSchema;

use super::json::body;
use super::people_problem::PeopleProblem;
use super::problem::{Problem, ProblemDetails};
use super::state::Intake;
use super::tokens::{MadeToken, today};
use crate::metrics::TokenFailure;
use crate::tokens::{NewToken, Scope, Scopes};

/// What to send.
const ADVICE: &str = "The body must be JSON with exactly the members secret and name.";

/// If the service can be set up.
#[derive(Debug, Serialize, ToSchema)]
pub struct SetUpState {
    /// There is no token yet, and the link that the service printed can be used.
    open: bool,
}

/// The secret of the link, and the name of the first token.
// Not Debug, so that no log line can hold the secret.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FirstToken {
    /// The secret that stands in the link.
    secret: String,
    /// The name of the token: one line of at most 100 characters.
    #[schema(min_length = 1)]
    name: String,
}

/// Say if the service can be set up by the link that it printed.
#[utoipa::path(
    get,
    path = "/v1/set-up",
    tag = "people",
    responses(
        (status = 200, body = SetUpState),
        (status = "4XX", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 503, body = ProblemDetails, content_type = "application/problem+json"),
    )
)]
pub(super) async fn show(State(intake): State<Intake>) -> Result<Json<SetUpState>, Problem> {
    let open =
        intake.rules.set_up.is_open(Instant::now()) && intake.store.tokens().await?.is_empty();
    Ok(Json(SetUpState { open }))
}

/// Make the first token, for everything and a year, by the secret of the link that the service printed. The audit
/// records it.
#[utoipa::path(
    post,
    path = "/v1/set-up",
    tag = "people",
    request_body = FirstToken,
    responses(
        (status = 201, body = MadeToken, description = "It is made, and the set-up closed."),
        (
            status = 403,
            body = ProblemDetails,
            content_type = "application/problem+json",
            description =
                "`urn:problem-type:intake:set-up-closed`: there is a token, the link was used or is \
                 over an hour old, there were ten wrong secrets, or this is another secret.",
        ),
        (status = "4XX", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 503, body = ProblemDetails, content_type = "application/problem+json"),
    )
)]
pub(super) async fn make(
    State(intake): State<Intake>,
    first: Result<Json<FirstToken>, JsonRejection>,
) -> Result<(StatusCode, Json<MadeToken>), Problem> {
    let FirstToken { secret, name } = body(first, ADVICE)?;
    let set_up = &intake.rules.set_up;
    if !set_up.admits(&secret, Instant::now()) {
        intake.rules.failed_tokens.count(TokenFailure::SetUp, None, &intake.metrics);
        return Err(PeopleProblem::SetUpClosed.into());
    }
    let now = OffsetDateTime::now_utc().truncate_to_second();
    let today = today(now)?;
    let (new, token) =
        NewToken::make(&name, Scopes::of(Scope::Admin), Some(today.next_year()), today)
            .map_err(PeopleProblem::from)?;
    // The store decides: of two at once, in whichever processes, one is first.
    let added = intake.store.add_first_token(&new, now).await?;
    set_up.close();
    match added {
        true => Ok((StatusCode::CREATED, Json(MadeToken::of(new, token, now)?))),
        false => Err(PeopleProblem::SetUpClosed.into()),
    }
}
