//! A limit on stored requests, so that a flood does not fill the disk that backups and logs need too.

use std::num::NonZeroU32;
use std::time::Duration;

use tokio::sync::Mutex;
use tokio::time::Instant;

use crate::log::LogThrottle;
use crate::metrics::Metrics;
use crate::store::{Store, StoreError};

/// The time for which a count is used while there is room; other processes may store meanwhile.
const COUNT_AGE: Duration = Duration::from_secs(10);
/// The time for which it is used while there is none: a deletion makes room at once.
const FULL_COUNT_AGE: Duration = Duration::from_secs(1);
/// Pause between two warnings that there will be no room soon.
const WARNING_PAUSE: Duration = Duration::from_secs(60 * 60);

/// The approximate number of stored requests, and its maximum.
#[derive(Debug)]
pub(super) struct StorageQuota {
    max: u64,
    metrics: Metrics,
    counted: Mutex<Option<Count>>,
    full: LogThrottle,
    nearly_full: LogThrottle,
}

/// A count of the stored requests.
#[derive(Clone, Copy, Debug)]
struct Count {
    stored: u64,
    made_at: Instant,
}

impl StorageQuota {
    pub fn new(max: NonZeroU32, metrics: Metrics) -> Self {
        let (full, nearly_full) = (LogThrottle::default(), LogThrottle::every(WARNING_PAUSE));
        Self { max: max.get().into(), metrics, counted: Mutex::default(), full, nearly_full }
    }

    /// Returns `true` if one more may be stored. Warns in the log if not, or soon not.
    pub async fn has_room(&self, store: &Store) -> Result<bool, StoreError> {
        let stored = self.count(store).await?;
        if stored >= self.max && self.full.is_due() {
            tracing::warn!(
                stored,
                "as many requests are stored as max_requests allows: new ones are refused with 503 \
                 until some are deleted (see `intake delete`)"
            );
        } else if stored >= self.max / 10 * 9 && self.nearly_full.is_due() {
            tracing::warn!(
                stored,
                max_requests = self.max,
                "there is little room for more requests"
            );
        }
        Ok(stored < self.max)
    }

    /// Counts one that was stored just now.
    pub async fn stored_one(&self) {
        if let Some(count) = &mut *self.counted.lock().await {
            count.stored += 1;
        }
    }

    /// The number of stored requests, for the metrics too. Callers that come during a count share it.
    pub async fn count(&self, store: &Store) -> Result<u64, StoreError> {
        let mut counted = self.counted.lock().await;
        let max_age = |stored| if stored < self.max { COUNT_AGE } else { FULL_COUNT_AGE };
        let count = match counted.filter(|it| it.made_at.elapsed() < max_age(it.stored)) {
            Some(known) => known,
            None => Count { stored: store.count().await?, made_at: Instant::now() },
        };
        *counted = Some(count);
        self.metrics.stored(count.stored, self.max);
        Ok(count.stored)
    }
}
