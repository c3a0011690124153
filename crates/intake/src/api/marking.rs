//! Changes of a request by token: marking it, undoing that, deleting it.

use axum::Json;
use axum::extract::rejection::{JsonRejection, PathRejection};
use axum::extract::{Path, State as Shared};
use axum::http::header::ETAG;
use axum::http::{HeaderMap, HeaderName, StatusCode};
use clinic_core::state::State;
use serde::{Deserialize, Deserializer};
use time::OffsetDateTime;
use utoipa::ToSchema;
use uuid::Uuid;

use super::access::Staff;
use super::problem::{Problem, ProblemDetails};
use super::staff::{RequestState, state_schema};
use super::staff_problem::StaffProblem;
use super::state::Intake;
use super::version::{etag, if_match};
use crate::store::{MarkOutcome, Marking};
use crate::tokens::Scope;

/// A change of a request.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Change {
    /// Its new state. Any state may follow any other, so that a slip can be corrected.
    #[schema(schema_with = state_schema)]
    state: State,
    /// The name of the token that is to have it. Without this: nobody if the state is `new`; you if it is
    /// `claimed`; else whoever has it, or you if nobody has.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = String, required = false)]
    holder: Option<String>,
}

/// A member that may be missing, but not null.
fn given<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    String::deserialize(deserializer).map(Some)
}

/// A changed request with its version.
type Changed = ([(HeaderName, String); 1], Json<RequestState>);

/// Change a request: its state, and who has it. `tried` counts one more try each time, `new` begins to count
/// anew. A change to what it is already is none.
#[utoipa::path(
    patch,
    path = "/v1/requests/{id}",
    tag = "staff",
    params(
        ("id" = Uuid, Path, description = "The request's id."),
        ("If-Match" = Option<String>, Header, pattern = "^\"[1-9][0-9]{0,17}\"$", description =
            "The version that you have seen, in quotation marks: the request is changed only if nobody \
             else changed it since."),
    ),
    request_body = Change,
    security(("token" = ["mark"])),
    responses(
        (
            status = 200,
            body = RequestState,
            headers(("ETag" = String, description = "The version, in quotation marks.")),
        ),
        (
            status = 412,
            body = ProblemDetails,
            content_type = "application/problem+json",
            description = "`urn:problem-type:intake:changed-meanwhile`: it has another version; \
                           nothing was changed.",
        ),
        (
            status = 422,
            body = ProblemDetails,
            content_type = "application/problem+json",
            description = "`urn:problem-type:intake:unknown-holder`: no token of that name has the \
                           scope `mark` and can be used.",
        ),
        Staff,
    )
)]
pub(super) async fn change(
    Shared(intake): Shared<Intake>,
    staff: Staff,
    id: Result<Path<Uuid>, PathRejection>,
    headers: HeaderMap,
    change: Result<Json<Change>, JsonRejection>,
) -> Result<Changed, Problem> {
    let actor = staff.may(Scope::Mark, &intake)?;
    let Path(id) = id.map_err(|_| Problem::NoSuchRequest)?;
    let version = if_match(&headers)?;
    let Json(Change { state, holder }) = change.map_err(|rejection| match rejection.status() {
        StatusCode::UNSUPPORTED_MEDIA_TYPE => StaffProblem::ChangeType,
        StatusCode::PAYLOAD_TOO_LARGE => StaffProblem::ChangeTooLarge,
        _ => StaffProblem::Change,
    })?;
    let now = OffsetDateTime::now_utc();
    let marking = Marking { state, holder: holder.as_deref(), version };
    changed(intake.store.mark(&actor, id, &marking, now).await?)
}

/// Undo the last change of a request: state, holder and tries from before it come back. That is a change too,
/// so undoing twice is redoing. Notes stay.
#[utoipa::path(
    post,
    path = "/v1/requests/{id}/undo",
    tag = "staff",
    params(
        ("id" = Uuid, Path, description = "The request's id."),
        ("If-Match" = String, Header, pattern = "^\"[1-9][0-9]{0,17}\"$", description =
            "The version whose change is to be undone, in quotation marks."),
    ),
    security(("token" = ["mark"])),
    responses(
        (
            status = 200,
            body = RequestState,
            headers(("ETag" = String, description = "The version, in quotation marks.")),
        ),
        (
            status = 409,
            body = ProblemDetails,
            content_type = "application/problem+json",
            description = "`urn:problem-type:intake:nothing-to-undo`: it was never changed.",
        ),
        (
            status = 412,
            body = ProblemDetails,
            content_type = "application/problem+json",
            description = "`urn:problem-type:intake:changed-meanwhile`: it has another version; \
                           nothing was changed.",
        ),
        (
            status = 428,
            body = ProblemDetails,
            content_type = "application/problem+json",
            description = "The header If-Match is missing.",
        ),
        Staff,
    )
)]
pub(super) async fn undo(
    Shared(intake): Shared<Intake>,
    staff: Staff,
    id: Result<Path<Uuid>, PathRejection>,
    headers: HeaderMap,
) -> Result<Changed, Problem> {
    let actor = staff.may(Scope::Mark, &intake)?;
    let Path(id) = id.map_err(|_| Problem::NoSuchRequest)?;
    let version = if_match(&headers)?.ok_or(StaffProblem::IfMatchNeeded)?;
    changed(intake.store.undo(&actor, id, version, OffsetDateTime::now_utc()).await?)
}

fn changed(outcome: MarkOutcome) -> Result<Changed, Problem> {
    match outcome {
        MarkOutcome::Marked(entry) => {
            Ok(([(ETAG, etag(entry.version))], Json(RequestState::of(&entry)?)))
        }
        MarkOutcome::NoSuchRequest => Err(Problem::NoSuchRequest),
        MarkOutcome::AnotherVersion => Err(StaffProblem::ChangedMeanwhile.into()),
        MarkOutcome::UnknownHolder => Err(StaffProblem::UnknownHolder.into()),
        MarkOutcome::NothingToUndo => Err(StaffProblem::NothingToUndo.into()),
    }
}

/// Delete a request for good, with its notes and its history. The audit, and the list of changes, keep its
/// reference, the time, and the name of the token; of the request itself nothing is kept, not even its id:
/// were the same bytes posted again, they would be a new request.
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
    Shared(intake): Shared<Intake>,
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
