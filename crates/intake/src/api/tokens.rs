//! Routes that make, list and revoke tokens, for whoever has one of the scope `admin`.

use axum::Json;
use axum::extract::rejection::{JsonRejection, PathRejection};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use guide_core::request::form::CalendarDate;
use serde::{Deserialize, Deserializer, Serialize};
use time::OffsetDateTime;
use utoipa::ToSchema;

use super::access::Staff;
use super::json::{body, moment};
use super::people_problem::PeopleProblem;
use super::problem::{Problem, ProblemDetails};
use super::state::Intake;
use crate::audit::Actor;
use crate::store::Token;
use crate::tokens::{NewToken, Scope, Scopes};

/// What to send to make a token.
const ADVICE: &str = "The body must be JSON with exactly the members name, scopes (a list of list, mark, \
                      delete and admin) and expires (a day as YYYY-MM-DD, or null for a token that never \
                      expires).";

/// All tokens.
#[derive(Debug, Serialize, ToSchema)]
pub struct Tokens {
    /// In the order of their names.
    tokens: Vec<TokenState>,
}

/// A token, by its name; the token itself is known to nobody but its holder.
#[derive(Debug, Serialize, ToSchema)]
pub struct TokenState {
    /// Its name.
    name: String,
    /// Its scopes.
    scopes: Vec<Scope>,
    /// When it was made; RFC 3339, UTC, whole seconds.
    #[schema(format = DateTime)]
    created_at: String,
    /// The last day on which it can be used, UTC; `null` for ever.
    #[schema(value_type = Option<String>, format = Date)]
    expires: Option<CalendarDate>,
    /// That day is past.
    expired: bool,
    /// Its last use, to the minute; RFC 3339, UTC. `null` before the first.
    #[schema(format = DateTime)]
    used_at: Option<String>,
}

/// A token that was made just now. Only its hash is stored: nobody learns it again.
// Not Debug, so that no log line can hold the token.
#[derive(Serialize, ToSchema)]
pub struct MadeToken {
    #[serde(flatten)]
    state: TokenState,
    /// The token itself, to be sent as `Authorization: Bearer`.
    token: String,
}

/// A token to be made.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TokenToMake {
    /// Its user, person or software: one line of at most 100 characters. It stands in the log and in the audit
    /// beside every call. Space around it is left out.
    #[schema(min_length = 1)]
    name: String,
    /// Its scopes.
    #[schema(min_items = 1)]
    scopes: Vec<Scope>,
    /// The last day on which it can be used, UTC; `null` for ever.
    // Without this, a member that was forgotten would make a token for ever.
    #[serde(deserialize_with = "given")]
    #[schema(required, value_type = Option<String>, format = Date)]
    expires: Option<CalendarDate>,
}

/// An optional value whose member must be there.
fn given<'de, D: Deserializer<'de>, T: Deserialize<'de>>(value: D) -> Result<Option<T>, D::Error> {
    Option::deserialize(value)
}

/// List the tokens.
#[utoipa::path(
    get,
    path = "/v1/tokens",
    tag = "people",
    security(("token" = ["admin"])),
    responses(
        (status = 200, body = Tokens),
        Staff,
    )
)]
pub(super) async fn list(
    State(intake): State<Intake>,
    staff: Staff,
) -> Result<Json<Tokens>, Problem> {
    staff.may(Scope::Admin, &intake)?;
    let now = OffsetDateTime::now_utc();
    let tokens = intake.store.tokens().await?.into_iter();
    Ok(Json(Tokens { tokens: tokens.map(|it| TokenState::of(it, now)).collect::<Result<_, _>>()? }))
}

/// Make a token. The audit records it.
#[utoipa::path(
    post,
    path = "/v1/tokens",
    tag = "people",
    request_body = TokenToMake,
    security(("token" = ["admin"])),
    responses(
        (status = 201, body = MadeToken, description = "It is made."),
        (
            status = 409,
            body = ProblemDetails,
            content_type = "application/problem+json",
            description = "`urn:problem-type:intake:token-taken`: another token has the name.",
        ),
        Staff,
    )
)]
pub(super) async fn make(
    State(intake): State<Intake>,
    staff: Staff,
    token: Result<Json<TokenToMake>, JsonRejection>,
) -> Result<(StatusCode, Json<MadeToken>), Problem> {
    let actor = staff.may(Scope::Admin, &intake)?;
    let TokenToMake { name, scopes, expires } = body(token, ADVICE)?;
    let scopes = Scopes::new(scopes).map_err(|_| PeopleProblem::Invalid(ADVICE))?;
    let now = OffsetDateTime::now_utc().truncate_to_second();
    let (new, token) =
        NewToken::make(&name, scopes, expires, today(now)?).map_err(PeopleProblem::from)?;
    if !intake.store.add_token(&actor, &new, now).await? {
        return Err(PeopleProblem::TokenTaken.into());
    }
    Ok((StatusCode::CREATED, Json(MadeToken::of(new, token, now)?)))
}

/// Revoke a token: it is invalid at once. The audit records it. A token cannot revoke itself.
#[utoipa::path(
    delete,
    path = "/v1/tokens/{name}",
    tag = "people",
    params(("name" = String, Path, description = "The token's name.")),
    security(("token" = ["admin"])),
    responses(
        (status = 204, description = "It is revoked."),
        (
            status = 409,
            body = ProblemDetails,
            content_type = "application/problem+json",
            description = "`urn:problem-type:intake:own-token`: the call came with this token.",
        ),
        Staff,
    )
)]
pub(super) async fn revoke(
    State(intake): State<Intake>,
    staff: Staff,
    name: Result<Path<String>, PathRejection>,
) -> Result<StatusCode, Problem> {
    let actor = staff.may(Scope::Admin, &intake)?;
    let Path(name) = name.map_err(|_| PeopleProblem::NoSuchToken)?;
    if actor == Actor::Token(name.clone()) {
        return Err(PeopleProblem::OwnToken.into());
    }
    match intake.store.revoke_token(&actor, &name).await? {
        true => Ok(StatusCode::NO_CONTENT),
        false => Err(PeopleProblem::NoSuchToken.into()),
    }
}

/// Today, UTC.
pub(super) fn today(now: OffsetDateTime) -> Result<CalendarDate, Problem> {
    // A clock beyond the calendar cannot tell what has expired.
    CalendarDate::of_unix_time(now.unix_timestamp()).ok_or(Problem::StoreUnavailable)
}

impl TokenState {
    fn of(token: Token, now: OffsetDateTime) -> Result<Self, Problem> {
        Ok(Self {
            expired: token.has_expired(now),
            name: token.name,
            scopes: token.scopes.iter().collect(),
            created_at: moment(token.created_at)?,
            expires: token.expires,
            used_at: token.used_at.map(moment).transpose()?,
        })
    }
}

impl MadeToken {
    /// A token that was made at this moment.
    pub(super) fn of(new: NewToken, token: String, now: OffsetDateTime) -> Result<Self, Problem> {
        let NewToken { name, scopes, expires, .. } = new;
        let stored = Token { name, created_at: now, scopes, expires, used_at: None };
        Ok(Self { state: TokenState::of(stored, now)?, token })
    }
}
