//! What the service does once a day, and when it starts: deletes closed requests after the set time,
//! and says in the log which keys expire.

use std::time::Duration;

use guide_core::request::form::CalendarDate;
use time::OffsetDateTime;

use crate::keys::KnownKeys;
use crate::settings::Retention;
use crate::store::{Store, StoreError};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);
/// Until the next try where the store did not answer.
const HOUR: Duration = Duration::from_secs(60 * 60);

/// Does it now and every day after. Ends with the process.
pub async fn run(store: Store, retention: Retention, keys: KnownKeys) {
    loop {
        let now = OffsetDateTime::now_utc();
        warn_of_expiry(&keys, now);
        let pause = match delete_closed(&store, retention, now).await {
            Ok(0) => DAY,
            Ok(deleted) => {
                tracing::info!(deleted, "closed requests deleted after the set time");
                DAY
            }
            Err(error) => {
                tracing::error!(%error, "closed requests cannot be deleted; tried again in an hour");
                HOUR
            }
        };
        tokio::time::sleep(pause).await;
    }
}

/// Deletes the requests that were closed longer ago than is kept; how many.
///
/// # Errors
/// Where the store does not answer.
pub async fn delete_closed(
    store: &Store,
    retention: Retention,
    now: OffsetDateTime,
) -> Result<u64, StoreError> {
    let Retention::Days(days) = retention else { return Ok(0) };
    // Longer than the calendar reaches back is forever, too.
    match now.checked_sub(time::Duration::days(days.into())) {
        Some(moment) => store.delete_closed_before(moment).await,
        None => Ok(0),
    }
}

fn warn_of_expiry(keys: &KnownKeys, now: OffsetDateTime) {
    let Some(today) = CalendarDate::of_unix_time(now.unix_timestamp()) else { return };
    for (kid, notice) in keys.expiring(today) {
        tracing::warn!("key {kid} {notice}");
    }
}
