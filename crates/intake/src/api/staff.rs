//! Routes for the clinic's own software, by token: sealed requests, and the state of each.

use axum::Json;
use axum::extract::rejection::{JsonRejection, PathRejection, QueryRejection};
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use guide_core::request::envelope::Recipient;
use guide_core::request::reference::Reference;
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::access::Staff;
use super::cursor::Cursor;
use super::problem::{Problem, ProblemDetails};
use super::state::Intake;
use crate::audit::Event;
use crate::store::{self, Entry};
use crate::tokens::Scope;

/// Requests in a response, unless the client asks for a number.
pub(super) const DEFAULT_LIMIT: u32 = 50;
/// Most requests in a response.
pub(super) const MAX_LIMIT: u32 = 200;

/// The part of the list that is asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Range {
    /// The `next` of an earlier response; without it, from the first request on.
    #[param(pattern = "^([0-9a-f]{32}\\.)?[0-9]{1,18}$")]
    after: Option<String>,
    /// Most requests in the response: 1 to 200, by default 50.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u32>,
}

/// Some of the stored requests, in the order of their arrival.
#[derive(Debug, Serialize, ToSchema)]
pub struct Listed {
    /// Empty if none came after.
    requests: Vec<ListedRequest>,
    /// A cursor: the `after` to ask with next, at once or when more may have arrived. None is missed.
    next: String,
}

/// A stored request, still sealed.
#[derive(Debug, Serialize, ToSchema)]
pub struct ListedRequest {
    #[serde(flatten)]
    request: RequestState,
    /// The JWE, exactly as it was received.
    envelope: String,
    /// Recipients for keys that are newer than the request, each of which can stand in the place of those of
    /// the JWE. To learn of recipients that were added to requests listed before, list from the start.
    #[schema(value_type = Vec<Object>)]
    added_recipients: Vec<Recipient>,
}

/// The state of a request.
#[derive(Debug, Serialize, ToSchema)]
pub struct RequestState {
    /// The request's id.
    id: Uuid,
    /// Its short name, `XXXX-XXXX`.
    reference: String,
    /// RFC 3339, UTC, whole seconds.
    #[schema(format = DateTime)]
    received_at: String,
    /// Its state with the clinic.
    state: store::State,
    /// Since when; RFC 3339, UTC, whole seconds.
    #[schema(format = DateTime)]
    changed_at: String,
}

/// A change of a request.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Change {
    /// Its new state. Any state may follow any other, so that a slip can be corrected.
    state: store::State,
}

impl RequestState {
    fn of(entry: &Entry) -> Result<Self, Problem> {
        let text =
            |moment: OffsetDateTime| moment.format(&Rfc3339).map_err(|_| Problem::StoreUnavailable);
        Ok(Self {
            id: entry.id,
            reference: Reference::of(&entry.id).to_string(),
            received_at: text(entry.received_at)?,
            state: entry.state,
            changed_at: text(entry.changed_at)?,
        })
    }
}

