//! What is stored, as Rust sees it.

use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use sqlx::migrate::MigrateError;
use time::OffsetDateTime;
use uuid::Uuid;

/// What became of an envelope that was brought.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// It is on disk now.
    Now(OffsetDateTime),
    /// The same bytes were stored before, at that time.
    Before(OffsetDateTime),
    /// Other bytes were stored before under this id; nothing was changed.
    Otherwise,
}

/// Where a request stands with the clinic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// Nobody has taken it up yet.
    New,
    /// The patient was contacted.
    Contacted,
    /// Nothing is left to do; it is deleted after the set time.
    Closed,
}

/// By what a notice of a new request goes out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Channel {
    /// By e-mail.
    Email,
    /// By a signed webhook.
    Webhook,
}

/// A stored request, without its envelope.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its place in the order of arrival, from 1; never given twice.
    pub position: i64,
    /// The request's id.
    pub id: Uuid,
    /// When it was received, UTC, in whole seconds.
    pub received_at: OffsetDateTime,
    /// Where it stands with the clinic.
    pub state: State,
    /// Since when it stands there, UTC, in whole seconds.
    pub changed_at: OffsetDateTime,
    /// Size of the envelope, in bytes.
    pub bytes: u32,
}

/// A stored request with its envelope, as it was received.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sealed {
    /// What is known of it from outside.
    pub entry: Entry,
    /// The bytes that were posted.
    pub envelope: Vec<u8>,
}

/// A token of the staff, by its name; the token itself is known to nobody but its holder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// What it is called.
    pub name: String,
    /// When it was made, UTC, in whole seconds.
    pub created_at: OffsetDateTime,
}

/// When the service last ran, by its clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clock {
    /// That moment, UTC, in whole seconds.
    pub seen_at: OffsetDateTime,
    /// Closed requests are not deleted before this moment.
    pub held_until: OffsetDateTime,
}

/// A notice to be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Notice {
    /// What it is called in the store.
    pub position: i64,
    /// The request that arrived.
    pub request_id: Uuid,
    /// By what it goes out.
    pub channel: Channel,
    /// How often it was taken to be sent, this time included.
    pub attempts: u32,
}

/// Why the store did not do what it was asked to. Nothing is ever half-stored.
#[derive(Clone, Debug, thiserror::Error)]
pub enum StoreError {
    /// There is no file to read.
    #[error("there is no database at {}", .0.display())]
    Missing(PathBuf),
    /// The file cannot be made.
    #[error("cannot make the database: {0}")]
    Make(Arc<io::Error>),
    /// The tables cannot be brought to this program's form.
    #[error("cannot migrate the database: {0}")]
    Migrate(Arc<MigrateError>),
    /// The tables are of an older release, whose service may be running.
    #[error(
        "the database was made by an older release: start the service of this release first, which \
         brings it up to date"
    )]
    Older,
    /// Locked too long, full, read-only, damaged, or away.
    #[error("the database does not answer: {0}")]
    Unavailable(Arc<sqlx::Error>),
}

impl Kept {
    /// Whether the envelope was stored by this call.
    pub(super) const fn is_now(&self) -> bool {
        matches!(self, Self::Now(_))
    }
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        Self::Unavailable(Arc::new(error))
    }
}

impl From<MigrateError> for StoreError {
    fn from(error: MigrateError) -> Self {
        Self::Migrate(Arc::new(error))
    }
}

impl StoreError {
    /// What is stored is not what this program stores.
    fn decoding(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        sqlx::Error::Decode(error.into()).into()
    }
}

impl State {
    /// As it is stored.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Contacted => "contacted",
            Self::Closed => "closed",
        }
    }

    fn parse(stored: &str) -> Result<Self, StoreError> {
        [Self::New, Self::Contacted, Self::Closed]
            .into_iter()
            .find(|state| state.as_str() == stored)
            .ok_or_else(|| StoreError::decoding("no such state"))
    }
}

impl Channel {
    /// As it is stored.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Webhook => "webhook",
        }
    }

    fn parse(stored: &str) -> Result<Self, StoreError> {
        [Self::Email, Self::Webhook]
            .into_iter()
            .find(|channel| channel.as_str() == stored)
            .ok_or_else(|| StoreError::decoding("no such channel"))
    }
}

/// The columns of an [`Entry`]: position, id, received_at, state, changed_at, bytes.
pub(super) type EntryRow<Id> = (i64, Id, i64, String, i64, i64);
/// The columns of a [`Sealed`]: those of [`EntryRow`] and the envelope.
pub(super) type SealedRow<Id> = (i64, Id, i64, String, i64, i64, Vec<u8>);
/// The columns of a [`Notice`].
pub(super) type NoticeRow<Id> = (i64, Id, String, i64);

impl Entry {
    pub(super) fn from_row<Id: Into<Uuid>>(row: EntryRow<Id>) -> Result<Self, StoreError> {
        let (position, id, received_at, state, changed_at, bytes) = row;
        Ok(Self {
            position,
            id: id.into(),
            received_at: moment(received_at)?,
            state: State::parse(&state)?,
            changed_at: moment(changed_at)?,
            bytes: bytes.try_into().map_err(StoreError::decoding)?,
        })
    }
}

impl Sealed {
    pub(super) fn from_row<Id: Into<Uuid>>(row: SealedRow<Id>) -> Result<Self, StoreError> {
        let (position, id, received_at, state, changed_at, bytes, envelope) = row;
        let entry = Entry::from_row((position, id, received_at, state, changed_at, bytes))?;
        Ok(Self { entry, envelope })
    }
}

impl Notice {
    pub(super) fn from_row<Id: Into<Uuid>>(row: NoticeRow<Id>) -> Result<Self, StoreError> {
        let (position, id, channel, attempts) = row;
        let attempts = attempts.try_into().map_err(StoreError::decoding)?;
        let channel = Channel::parse(&channel)?;
        Ok(Self { position, request_id: id.into(), channel, attempts })
    }
}

/// A moment as it is stored.
pub(super) fn moment(seconds: i64) -> Result<OffsetDateTime, StoreError> {
    OffsetDateTime::from_unix_timestamp(seconds).map_err(StoreError::decoding)
}
