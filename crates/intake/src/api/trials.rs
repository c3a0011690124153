//! `POST /v1/trials`: a trial of the way that requests take, from the form of the envelope to the disk and back,
//! for staff who want to know today, and not when a patient calls, that requests arrive.

use axum::Json;
use axum::extract::{Request, State};
use guide_core::request::envelope::{Envelope, MAX_BYTES};
use serde::Serialize;
use time::OffsetDateTime;
use utoipa::ToSchema;

use super::access::Staff;
use super::people_problem::PeopleProblem;
use super::problem::{Problem, ProblemDetails};
use super::requests::{announced_as_envelope, read};
use super::state::Intake;
use crate::tokens::Scope;

/// A trial as it was read back.
#[derive(Debug, Serialize, ToSchema)]
pub struct TriedEnvelope {
    /// The JWE, exactly as it was sent; whoever sent it opens it, to know that a key of the clinic does.
    envelope: String,
}

/// Store an envelope as a patient's request is stored, read it back, compare and delete it. It is never listed, and
/// causes no notice. The audit records a trial that succeeded.
#[utoipa::path(
    post,
    path = "/v1/trials",
    tag = "people",
    request_body(
        content = Object,
        content_type = "application/jose+json",
        description = "A JWE as `POST /v1/requests` of the public listener takes it, for keys of this clinic."
    ),
    security(("token" = ["mark"])),
    responses(
        (status = 200, body = TriedEnvelope),
        (
            status = 500,
            body = ProblemDetails,
            content_type = "application/problem+json",
            description =
                "`urn:problem-type:intake:trial-failed`: what was read back is not what was sent.",
        ),
        Staff,
    )
)]
pub(super) async fn make(
    State(intake): State<Intake>,
    staff: Staff,
    request: Request,
) -> Result<Json<TriedEnvelope>, Problem> {
    let actor = staff.may(Scope::Mark, &intake)?;
    let (head, body) = request.into_parts();
    announced_as_envelope(&head.headers)?;
    let bytes = read(body, MAX_BYTES).await?;
    let (envelope, _) = Envelope::parse(&bytes)?;
    intake.check_recipients(&envelope)?;
    if !intake.rules.quota.has_room(&intake.store).await? {
        return Err(Problem::StorageFull);
    }
    let now = OffsetDateTime::now_utc().truncate_to_second();
    let Some(read) = intake.store.try_storing(&actor, &bytes, now).await? else {
        tracing::error!("a trial was read back changed: the store damages what it keeps");
        return Err(PeopleProblem::TrialFailed.into());
    };
    // What is an envelope is JSON, and so UTF-8.
    Ok(Json(TriedEnvelope { envelope: String::from_utf8_lossy(&read).into_owned() }))
}
