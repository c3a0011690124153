//! Sealed requests for the clinic's own software, by token: what is told of each, and the list of them.

use std::collections::BTreeSet;

use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State as Shared};
use clinic_core::state::State;
use guide_core::request::envelope::Recipient;
use guide_core::request::reference::Reference;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;
use utoipa::openapi::schema::{Object, ObjectBuilder, Type};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::access::Staff;
use super::cursor::Cursor;
use super::problem::{Problem, ProblemDetails};
use super::staff_problem::StaffProblem;
use super::state::Intake;
use crate::audit::Event;
use crate::store::{Entry, Listing, Place, Sealed};
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
    /// The `next` of an earlier response to `after`: what arrived after that, in the order of arrival. Without
    /// `after` and `before`, from the first request on.
    #[param(pattern = "^([0-9a-f]{32}\\.)?[0-9]{1,18}$")]
    after: Option<String>,
    /// The word `end`, or the `next` of an earlier response to `before`: what arrived before that, the newest
    /// first. Never with `after`.
    #[param(pattern = "^(end|([0-9a-f]{32}\\.)?[0-9]{1,18})$")]
    before: Option<String>,
    /// Only requests of these states, with commas between: `new,claimed`.
    #[param(
        pattern = "^(new|claimed|tried|reached|booked|declined|closed|junk)(,(new|claimed|tried|reached|booked|declined|closed|junk))*$"
    )]
    state: Option<String>,
    /// Only requests of this reference, in any spelling: small letters, O for 0, I and L for 1, dashes and spaces
    /// anywhere or nowhere. Mostly one; two are possible.
    #[param(pattern = "^[- ]*([0-9A-TV-Za-tv-z][- ]*){8}$")]
    reference: Option<String>,
    /// Most requests in the response: 1 to 200, by default 50.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u32>,
}

/// Some of the stored requests.
#[derive(Debug, Serialize, ToSchema)]
pub struct Listed {
    /// In the order of their arrival; for `before` the newest first. Empty if there are none.
    requests: Vec<ListedRequest>,
    /// A cursor, to go on in the same direction: the `after` to ask with next, at once or when more may have
    /// arrived (none is missed), or the `before`.
    next: String,
    /// `true` if there are more in this direction now.
    more: bool,
    /// Names the listing. Where it is another than before, the database was restored from a backup: begin anew.
    epoch: String,
    /// A cursor: the `after` with which to ask for what has arrived since this part was read.
    newest: String,
    /// The number of the last change before this part was read, from which to ask for changes.
    #[schema(minimum = 0)]
    change: i64,
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
    /// `false` if these are not the bytes that were received: the disk damaged them, or somebody altered them.
    /// Null where a release that kept no digest stored them.
    intact: Option<bool>,
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
    #[schema(schema_with = state_schema)]
    state: State,
    /// Since when; RFC 3339, UTC, whole seconds.
    #[schema(format = DateTime)]
    changed_at: String,
    /// The name of the token that has it; null if nobody has.
    holder: Option<String>,
    /// How often somebody tried to reach the patient.
    tries: u32,
    /// From 1, and one more with each change of state, holder or tries.
    #[schema(minimum = 1)]
    version: i64,
    /// The number of its sealed notes.
    notes: u32,
}

impl RequestState {
    pub(super) fn of(entry: &Entry) -> Result<Self, Problem> {
        Ok(Self {
            id: entry.id,
            reference: Reference::of(&entry.id).to_string(),
            received_at: moment(entry.received_at)?,
            state: entry.state,
            changed_at: moment(entry.changed_at)?,
            holder: entry.holder.clone(),
            tries: entry.tries,
            version: entry.version,
            notes: entry.notes,
        })
    }
}

/// A state in the description of the interface.
pub(super) fn state_schema() -> Object {
    let names = State::ALL.map(State::as_str);
    ObjectBuilder::new().schema_type(Type::String).enum_values(Some(names)).build()
}

/// A moment as it is told.
pub(super) fn moment(moment: OffsetDateTime) -> Result<String, Problem> {
    moment.format(&Rfc3339).map_err(|_| Problem::StoreUnavailable)
}

