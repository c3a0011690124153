//! `GET /v1/changes`: the list of changes, which a program follows.

use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State as Shared};
use clinic_core::state::State;
use serde::{Deserialize, Serialize};
use utoipa::openapi::schema::{Object, ObjectBuilder, SchemaType, Type};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::access::Staff;
use super::problem::Problem;
use super::staff::{DEFAULT_LIMIT, MAX_LIMIT, moment};
use super::staff_problem::StaffProblem;
use super::state::Intake;
use crate::store::{AfterChange, Change, ChangeKind};
use crate::tokens::Scope;

/// The part of the list of changes that is asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ChangesRange {
    /// The `next` of an earlier response, or the `change` of a listing; without it, from the first change on.
    #[param(minimum = 0)]
    after: Option<i64>,
    /// Most changes in the response: 1 to 200, by default 50.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u32>,
}

/// Some changes, in their order.
#[derive(Debug, Serialize, ToSchema)]
pub struct Changes {
    /// Empty if none came after.
    changes: Vec<ListedChange>,
    /// The `after` to ask with next, at once or later: the number of the last change. None is missed.
    next: i64,
    /// Names the listing, as in the list of requests. Where it is another than in that response, the database
    /// was restored from a backup, and numbers are given again: forget what you have, and begin with the list
    /// of requests.
    epoch: String,
}

/// A change of a request. The members from `state` on are as they were after it, and null of a deleted request.
#[derive(Debug, Serialize, ToSchema)]
pub struct ListedChange {
    /// Its place in the order of changes. Numbers of deleted requests are missing.
    #[schema(minimum = 1)]
    number: i64,
    /// RFC 3339, UTC, whole seconds.
    #[schema(format = DateTime)]
    at: String,
    /// Whoever made it: the name of a token, `the command line (NAME)` or `the service`.
    by: String,
    /// What was changed.
    kind: Kind,
    /// The request's id; null if it was deleted.
    id: Option<Uuid>,
    /// The request's reference.
    reference: String,
    /// Its state.
    #[schema(schema_with = state_or_null)]
    state: Option<State>,
    /// The name of the token that had it; null too if nobody had.
    holder: Option<String>,
    /// How often somebody had tried to reach the patient.
    tries: Option<u32>,
    /// Its version.
    version: Option<i64>,
    /// The number of its sealed notes.
    notes: Option<u32>,
}

/// What was changed of a request.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Its state, holder or tries.
    State,
    /// A note was added.
    Note,
    /// It was deleted, by a call, a command or after the set time.
    Deleted,
}

fn state_or_null() -> Object {
    let names = State::ALL.map(|state| Some(state.as_str())).into_iter().chain([None]);
    ObjectBuilder::new()
        .schema_type(SchemaType::from_iter([Type::String, Type::Null]))
        .enum_values(Some(names))
        .build()
}

/// List changes of requests: what the staff did, and what was deleted. Arrivals are in the list of requests
/// alone. The audit does not record it: nothing sealed is in it.
#[utoipa::path(
    get,
    path = "/v1/changes",
    tag = "staff",
    params(ChangesRange),
    security(("token" = ["list"])),
    responses(
        (status = 200, body = Changes),
        Staff,
    )
)]
pub(super) async fn list(
    Shared(intake): Shared<Intake>,
    staff: Staff,
    range: Result<Query<ChangesRange>, QueryRejection>,
) -> Result<Json<Changes>, Problem> {
    staff.may(Scope::List, &intake)?;
    let Query(ChangesRange { after, limit }) = range.map_err(|_| StaffProblem::Changes)?;
    let (after, limit) = (after.unwrap_or(0), limit.unwrap_or(DEFAULT_LIMIT));
    if after < 0 || !(1..=MAX_LIMIT).contains(&limit) {
        return Err(StaffProblem::Changes.into());
    }
    let page = intake.store.changes(after, limit).await?;
    let next = page.last().map_or(after, |change| change.number);
    let changes = page.into_iter().map(ListedChange::of).collect::<Result<_, _>>()?;
    // Read after them: a client that finds the epoch it knows has got no number of another listing.
    let epoch = intake.store.epoch().await?;
    Ok(Json(Changes { changes, next, epoch }))
}

impl ListedChange {
    fn of(change: Change) -> Result<Self, Problem> {
        let Change { number, at, by, reference, kind } = change;
        let (kind, after) = match kind {
            ChangeKind::State(after) => (Kind::State, Some(after)),
            ChangeKind::Note(after) => (Kind::Note, Some(after)),
            ChangeKind::Deleted => (Kind::Deleted, None),
        };
        let at = moment(at)?;
        let (id, version, notes, handling) = match after {
            Some(AfterChange { id, handling, version, notes }) => {
                (Some(id), Some(version), Some(notes), Some(handling))
            }
            None => (None, None, None, None),
        };
        let (state, tries) =
            (handling.as_ref().map(|it| it.state), handling.as_ref().map(|it| it.tries));
        let holder = handling.and_then(|it| it.holder);
        Ok(Self { number, at, by, kind, id, reference, state, holder, tries, version, notes })
    }
}