/// List sealed requests, in the order of their arrival. The audit records it, unless there are none.
#[utoipa::path(
    get,
    path = "/v1/requests",
    tag = "staff",
    params(Range),
    security(("token" = ["list"])),
    responses(
        (status = 200, body = Listed),
        (
            status = 410,
            body = ProblemDetails,
            content_type = "application/problem+json",
            description =
                "`urn:problem-type:intake:another-listing`: the database was restored from a \
                 backup since `after` was given, or an older release gave it. List from the \
                 start, without `after`; requests are known again by their ids.",
        ),
        Staff,
    )
)]
pub(super) async fn list(
    State(intake): State<Intake>,
    staff: Staff,
    range: Result<Query<Range>, QueryRejection>,
) -> Result<Json<Listed>, Problem> {
    let actor = staff.may(Scope::List, &intake)?;
    let Query(Range { after, limit }) = range.map_err(|_| Problem::Range)?;
    let cursor: Option<Cursor> =
        after.map(|word| word.parse()).transpose().map_err(|_| Problem::Range)?;
    let limit = limit.unwrap_or(DEFAULT_LIMIT);
    if !(1..=MAX_LIMIT).contains(&limit) {
        return Err(Problem::Range);
    }
    // Read before the page, so that a cursor of a listing that ends in between is refused next time.
    let epoch = Some(intake.store.epoch().await?);
    let after = match cursor {
        Some(cursor) if cursor.epoch == epoch => cursor.position,
        Some(_) => return Err(Problem::AnotherListing),
        None => 0,
    };
    let page = intake.store.page(after, limit).await?;
    let position = page.last().map_or(after, |sealed| sealed.entry.position);
    let next = Cursor { epoch, position }.to_string();
    let added = intake.store.added_recipients(after, position).await?;
    for (position, _) in added.iter().filter(|(_, recipient)| recipient.is_none()) {
        tracing::warn!(position, "a recipient that was added is damaged, and left out");
    }
    let ids: Vec<Uuid> = page.iter().map(|sealed| sealed.entry.id).collect();
    intake.store.record(&actor, Event::listed(&ids).into_iter().collect()).await?;
    let listed = |store::Sealed { entry, envelope }| -> Result<ListedRequest, Problem> {
        let envelope = String::from_utf8_lossy(&envelope).into_owned();
        let of_this = added.iter().filter(|(position, _)| *position == entry.position);
        let added_recipients = of_this.filter_map(|(_, recipient)| recipient.clone()).collect();
        Ok(ListedRequest { request: RequestState::of(&entry)?, envelope, added_recipients })
    };
    Ok(Json(Listed { requests: page.into_iter().map(listed).collect::<Result<_, _>>()?, next }))
}

/// Set a request's state.
#[utoipa::path(
    patch,
    path = "/v1/requests/{id}",
    tag = "staff",
    params(("id" = Uuid, Path, description = "The request's id.")),
    request_body = Change,
    security(("token" = ["mark"])),
    responses(
        (status = 200, body = RequestState),
        Staff,
    )
)]
pub(super) async fn change(
    State(intake): State<Intake>,
    staff: Staff,
    id: Result<Path<Uuid>, PathRejection>,
    change: Result<Json<Change>, JsonRejection>,
) -> Result<Json<RequestState>, Problem> {
    let actor = staff.may(Scope::Mark, &intake)?;
    let Path(id) = id.map_err(|_| Problem::NoSuchRequest)?;
    let Json(Change { state }) = change.map_err(|rejection| match rejection.status() {
        StatusCode::UNSUPPORTED_MEDIA_TYPE => Problem::ChangeType,
        StatusCode::PAYLOAD_TOO_LARGE => Problem::TooLarge,
        _ => Problem::Change,
    })?;
    let now = OffsetDateTime::now_utc().truncate_to_second();
    let entry =
        intake.store.set_state(&actor, id, state, now).await?.ok_or(Problem::NoSuchRequest)?;
    Ok(Json(RequestState::of(&entry)?))
}

/// Delete a request for good. The audit keeps its reference, the time, and the name of the token; of
/// the request itself nothing is kept, not even its id: were the same bytes posted again, they would be
/// a new request.
#[utoipa::path(
    delete,
    path = "/v1/requests/{id}",
    tag = "staff",
    params(("id" = Uuid, Path, description = "The request's id.")),
    security(("token" = ["delete"])),
    responses(
        (status = 204, description = "It is deleted."),
        Staff,
    )
)]
pub(super) async fn delete(
    State(intake): State<Intake>,
    staff: Staff,
    id: Result<Path<Uuid>, PathRejection>,
) -> Result<StatusCode, Problem> {
    let actor = staff.may(Scope::Delete, &intake)?;
    let Path(id) = id.map_err(|_| Problem::NoSuchRequest)?;
    match intake.store.delete(&actor, id).await? {
        true => Ok(StatusCode::NO_CONTENT),
        false => Err(Problem::NoSuchRequest),
    }
}
