//! Upkeep at the start and every hour: deletes settled requests after the set time, and trials that were cut off;
//! erases deleted ones from SQLite's log; warns (daily) of keys that expire.

use std::time::Duration;

use guide_core::request::form::CalendarDate;
use time::OffsetDateTime;

use crate::keys::{ExpiringKey, KnownKeys};
use crate::settings::Retention;
use crate::store::{Clock, Store, StoreError};

const HOUR: Duration = Duration::from_secs(60 * 60);
const HOURS_OF_A_DAY: u32 = 24;

/// A longer time since the service last ran counts as a jump of the clock. Late deletion can be made
/// up for; early deletion, by a machine whose clock is a year ahead at boot, cannot.
const MAX_GAP: time::Duration = time::Duration::days(3);
/// The time after a jump in which the clock can be corrected, before it is believed.
const HOLD: time::Duration = time::Duration::days(3);

/// A request that was settled longer before its receipt was settled by a clock that was wrong: none that
/// is right steps back so far.
const CLOCK_SLACK: time::Duration = time::Duration::days(1);

/// The outcome of deleting settled requests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purge {
    /// So many requests were deleted.
    Deleted(u64),
    /// None was, because the clock jumped ahead.
    Held {
        /// When the service last ran, by its clock.
        last_ran: Option<OffsetDateTime>,
        /// When deleting goes on.
        until: OffsetDateTime,
    },
}

/// Runs the upkeep now and every hour after. Ends with the process.
pub async fn run(store: Store, retention: Retention, keys: KnownKeys) {
    for hour in (0..HOURS_OF_A_DAY).cycle() {
        let now = OffsetDateTime::now_utc();
        if hour == 0 {
            warn_of_expiry(&keys, now);
        }
        match delete_settled(&store, retention, now).await {
            Ok(Purge::Deleted(0)) => {}
            Ok(Purge::Deleted(deleted)) => {
                tracing::info!(deleted, "settled requests deleted after the set time");
            }
            Ok(Purge::Held { last_ran, until }) => {
                let last_ran = last_ran.map(tracing::field::display);
                tracing::error!(
                    last_ran,
                    %now,
                    %until,
                    "the clock jumped ahead: settled requests are kept until it is sure; check it"
                );
            }
            Err(error) => {
                tracing::error!(%error, "settled requests cannot be deleted; tried again in an hour");
            }
        }
        match store.delete_left_trials(now).await {
            Ok(0) => {}
            Ok(left) => tracing::info!(left, "trials that were cut off are deleted"),
            Err(error) => tracing::error!(%error, "trials that were cut off cannot be deleted"),
        }
        // A backup or a long query may have been reading when something was deleted.
        if let Err(error) = store.erase_deleted().await {
            tracing::error!(%error, "deleted requests cannot be erased; tried again in an hour");
        }
        tokio::time::sleep(HOUR).await;
    }
}

/// Deletes the requests whose retention is over, unless the clock has jumped.
///
/// # Errors
/// An error if the store is unavailable.
pub async fn delete_settled(
    store: &Store,
    retention: Retention,
    now: OffsetDateTime,
) -> Result<Purge, StoreError> {
    let before = store.clock().await?;
    let until = before.map_or(now, |clock| held_until(clock, now));
    store.set_clock(Clock { seen_at: now, held_until: until }).await?;
    if until > now {
        return Ok(Purge::Held { last_ran: before.map(|clock| clock.seen_at), until });
    }
    let dated = store.date_settled_anew(now, CLOCK_SLACK).await?;
    if dated > 0 {
        tracing::warn!(
            requests = dated,
            "these were settled while the clock was far behind: their retention begins now"
        );
    }
    let Retention::Days(days) = retention else { return Ok(Purge::Deleted(0)) };
    // A retention longer than the calendar reaches back is forever, too.
    match now.checked_sub(time::Duration::days(days.into())) {
        Some(moment) => Ok(Purge::Deleted(store.delete_settled_before(moment).await?)),
        None => Ok(Purge::Deleted(0)),
    }
}

/// The moment before which nothing is deleted.
fn held_until(clock: Clock, now: OffsetDateTime) -> OffsetDateTime {
    let hold = now.saturating_add(HOLD);
    let jumped = now - clock.seen_at > MAX_GAP;
    // Never longer than from now on: a corrected clock is not held to its earlier time.
    if jumped { hold } else { clock.held_until.min(hold) }
}

fn warn_of_expiry(keys: &KnownKeys, now: OffsetDateTime) {
    let Some(today) = CalendarDate::of_unix_time(now.unix_timestamp()) else { return };
    for ExpiringKey { kid, notice } in keys.expiring(today) {
        tracing::warn!("key {kid} {notice}");
    }
}
