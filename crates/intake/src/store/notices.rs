//! Notices of new requests, stored with them until they are sent, and alarms about those that stay new.

use time::OffsetDateTime;

use super::Store;
use super::backend::{Backend, of_either};
use super::entry::{Alarm, Channel, Notice, Unread};
use super::error::StoreError;

impl Store {
    /// Claims the notice that a channel is to send now, of all requests that it has sent none of.
    /// `None` if there is none, or it is not due. The claim ends at `until`: a sender that dies
    /// meanwhile loses nothing, and no two senders have the same notice before that.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn claim_notice(
        &self,
        channel: Channel,
        now: OffsetDateTime,
        until: OffsetDateTime,
    ) -> Result<Option<Notice>, StoreError> {
        of_either!(&self.backend, claim_notice(channel, now, until))
    }

    /// Postpones the notices of a channel, by at most [`MAX_PAUSE`](super::MAX_PAUSE).
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn postpone_notices(
        &self,
        channel: Channel,
        due_at: OffsetDateTime,
    ) -> Result<(), StoreError> {
        of_either!(&self.backend, postpone_notices(channel, due_at))
    }

    /// Deletes a notice that was sent. The channel's next one is due at `due_at`, in at most
    /// [`MAX_PAUSE`](super::MAX_PAUSE).
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn settle_notice(
        &self,
        notice: &Notice,
        due_at: OffsetDateTime,
    ) -> Result<(), StoreError> {
        of_either!(&self.backend, settle_notice(notice, due_at))
    }

    /// Counts the requests whose notice, by a channel that is set, is due or has failed. Those that are
    /// being gathered are not among them.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn pending_notices(&self) -> Result<u64, StoreError> {
        let mut pending = 0;
        for channel in self.arrivals.channels.iter() {
            let now = OffsetDateTime::now_utc();
            pending += of_either!(&self.backend, pending_notices(*channel, now))?;
        }
        Ok(pending)
    }

    /// When the oldest of the requests that are new was received; `None` where none is.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn oldest_new(&self) -> Result<Option<OffsetDateTime>, StoreError> {
        of_either!(&self.backend, oldest_new())
    }

    /// The requests that are new, and were received at a moment or before.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn unread(&self, until: OffsetDateTime) -> Result<Option<Unread>, StoreError> {
        of_either!(&self.backend, unread(until))
    }

    /// Claims the alarm of a channel, at most once a day. `None` where it is not due. The claim ends
    /// at `until`, as that of a notice does.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn claim_alarm(
        &self,
        channel: Channel,
        now: OffsetDateTime,
        until: OffsetDateTime,
    ) -> Result<Option<Alarm>, StoreError> {
        of_either!(&self.backend, claim_alarm(channel, now, until))
    }

    /// Postpones the alarm of a channel, by at most [`MAX_PAUSE`](super::MAX_PAUSE).
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn postpone_alarm(
        &self,
        channel: Channel,
        due_at: OffsetDateTime,
    ) -> Result<(), StoreError> {
        of_either!(&self.backend, postpone_alarm(channel, due_at))
    }

    /// Stores that the alarm of a channel was sent.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn settle_alarm(
        &self,
        channel: Channel,
        sent_at: OffsetDateTime,
    ) -> Result<(), StoreError> {
        of_either!(&self.backend, settle_alarm(channel, sent_at))
    }
}
