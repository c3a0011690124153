//! Stored requests, tokens and notices, as Rust sees them.

use std::ops::Range;

use clinic_core::state::State;
use guide_core::request::form::CalendarDate;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use super::error::StoreError;
use crate::tokens::Scopes;

/// The outcome of inserting an envelope.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InsertOutcome {
    /// It is on disk now.
    Created(OffsetDateTime),
    /// The same bytes were stored before, at that time.
    Duplicate(OffsetDateTime),
    /// Other bytes were stored before under this id; nothing was changed.
    Conflict,
}

/// A channel for notices of new requests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Channel {
    /// By e-mail.
    Email,
    /// By a signed webhook.
    Webhook,
}

/// A stored request, without its envelope.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its place in the order of arrival, from 1; never given twice.
    pub position: i64,
    /// The request's id.
    pub id: Uuid,
    /// When it was received, UTC, in whole seconds.
    pub received_at: OffsetDateTime,
    /// Its state with the clinic.
    pub state: State,
    /// The time of its last change of state, UTC, in whole seconds.
    pub changed_at: OffsetDateTime,
    /// Size of the envelope, in bytes.
    pub bytes: u32,
    /// The name of the token that has it; `None` if nobody has.
    pub holder: Option<String>,
    /// How often somebody tried to reach the patient.
    pub tries: u32,
    /// From 1, and one more with each change of state.
    pub version: i64,
    /// The number of its sealed notes.
    pub notes: u32,
}

/// A filter of stored requests: all that meet every condition given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Only those of this state.
    pub state: Option<State>,
    /// Only those received at this moment or later.
    pub received_from: Option<OffsetDateTime>,
    /// Only those received before this moment.
    pub received_before: Option<OffsetDateTime>,
}

/// The requests that a [`Filter`] matched at one moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Matching {
    /// Their number.
    pub count: u64,
    /// The position of the last one; 0 where there is none.
    pub last_position: i64,
}

/// A stored request with its envelope, as it was received.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sealed {
    /// The request, without its envelope.
    pub entry: Entry,
    /// The bytes that were posted.
    pub envelope: Vec<u8>,
}

/// The precision of the last use of a token: more often it is not written.
pub const USE_PRECISION: Duration = Duration::MINUTE;

/// A token of the staff, by its name; the token itself is known to nobody but its holder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// Its name.
    pub name: String,
    /// When it was made, UTC, in whole seconds.
    pub created_at: OffsetDateTime,
    /// Its scopes.
    pub scopes: Scopes,
    /// The last day on which it can be used, UTC; `None` for ever.
    pub expires: Option<CalendarDate>,
    /// Its last use, to [`USE_PRECISION`]; `None` before the first.
    pub used_at: Option<OffsetDateTime>,
}

/// A trial of storing that succeeded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trial {
    /// When, UTC, in whole seconds.
    pub tried_at: OffsetDateTime,
    /// The name of whoever made it.
    pub by: String,
}

/// When the service last ran, by its clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clock {
    /// The last time that it ran, UTC, in whole seconds.
    pub seen_at: OffsetDateTime,
    /// Settled requests are not deleted before this moment.
    pub held_until: OffsetDateTime,
}

/// A notice to be sent by one channel, of all requests that it has sent none of yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Notice {
    /// The channel.
    pub channel: Channel,
    /// The number of requests that arrived.
    pub requests: u64,
    /// The last of them.
    pub request_id: Uuid,
    /// The place of that one among the channel's notices.
    pub position: i64,
    /// Attempts of the channel since its last success, this one included.
    pub attempts: u32,
}

/// Requests that have been new since a moment or longer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unread {
    /// Their number.
    pub count: u64,
    /// The oldest of them.
    pub oldest: Uuid,
    /// When that one was received.
    pub received_at: OffsetDateTime,
}

