//! `GET /v1/session`: who calls, and whom requests can be handed to.

use axum::Json;
use axum::extract::State;
use guide_core::request::form::CalendarDate;
use serde::Serialize;
use time::OffsetDateTime;
use utoipa::ToSchema;

use super::access::Staff;
use super::json::moment;
use super::problem::Problem;
use super::state::Intake;
use crate::tokens::Scope;

/// The token of a call, and those of others.
#[derive(Debug, Serialize, ToSchema)]
pub struct Session {
    /// The name of the token that the call came with.
    name: String,
    /// Its scopes.
    scopes: Vec<Scope>,
    /// The last day on which it can be used, UTC; `null` for ever.
    #[schema(value_type = Option<String>, format = Date)]
    expires: Option<CalendarDate>,
    /// The names of all tokens that can be used and allow marking, sorted: those who can have a request. The
    /// caller's is among them if it does.
    colleagues: Vec<String>,
    /// The service's clock; RFC 3339, UTC, whole seconds.
    #[schema(format = DateTime)]
    now: String,
}

/// Say who calls, and who can have a request.
#[utoipa::path(
    get,
    path = "/v1/session",
    tag = "people",
    security(("token" = [])),
    responses(
        (status = 200, body = Session),
        Staff,
    )
)]
pub(super) async fn show(
    State(intake): State<Intake>,
    staff: Staff,
) -> Result<Json<Session>, Problem> {
    let token = staff.anybody();
    let now = OffsetDateTime::now_utc().truncate_to_second();
    let tokens = intake.store.tokens().await?.into_iter();
    let can_have_requests =
        tokens.filter(|token| token.scopes.allow(Scope::Mark) && !token.has_expired(now));
    let mut colleagues: Vec<String> = can_have_requests.map(|token| token.name).collect();
    // PostgreSQL sorts by the language of the database.
    colleagues.sort();
    Ok(Json(Session {
        name: token.name,
        scopes: token.scopes.iter().collect(),
        expires: token.expires,
        colleagues,
        now: moment(now)?,
    }))
}
