//! Requests of patients that were refused today, by reason: a sign that pages, keys or limits are wrong, before
//! anybody calls.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use axum::extract::{MatchedPath, Request, State};
use axum::http::Method;
use axum::middleware::Next;
use axum::response::Response;
use time::{Duration, OffsetDateTime, Time};

use super::problem::Refusal;

/// The route whose refusals are counted.
const ROUTE: &str = "/v1/requests";
/// A clock that is right does not step back so far.
const MAX_STEP: Duration = Duration::DAY;

/// Counts refused requests since midnight UTC, or the start of the process. All clones count together.
#[derive(Clone, Debug)]
pub struct RefusedToday(Arc<Mutex<Counts>>);

/// Refused requests since a moment, by reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Counts {
    /// Midnight UTC, or the start of the process, whichever is later.
    pub since: OffsetDateTime,
    /// By the type of the problem, in one word.
    pub reasons: BTreeMap<&'static str, u64>,
}

impl RefusedToday {
    pub(super) fn new(now: OffsetDateTime) -> Self {
        Self(Arc::new(Mutex::new(Counts { since: now, reasons: BTreeMap::new() })))
    }

    /// Counts a request.
    fn count(&self, reason: &'static str, now: OffsetDateTime) {
        self.with(now, |counts| *counts.reasons.entry(reason).or_default() += 1);
    }

    /// The counts of today.
    pub(super) fn counts(&self, now: OffsetDateTime) -> Counts {
        let mut counts = self.with(now, |counts| counts.clone());
        counts.since = counts.since.min(now);
        counts
    }

    /// Begins a new day where it is one. Of a clock that steps back nothing is lost and nothing counted twice:
    /// the counts stay, until the clock comes past their midnight again.
    fn with<T>(&self, now: OffsetDateTime, then: impl FnOnce(&mut Counts) -> T) -> T {
        // Nothing panics while it holds the lock, and counts would be right if it did.
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let midnight = now.replace_time(Time::MIDNIGHT);
        if midnight > counts.since {
            *counts = Counts { since: midnight, reasons: BTreeMap::new() };
        } else if counts.since - now > MAX_STEP {
            // It was far ahead; days begin by the right clock from now on.
            counts.since = now;
        }
        then(&mut counts)
    }
}

/// Counts a request of a patient that is refused; for the public listener.
pub async fn count_refused(
    State(refused): State<RefusedToday>,
    request: Request,
    next: Next,
) -> Response {
    let is_counted = request.method() == Method::POST
        && request.extensions().get::<MatchedPath>().is_some_and(|it| it.as_str() == ROUTE);
    let response = next.run(request).await;
    if let (true, Some(Refusal(reason))) = (is_counted, response.extensions().get()) {
        refused.count(reason, OffsetDateTime::now_utc());
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> OffsetDateTime {
        // 2026-11-24T00:00:00Z
        OffsetDateTime::UNIX_EPOCH + Duration::seconds(1_795_478_400 + seconds)
    }

    fn shown(refused: &RefusedToday, now: i64) -> (OffsetDateTime, Option<u64>) {
        let counts = refused.counts(at(now));
        (counts.since, counts.reasons.get("too-many").copied())
    }

    #[test]
    fn a_day_begins_at_midnight_or_with_the_process() {
        let refused = RefusedToday::new(at(-60));
        refused.count("too-many", at(-30));
        refused.count("too-many", at(-1));
        assert_eq!(shown(&refused, -1), (at(-60), Some(2)));
        assert_eq!(shown(&refused, 0), (at(0), None));
        refused.count("too-many", at(60));
        assert_eq!(shown(&refused, 86_399), (at(0), Some(1)));
        assert_eq!(shown(&refused, 3 * 86_400 + 5), (at(3 * 86_400), None));
    }

    #[test]
    fn a_clock_that_steps_back_over_midnight_loses_and_repeats_nothing() {
        let refused = RefusedToday::new(at(-60));
        refused.count("too-many", at(-1));
        refused.count("too-many", at(1));
        assert_eq!(shown(&refused, -2), (at(-2), Some(1)), "it was put back");
        refused.count("too-many", at(-1));
        assert_eq!(shown(&refused, 2), (at(0), Some(2)));
    }

    #[test]
    fn a_clock_that_was_a_year_ahead_stops_no_day() {
        let refused = RefusedToday::new(at(365 * 86_400));
        refused.count("too-many", at(365 * 86_400));
        assert_eq!(shown(&refused, 60), (at(60), Some(1)));
        refused.count("too-many", at(61));
        assert_eq!(shown(&refused, 62), (at(60), Some(2)));
        assert_eq!(shown(&refused, 86_400), (at(86_400), None));
    }
}
