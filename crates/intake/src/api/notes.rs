//! `POST /v1/requests/{id}/notes`: takes a sealed note about a request.

use axum::Json;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, Request, State as Shared};
use axum::http::StatusCode;
use guide_core::request::envelope::{Envelope, MAX_NOTE_BYTES};
use serde::Serialize;
use time::OffsetDateTime;
use utoipa::ToSchema;
use uuid::Uuid;

use super::access::Staff;
use super::problem::{Problem, ProblemDetails};
use super::requests::{announced_as_envelope, read};
use super::staff::moment;
use super::staff_problem::StaffProblem;
use super::state::Intake;
use crate::keys::Named;
use crate::store::{NoteOutcome, SealedNote};
use crate::tokens::Scope;

/// The response to a note that is on disk.
#[derive(Debug, Serialize, ToSchema)]
pub struct NoteReceipt {
    /// Its place among the notes of the request, from 1.
    number: u32,
    /// RFC 3339, UTC, whole seconds; the first time, if it was sent again.
    #[schema(format = DateTime)]
    at: String,
    /// The name of the token that added it.
    by: String,
}

/// Add a sealed note to a request, byte for byte. 201 once it is on disk. Notes are never changed, and deleted
/// with their request.
#[utoipa::path(
    post,
    path = "/v1/requests/{id}/notes",
    tag = "staff",
    params(("id" = Uuid, Path, description = "The request's id.")),
    request_body(
        content = Object,
        content_type = "application/jose+json",
        description =
            "A JWE of the form of a sealed request, of at most 16 KiB: its `typ` is `request-note+jwe`, \
             its `rid` the request's id, and all its recipients are keys of this clinic."
    ),
    security(("token" = ["mark"])),
    responses(
        (status = 201, body = NoteReceipt, description = "It is stored."),
        (status = 200, body = NoteReceipt, description = "The same bytes were stored before."),
        (
            status = 409,
            body = ProblemDetails,
            content_type = "application/problem+json",
            description = "`urn:problem-type:intake:too-many-notes`: the request has 200.",
        ),
        Staff,
    )
)]
pub(super) async fn add(
    Shared(intake): Shared<Intake>,
    staff: Staff,
    id: Result<Path<Uuid>, PathRejection>,
    request: Request,
) -> Result<(StatusCode, Json<NoteReceipt>), Problem> {
    let actor = staff.may(Scope::Mark, &intake)?;
    let Path(id) = id.map_err(|_| Problem::NoSuchRequest)?;
    let (head, body) = request.into_parts();
    announced_as_envelope(&head.headers).map_err(|_| StaffProblem::NoteType)?;
    let bytes = read(body, MAX_NOTE_BYTES).await.map_err(|problem| match problem {
        Problem::TooLarge => StaffProblem::NoteTooLarge.into(),
        other => other,
    })?;
    let (envelope, header) = Envelope::parse_note(&bytes).map_err(StaffProblem::from)?;
    if header.rid != id {
        return Err(StaffProblem::NoteOfAnother.into());
    }
    // Whatever is done with a request of a patient: the clinic's own software has no reason to seal for others.
    if intake.rules.keys.named(&envelope) != Named::All {
        return Err(StaffProblem::NoteForUnknownKey.into());
    }
    let now = OffsetDateTime::now_utc();
    let (status, note) = match intake.store.add_note(&actor, id, &bytes, now).await? {
        NoteOutcome::Added(note) => (StatusCode::CREATED, note),
        NoteOutcome::Duplicate(note) => (StatusCode::OK, note),
        NoteOutcome::NoSuchRequest => return Err(Problem::NoSuchRequest),
        NoteOutcome::TooMany => return Err(StaffProblem::TooManyNotes.into()),
    };
    let SealedNote { number, at, by, .. } = note;
    Ok((status, Json(NoteReceipt { number, at: moment(at)?, by })))
}
