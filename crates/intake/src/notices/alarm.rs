//! The alarm about requests that nobody took up.

use time::OffsetDateTime;

use super::channels::{Channels, LEASE, log_failure, wait};
use super::content::NoticeContent;
use super::error::{NoticeError, TIME_LIMIT};
use crate::store::{Channel, Store, StoreError};

impl Channels {
    /// Tries once to send a channel's alarm about requests that were new for the set number of working
    /// days: at most once in 24 hours, whichever processes share the store.
    /// Returns `true` if there was one to send.
    ///
    /// # Errors
    /// An error if the store is unavailable.
    pub async fn send_alarm(
        &self,
        store: &Store,
        channel: Channel,
        now: OffsetDateTime,
    ) -> Result<bool, StoreError> {
        if !self.names().contains(&channel) {
            return Ok(false);
        }
        // Looked at first: claiming locks the database.
        let Some(unread) = store.unread(self.unread_after.before(now)).await? else {
            return Ok(false);
        };
        let Some(alarm) = store.claim_alarm(channel, now, now + LEASE).await? else {
            return Ok(false);
        };
        let content = NoticeContent::of_alarm(channel, &alarm, &unread, now);
        let (name, attempts) = (channel.as_str(), alarm.attempts);
        match tokio::time::timeout(TIME_LIMIT, self.send(channel, &content)).await {
            Ok(Some(Ok(()))) => {
                tracing::warn!(
                    channel = name,
                    requests = unread.count,
                    "unread requests: notice sent"
                );
                store.settle_alarm(channel, now).await?;
                return Ok(true);
            }
            Ok(Some(Err(error))) => log_failure(name, attempts, &error),
            Err(_) => log_failure(name, attempts, &NoticeError::TimeLimit),
            Ok(None) => {}
        }
        store.postpone_alarm(channel, now + wait(attempts)).await?;
        Ok(true)
    }
}
