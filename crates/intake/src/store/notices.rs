//! Notices of new requests, stored with them until they are sent.

use time::OffsetDateTime;

use super::Store;
use super::backend::{Backend, of_either};
use super::entry::{Channel, Notice};
use super::error::StoreError;

impl Store {
    /// Takes the notice that a channel is to send now, of all requests that it has not told of; `None`
    /// where there is none, or it is not due. The next is due at `until`: a sender that dies meanwhile
    /// loses none, and no two senders have the same before that.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn take_notice(
        &self,
        channel: Channel,
        now: OffsetDateTime,
        until: OffsetDateTime,
    ) -> Result<Option<Notice>, StoreError> {
        of_either!(&self.backend, take_notice(channel, now, until))
    }

    /// Puts off what a channel has to send, by at most [`LONGEST_PAUSE`].
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn put_off_notices(
        &self,
        channel: Channel,
        due_at: OffsetDateTime,
    ) -> Result<(), StoreError> {
        of_either!(&self.backend, put_off_notices(channel, due_at))
    }

    /// Deletes a notice that was sent. The channel's next one is due at `due_at`, in at most
    /// [`LONGEST_PAUSE`].
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

    /// Counts the requests that nobody was notified of though their channel is due or fails. Those that
    /// are being gathered are not among them.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn waiting_notices(&self) -> Result<u64, StoreError> {
        of_either!(&self.backend, waiting_notices(OffsetDateTime::now_utc()))
    }
}
