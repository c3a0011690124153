//! `GET /v1/status`: how the service is, for the staff.

use axum::Json;
use axum::extract::State;
use guide_core::key::{ExpiryNotice, PublicKey};
use guide_core::request::form::CalendarDate;
use serde::Serialize;
use time::{Date, OffsetDateTime, Time};
use utoipa::ToSchema;

use super::access::Staff;
use super::json::moment;
use super::problem::Problem;
use super::refused::Counts;
use super::state::Intake;
use super::tokens::today;
use crate::store::Trial;
use crate::tokens::Scope;

/// How the service is.
#[derive(Debug, Serialize, ToSchema)]
pub struct Status {
    /// The service's clock; RFC 3339, UTC, whole seconds.
    #[schema(format = DateTime)]
    now: String,
    /// The number of requests that are new.
    new: u64,
    /// When the oldest of them was received; RFC 3339, UTC. `null` where none is.
    #[schema(format = DateTime)]
    oldest_new: Option<String>,
    /// The moment that the last backup is of; RFC 3339, UTC. `null` where none was noted.
    #[schema(format = DateTime)]
    last_backup: Option<String>,
    /// The last trial that succeeded; `null` before the first.
    last_trial: Option<LastTrial>,
    /// The keys that requests may be sealed for. Without any, every request is refused.
    keys: Vec<KeyStatus>,
    /// What the public listener refused.
    refused: Refused,
    /// Requests can be stored: a write within the last second proved it, and there is room.
    can_store: bool,
}

/// The last trial that succeeded.
#[derive(Debug, Serialize, ToSchema)]
pub struct LastTrial {
    /// RFC 3339, UTC, whole seconds.
    #[schema(format = DateTime)]
    at: String,
    /// The name of the token that it came with.
    by: String,
}

/// A key that requests may be sealed for.
#[derive(Debug, Serialize, ToSchema)]
pub struct KeyStatus {
    /// Its RFC 7638 thumbprint.
    kid: String,
    /// The same as it is read out: 64 hexadecimal digits in groups of four.
    fingerprint: String,
    /// The last day on which the pages seal for it; `null` for ever.
    #[schema(value_type = Option<String>, format = Date)]
    expires: Option<CalendarDate>,
    /// It expires within 30 days, or has; `null` otherwise.
    notice: Option<KeyNotice>,
}

/// A notice that a key expires.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum KeyNotice {
    /// Within 30 days.
    Soon,
    /// It has expired.
    Expired,
}

/// Requests of patients that this process refused since a moment.
#[derive(Debug, Serialize, ToSchema)]
pub struct Refused {
    /// Midnight UTC, or the start of the process, whichever is later; RFC 3339.
    #[schema(format = DateTime)]
    since: String,
    /// The most frequent first.
    reasons: Vec<RefusedFor>,
}

/// The number of requests that were refused for one reason.
#[derive(Debug, Serialize, ToSchema)]
pub struct RefusedFor {
    /// The type of the problem in one word, such as `unknown-recipient`, `too-many` or `not-an-envelope`.
    reason: &'static str,
    /// How often.
    count: u64,
}

/// Say how the service is. The audit does not record it.
#[utoipa::path(
    get,
    path = "/v1/status",
    tag = "people",
    security(("token" = ["list"])),
    responses(
        (status = 200, body = Status),
        Staff,
    )
)]
pub(super) async fn show(
    State(intake): State<Intake>,
    staff: Staff,
) -> Result<Json<Status>, Problem> {
    staff.may(Scope::List, &intake)?;
    let (store, rules) = (&intake.store, &intake.rules);
    let now = OffsetDateTime::now_utc().truncate_to_second();
    let today = today(now)?;
    // Also those that a clock which was put back since has received in the future.
    let unread = store.unread(OffsetDateTime::new_utc(Date::MAX, Time::MAX)).await?;
    let can_store = rules.quota.has_room(store).await? && store.probe().await.is_ok();
    Ok(Json(Status {
        now: moment(now)?,
        new: unread.map_or(0, |unread| unread.count),
        oldest_new: unread.map(|unread| moment(unread.received_at)).transpose()?,
        last_backup: store.last_backup().await?.map(moment).transpose()?,
        last_trial: store.last_trial().await?.map(LastTrial::of).transpose()?,
        keys: rules.keys.iter().map(|key| KeyStatus::of(key, today)).collect(),
        refused: Refused::of(rules.refused.counts(now))?,
        can_store,
    }))
}

impl LastTrial {
    fn of(Trial { tried_at, by }: Trial) -> Result<Self, Problem> {
        Ok(Self { at: moment(tried_at)?, by })
    }
}

impl KeyStatus {
    fn of(key: &PublicKey, today: CalendarDate) -> Self {
        let notice = key.expiry_notice(today).map(|notice| match notice {
            ExpiryNotice::Soon { .. } => KeyNotice::Soon,
            ExpiryNotice::Expired { .. } => KeyNotice::Expired,
        });
        Self { kid: key.kid.clone(), fingerprint: key.fingerprint(), expires: key.expires, notice }
    }
}

impl Refused {
    fn of(Counts { since, reasons }: Counts) -> Result<Self, Problem> {
        let mut reasons: Vec<RefusedFor> =
            reasons.into_iter().map(|(reason, count)| RefusedFor { reason, count }).collect();
        reasons.sort_by(|a, b| b.count.cmp(&a.count).then(a.reason.cmp(b.reason)));
        Ok(Self { since: moment(since.truncate_to_second())?, reasons })
    }
}
