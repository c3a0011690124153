//! `GET /v1/requests/{id}`: one request, with its history and its notes.

use axum::Json;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State as Shared};
use axum::http::HeaderName;
use axum::http::header::ETAG;
use clinic_core::state::State;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::access::Staff;
use super::problem::Problem;
use super::staff::{ListedRequest, moment, state_schema};
use super::state::Intake;
use super::version::etag;
use crate::audit::Event;
use crate::store::{PastChange, SealedNote};
use crate::tokens::Scope;

/// A request with its history and its notes.
#[derive(Debug, Serialize, ToSchema)]
pub struct OneRequest {
    #[serde(flatten)]
    listed: ListedRequest,
    /// Its changes of state, the oldest first. It arrived as new, which is none of them.
    history: Vec<HistoryEntry>,
    /// Its notes, still sealed, the oldest first.
    sealed_notes: Vec<ListedNote>,
}

/// A change of a request's state, and how it was after that.
#[derive(Debug, Serialize, ToSchema)]
pub struct HistoryEntry {
    /// RFC 3339, UTC, whole seconds.
    #[schema(format = DateTime)]
    at: String,
    /// Whoever made it: the name of a token, `the command line (NAME)` or `the service`.
    by: String,
    /// Its state.
    #[schema(schema_with = state_schema)]
    state: State,
    /// The name of the token that had it; null if nobody had.
    holder: Option<String>,
    /// How often somebody had tried to reach the patient.
    tries: u32,
}

/// A sealed note.
#[derive(Debug, Serialize, ToSchema)]
pub struct ListedNote {
    /// Its place among the notes of the request, from 1.
    number: u32,
    /// RFC 3339, UTC, whole seconds.
    #[schema(format = DateTime)]
    at: String,
    /// The name of the token that added it.
    by: String,
    /// The JWE, exactly as it was received.
    envelope: String,
}

/// Get one request with its history and its notes. The audit records it as a listing of one.
#[utoipa::path(
    get,
    path = "/v1/requests/{id}",
    tag = "staff",
    params(("id" = Uuid, Path, description = "The request's id.")),
    security(("token" = ["list"])),
    responses(
        (
            status = 200,
            body = OneRequest,
            headers(("ETag" = String, description = "The version, in quotation marks.")),
        ),
        Staff,
    )
)]
pub(super) async fn get(
    Shared(intake): Shared<Intake>,
    staff: Staff,
    id: Result<Path<Uuid>, PathRejection>,
) -> Result<([(HeaderName, String); 1], Json<OneRequest>), Problem> {
    let actor = staff.may(Scope::List, &intake)?;
    let Path(id) = id.map_err(|_| Problem::NoSuchRequest)?;
    let sealed = intake.store.sealed(id).await?.ok_or(Problem::NoSuchRequest)?;
    let entry = sealed.entry.clone();
    // What was added since is left out, so that all of the response is of one moment.
    let history = intake.store.history(entry.position, entry.version).await?;
    let notes = intake.store.notes(entry.position, entry.notes).await?;
    let listed = intake.listed(vec![sealed]).await?.pop().ok_or(Problem::NoSuchRequest)?;
    intake.store.record(&actor, Event::listed(&[id]).into_iter().collect()).await?;
    let one = OneRequest {
        listed,
        history: history.into_iter().map(HistoryEntry::of).collect::<Result<_, _>>()?,
        sealed_notes: notes.into_iter().map(ListedNote::of).collect::<Result<_, _>>()?,
    };
    Ok(([(ETAG, etag(entry.version))], Json(one)))
}

impl HistoryEntry {
    fn of(change: PastChange) -> Result<Self, Problem> {
        let PastChange { at, by, handling } = change;
        let (state, holder, tries) = (handling.state, handling.holder, handling.tries);
        Ok(Self { at: moment(at)?, by, state, holder, tries })
    }
}

impl ListedNote {
    fn of(note: SealedNote) -> Result<Self, Problem> {
        let SealedNote { number, at, by, envelope } = note;
        let envelope = String::from_utf8_lossy(&envelope).into_owned();
        Ok(Self { number, at: moment(at)?, by, envelope })
    }
}
