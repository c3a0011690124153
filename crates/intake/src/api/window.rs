//! The time that the limits of requests are for.

use std::num::NonZeroU32;
use std::time::Duration;

use governor::Quota;

/// The time that the limits of requests in the settings are for.
const WINDOW: Duration = Duration::from_secs(600);

/// A quota of so many requests at once, and as many again in each window.
pub(super) fn quota(requests: NonZeroU32) -> Quota {
    let refill = WINDOW / requests.get();
    let quota = Quota::with_period(refill).unwrap_or(Quota::per_second(requests));
    quota.allow_burst(requests)
}