/// The alarm of a channel about unread requests, to be sent now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Alarm {
    /// Attempts since its last success, this one included.
    pub attempts: u32,
    /// That success; 1970 where there was none.
    pub sent_at: OffsetDateTime,
}

impl InsertOutcome {
    /// Returns `true` if this call stored the envelope.
    pub(super) const fn is_created(&self) -> bool {
        matches!(self, Self::Created(_))
    }
}

impl Channel {
    /// The name, as it is stored.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Webhook => "webhook",
        }
    }
}

/// The columns of an [`Unread`]: the oldest id, when that was received, the number.
pub(super) type UnreadRow<Id> = (Id, i64, i64);
/// The columns of a [`Notice`]: its position, its request's id, the number of requests.
pub(super) type NoticeRow<Id> = (i64, Id, i64);

/// The columns of a [`Token`]: name, created_at, scopes, expires, used_at.
pub(super) type TokenRow = (String, i64, String, Option<String>, Option<i64>);

impl Filter {
    /// The bounds of the time of receipt, in seconds since 1970.
    pub(super) fn bounds(&self) -> Range<i64> {
        let seconds = OffsetDateTime::unix_timestamp;
        // Stored moments are whole seconds, so a bound within a second is rounded up.
        let before = self.received_before.map(|it| seconds(it) + i64::from(it.nanosecond() > 0));
        let from = self.received_from.map(|it| seconds(it) + i64::from(it.nanosecond() > 0));
        from.unwrap_or(i64::MIN)..before.unwrap_or(i64::MAX)
    }
}

impl Notice {
    pub(super) fn from_row<Id: Into<Uuid>>(
        channel: Channel,
        attempts: i64,
        row: NoticeRow<Id>,
    ) -> Result<Self, StoreError> {
        let (position, id, requests) = row;
        let attempts = attempts.try_into().map_err(StoreError::decoding)?;
        let requests = requests.unsigned_abs();
        Ok(Self { channel, requests, request_id: id.into(), position, attempts })
    }
}

impl Unread {
    pub(super) fn from_row<Id: Into<Uuid>>(row: UnreadRow<Id>) -> Result<Self, StoreError> {
        let (oldest, received_at, count) = row;
        let received_at = moment(received_at)?;
        Ok(Self { count: count.unsigned_abs(), oldest: oldest.into(), received_at })
    }
}

impl Alarm {
    pub(super) fn from_row((attempts, sent_at): (i64, i64)) -> Result<Self, StoreError> {
        let attempts = attempts.try_into().map_err(StoreError::decoding)?;
        Ok(Self { attempts, sent_at: moment(sent_at)? })
    }
}

impl Token {
    pub(super) fn from_row(row: TokenRow) -> Result<Self, StoreError> {
        let (name, created_at, scopes, expires, used_at) = row;
        let day = |day: String| day.parse().map_err(|_| StoreError::decoding("no such day"));
        Ok(Self {
            name,
            created_at: moment(created_at)?,
            scopes: scopes.parse().map_err(StoreError::decoding)?,
            expires: expires.map(day).transpose()?,
            used_at: used_at.map(moment).transpose()?,
        })
    }

    /// Returns `true` if it cannot be used any more.
    pub fn has_expired(&self, now: OffsetDateTime) -> bool {
        let Some(last) = self.expires else { return false };
        // Beyond the calendar every day is past.
        CalendarDate::of_unix_time(now.unix_timestamp()).is_none_or(|today| today > last)
    }

    /// Returns `true` if a use now is to be stored. One in the future was stored by a wrong clock.
    pub(super) fn is_use_due(&self, now: OffsetDateTime) -> bool {
        self.used_at.is_none_or(|used_at| now < used_at || now - used_at >= USE_PRECISION)
    }
}

/// A moment as it is stored.
pub(super) fn moment(seconds: i64) -> Result<OffsetDateTime, StoreError> {
    OffsetDateTime::from_unix_timestamp(seconds).map_err(StoreError::decoding)
}