/// List sealed requests, from the first one or from the newest. The audit records it, unless there are none.
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
                 backup since `after` or `before` was given, or an older release gave it. List from \
                 the start, without `after` or `before`; requests are known again by their ids.",
        ),
        Staff,
    )
)]
pub(super) async fn list(
    Shared(intake): Shared<Intake>,
    staff: Staff,
    range: Result<Query<Range>, QueryRejection>,
) -> Result<Json<Listed>, Problem> {
    let actor = staff.may(Scope::List, &intake)?;
    let Query(range) = range.map_err(|_| StaffProblem::Listing)?;
    let Range { after, before, state, reference, limit } = range;
    let limit = limit.unwrap_or(DEFAULT_LIMIT);
    let states =
        state.as_deref().map_or(Some(BTreeSet::new()), states).ok_or(StaffProblem::Listing)?;
    let reference: Option<Reference> =
        reference.map(|it| it.parse()).transpose().map_err(|_| StaffProblem::Listing)?;
    if !(1..=MAX_LIMIT).contains(&limit) {
        return Err(StaffProblem::Listing.into());
    }
    // Read before the page, so that a cursor of a listing that ends in between is refused next time, and that
    // no change after the page is missed.
    let epoch = intake.store.epoch().await?;
    let change = intake.store.last_change().await?;
    let newest =
        Cursor { epoch: Some(epoch.clone()), position: intake.store.last_position().await? };
    let place = place(after, before, &epoch)?;
    let positions = match reference {
        Some(reference) => Some(intake.store.positions_of(reference).await?),
        None => None,
    };
    // One more, to know whether there are more.
    let listing = Listing { place, states, positions, limit: limit + 1 };
    let mut page = intake.store.listing(&listing).await?;
    let more = page.len() > limit as usize;
    page.truncate(limit as usize);
    let next = Cursor { epoch: Some(epoch.clone()), position: next_position(place, &page) };
    let ids: Vec<Uuid> = page.iter().map(|sealed| sealed.entry.id).collect();
    let requests = intake.listed(page).await?;
    intake.store.record(&actor, Event::listed(&ids).into_iter().collect()).await?;
    let (next, newest) = (next.to_string(), newest.to_string());
    Ok(Json(Listed { requests, next, more, epoch, newest, change }))
}

impl Intake {
    /// What is told of requests, with the recipients that were added to them.
    pub(super) async fn listed(&self, page: Vec<Sealed>) -> Result<Vec<ListedRequest>, Problem> {
        let positions = || page.iter().map(|sealed| sealed.entry.position);
        let (Some(first), Some(last)) = (positions().min(), positions().max()) else {
            return Ok(Vec::new());
        };
        let added = self.store.added_recipients(first - 1, last).await?;
        let digests = self.store.digests(&positions().collect::<Vec<_>>()).await?;
        let listed = |Sealed { entry, envelope }: Sealed| {
            let digest = digests.iter().find(|(position, _)| *position == entry.position);
            let digest = digest.and_then(|(_, digest)| digest.as_ref());
            let intact = digest.map(|digest| digest[..] == Sha256::digest(&envelope)[..]);
            let of_this = added.iter().filter(|(position, _)| *position == entry.position);
            if of_this.clone().any(|(_, recipient)| recipient.is_none()) {
                let position = entry.position;
                tracing::warn!(position, "a recipient that was added is damaged, and left out");
            }
            let added_recipients = of_this.filter_map(|(_, recipient)| recipient.clone()).collect();
            let envelope = String::from_utf8_lossy(&envelope).into_owned();
            let request = RequestState::of(&entry)?;
            Ok(ListedRequest { request, envelope, added_recipients, intact })
        };
        page.into_iter().map(listed).collect()
    }
}

/// The states of these names; `None` if one is of none.
fn states(names: &str) -> Option<BTreeSet<State>> {
    names.split(',').map(|name| name.parse().ok()).collect()
}

/// The place that is asked for.
fn place(after: Option<String>, before: Option<String>, epoch: &str) -> Result<Place, Problem> {
    let position = |word: String| -> Result<i64, Problem> {
        let cursor: Cursor = word.parse().map_err(|_| StaffProblem::Listing)?;
        match cursor.epoch.is_some_and(|of| of == epoch) {
            true => Ok(cursor.position),
            false => Err(Problem::AnotherListing),
        }
    };
    match (after, before) {
        (None, None) => Ok(Place::After(0)),
        (Some(after), None) => position(after).map(Place::After),
        (None, Some(before)) if before == "end" => Ok(Place::Before(i64::MAX)),
        (None, Some(before)) => position(before).map(Place::Before),
        (Some(_), Some(_)) => Err(StaffProblem::Listing.into()),
    }
}

/// The position to go on from after a page.
fn next_position(place: Place, page: &[Sealed]) -> i64 {
    match (page.last(), place) {
        (Some(last), _) => last.entry.position,
        // Nothing comes before the first position; what arrives from now on is not before the end.
        (None, Place::Before(i64::MAX)) => 0,
        (None, Place::After(position) | Place::Before(position)) => position,
    }
}
