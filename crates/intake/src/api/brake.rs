//! A brake on the requests of all addresses together, for a flood from so many that none is over its
//! own allowance: everybody needs a proof of work, which gets harder with the rate.

use std::iter::successors;
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicUsize, Ordering};

use governor::{DefaultDirectRateLimiter, RateLimiter};

use super::window::quota;

/// The largest number to be found while few requests arrive: half a second on an old phone, on
/// average.
const MAX_NUMBER: u64 = 50_000;
/// Rates at which the work is doubled, each twice the one before. At the last one it is sixteenfold:
/// eight seconds on an old phone, which a patient still waits for.
const STEPS: usize = 5;
const TWICE: NonZeroU32 = NonZeroU32::MIN.saturating_add(1);

/// Counts stored requests, whoever sent them. Each process has a brake of its own.
#[derive(Debug)]
pub(super) struct Brake {
    /// Rate limits, each twice the one before. Only those within the first need no proof.
    steps: Vec<DefaultDirectRateLimiter>,
    /// The number of them that the last request found exhausted.
    exhausted: AtomicUsize,
}

impl Brake {
    pub fn new(allowance: NonZeroU32) -> Self {
        let rates = successors(Some(allowance), |rate| Some(rate.saturating_mul(TWICE)));
        let steps = rates.take(STEPS).map(|rate| RateLimiter::direct(quota(rate))).collect();
        Self { steps, exhausted: AtomicUsize::new(0) }
    }

    /// Counts a request that is to be stored. Returns `false`, and counts nothing, if it needs a proof and
    /// is not `proven`.
    pub fn takes(&self, proven: bool) -> bool {
        let [first, others @ ..] = self.steps.as_slice() else { return true };
        let first_is_exhausted = first.check().is_err();
        if first_is_exhausted && !proven {
            self.exhausted.fetch_max(1, Ordering::Relaxed);
            return false;
        }
        let exhausted = others.iter().filter(|step| step.check().is_err()).count();
        self.exhausted.store(exhausted + usize::from(first_is_exhausted), Ordering::Relaxed);
        true
    }

    /// The largest number of a challenge made now.
    pub fn max_number(&self) -> u64 {
        MAX_NUMBER << self.exhausted.load(Ordering::Relaxed).saturating_sub(1)
    }
}
