//! The queries about notices and alarms, which are the same for both databases.

use std::time::Duration;

/// The longest time for which a channel's notices are postponed.
pub const MAX_PAUSE: Duration = Duration::from_secs(60 * 60);

/// The shortest time between two alarms of a channel.
pub(super) const ALARM_PAUSE: time::Duration = time::Duration::DAY;

/// Methods of a database that has the pools `reading` and `writing`.
macro_rules! notice_queries {
    ($database:ty, id: $Id:ty) => {
        impl $database {
            pub(super) async fn claim_notice(
                &self,
                channel: Channel,
                now: OffsetDateTime,
                until: OffsetDateTime,
            ) -> Result<Option<Notice>, StoreError> {
                // A moment far ahead was set by a wrong clock.
                let take = "UPDATE notice_channels SET attempts = attempts + 1, due_at = $3 \
                            WHERE channel = $1 AND (due_at <= $2 OR due_at > $4) \
                            AND EXISTS (SELECT 1 FROM notices WHERE channel = $1) \
                            RETURNING attempts";
                let gather = "SELECT position, request_id, \
                              (SELECT COUNT(*) FROM notices WHERE channel = $1) \
                              FROM notices WHERE channel = $1 ORDER BY position DESC LIMIT 1";
                let attempts: Option<i64> = sqlx::query_scalar(take)
                    .bind(channel.as_str())
                    .bind(now.unix_timestamp())
                    .bind(until.unix_timestamp())
                    .bind((now + MAX_PAUSE).unix_timestamp())
                    .fetch_optional(&self.writing)
                    .await?;
                let Some(attempts) = attempts else { return Ok(None) };
                let row: Option<NoticeRow<$Id>> = sqlx::query_as(gather)
                    .bind(channel.as_str())
                    .fetch_optional(&self.reading)
                    .await?;
                row.map(|row| Notice::from_row(channel, attempts, row)).transpose()
            }

            pub(super) async fn postpone_notices(
                &self,
                channel: Channel,
                due_at: OffsetDateTime,
            ) -> Result<(), StoreError> {
                let update = "UPDATE notice_channels SET due_at = $2 WHERE channel = $1";
                let due_at = due_at.unix_timestamp();
                sqlx::query(update).bind(channel.as_str()).bind(due_at).execute(&self.writing).await?;
                Ok(())
            }

            pub(super) async fn settle_notice(
                &self,
                notice: &Notice,
                due_at: OffsetDateTime,
            ) -> Result<(), StoreError> {
                // First the pause: if the process dies between the two, the notice is sent again after
                // it, under the same id.
                let pause = "UPDATE notice_channels SET attempts = 0, due_at = $2 \
                             WHERE channel = $1";
                let delete = "DELETE FROM notices WHERE channel = $1 AND position <= $2";
                let channel = notice.channel.as_str();
                let due_at = due_at.unix_timestamp();
                sqlx::query(pause).bind(channel).bind(due_at).execute(&self.writing).await?;
                let delete = sqlx::query(delete).bind(channel).bind(notice.position);
                delete.execute(&self.writing).await?;
                Ok(())
            }

            pub(super) async fn pending_notices(
                &self,
                channel: Channel,
                now: OffsetDateTime,
            ) -> Result<u64, StoreError> {
                let count = "SELECT COUNT(*) FROM notices WHERE channel = $1 AND EXISTS \
                             (SELECT 1 FROM notice_channels \
                              WHERE channel = $1 AND (attempts > 0 OR due_at <= $2))";
                let count: i64 = sqlx::query_scalar(count)
                    .bind(channel.as_str())
                    .bind(now.unix_timestamp())
                    .fetch_one(&self.reading)
                    .await?;
                Ok(count.unsigned_abs())
            }

            pub(super) async fn oldest_new(&self) -> Result<Option<OffsetDateTime>, StoreError> {
                let select = "SELECT MIN(received_at) FROM requests WHERE state = 'new'";
                let oldest: Option<i64> =
                    sqlx::query_scalar(select).fetch_one(&self.reading).await?;
                oldest.map(moment).transpose()
            }

            pub(super) async fn unread(
                &self,
                until: OffsetDateTime,
            ) -> Result<Option<Unread>, StoreError> {
                let select = "SELECT id, received_at, (SELECT COUNT(*) FROM requests \
                              WHERE state = 'new' AND received_at <= $1) \
                              FROM requests WHERE state = 'new' AND received_at <= $1 \
                              ORDER BY received_at, position LIMIT 1";
                let row: Option<UnreadRow<$Id>> = sqlx::query_as(select)
                    .bind(until.unix_timestamp())
                    .fetch_optional(&self.reading)
                    .await?;
                row.map(Unread::from_row).transpose()
            }

            pub(super) async fn claim_alarm(
                &self,
                channel: Channel,
                now: OffsetDateTime,
                until: OffsetDateTime,
            ) -> Result<Option<Alarm>, StoreError> {
                // Moments far ahead were set by a wrong clock.
                let take = "UPDATE unread_alarms SET attempts = attempts + 1, due_at = $3 \
                            WHERE channel = $1 AND (due_at <= $2 OR due_at > $4) \
                            AND (sent_at <= $5 OR sent_at > $6) \
                            RETURNING attempts, sent_at";
                let row: Option<(i64, i64)> = sqlx::query_as(take)
                    .bind(channel.as_str())
                    .bind(now.unix_timestamp())
                    .bind(until.unix_timestamp())
                    .bind((now + MAX_PAUSE).unix_timestamp())
                    .bind(now.saturating_sub(ALARM_PAUSE).unix_timestamp())
                    .bind(now.saturating_add(ALARM_PAUSE).unix_timestamp())
                    .fetch_optional(&self.writing)
                    .await?;
                row.map(Alarm::from_row).transpose()
            }

            pub(super) async fn postpone_alarm(
                &self,
                channel: Channel,
                due_at: OffsetDateTime,
            ) -> Result<(), StoreError> {
                let update = "UPDATE unread_alarms SET due_at = $2 WHERE channel = $1";
                let update =
                    sqlx::query(update).bind(channel.as_str()).bind(due_at.unix_timestamp());
                update.execute(&self.writing).await?;
                Ok(())
            }

            pub(super) async fn settle_alarm(
                &self,
                channel: Channel,
                sent_at: OffsetDateTime,
            ) -> Result<(), StoreError> {
                let update = "UPDATE unread_alarms SET attempts = 0, due_at = 0, sent_at = $2 \
                              WHERE channel = $1";
                let update =
                    sqlx::query(update).bind(channel.as_str()).bind(sent_at.unix_timestamp());
                update.execute(&self.writing).await?;
                Ok(())
            }
        }
    };
}
pub(super) use notice_queries;
