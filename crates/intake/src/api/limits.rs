//! Rate limits of one address, and of all together. An address is never stored or logged; it is
//! forgotten when its allowance is whole again.

use std::net::{IpAddr, Ipv6Addr};
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, RateLimiter};
use uuid::Uuid;

use super::brake::Brake;
use super::window::quota;

/// After so many requests, addresses whose allowance is whole again are forgotten.
const BETWEEN_CLEANINGS: u32 = 1024;
/// The mask of an IPv6 /64, the network of one household or phone.
const NETWORK: u128 = u128::MAX << 64;

/// Bodies that are read of an address for each request that it may send, before each needs a proof.
/// Bodies that are no sealed request do not use up the allowance of patients behind the same address,
/// and still cost their sender something in the end.
const ATTEMPTS: NonZeroU32 = NonZeroU32::MIN.saturating_add(9);
/// Attempts with one proof; a page that sends again makes a few.
const PROVEN_ATTEMPTS: NonZeroU32 = NonZeroU32::MIN.saturating_add(19);

/// The verdict of the limits on a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The request is accepted.
    Free,
    /// The request is accepted with a proof of work only.
    ProofNeeded,
    /// The request is refused until this time is over.
    TooMany(Duration),
}

/// Rate limits by address, and of all addresses together.
#[derive(Debug)]
pub struct Limits {
    /// All requests, before they are parsed.
    attempts: DefaultKeyedRateLimiter<IpAddr>,
    /// All requests with a proof, by the request that the proof is for.
    proven_attempts: DefaultKeyedRateLimiter<Uuid>,
    /// `None` if every request needs a proof.
    free: Option<DefaultKeyedRateLimiter<IpAddr>>,
    all: DefaultKeyedRateLimiter<IpAddr>,
    brake: Brake,
    since_cleaning: AtomicU32,
}

impl Limits {
    /// In ten minutes, `allowance` requests of an address and `total_allowance` of all need no proof;
    /// `limit` requests of an address are accepted at all.
    pub fn new(allowance: u32, limit: NonZeroU32, total_allowance: NonZeroU32) -> Self {
        Self {
            attempts: RateLimiter::dashmap(quota(limit.saturating_mul(ATTEMPTS))),
            proven_attempts: RateLimiter::dashmap(quota(PROVEN_ATTEMPTS)),
            free: NonZeroU32::new(allowance).map(|it| RateLimiter::dashmap(quota(it))),
            all: RateLimiter::dashmap(quota(limit)),
            brake: Brake::new(total_allowance),
            since_cleaning: AtomicU32::new(0),
        }
    }

    /// Counts a request before it is parsed; `proven` is the id that it holds a proof for.
    pub fn attempt(&self, address: IpAddr, proven: Option<Uuid>) -> Verdict {
        self.clean_now_and_then();
        match proven {
            Some(id) => match self.proven_attempts.check_key(&id) {
                Ok(()) => Verdict::Free,
                Err(full) => Verdict::TooMany(full.wait_time_from(DefaultClock::default().now())),
            },
            None => match self.attempts.check_key(&whole(address)) {
                Ok(()) => Verdict::Free,
                Err(_) => Verdict::ProofNeeded,
            },
        }
    }

    /// Counts a sealed request. One that is `proven` does not count toward the allowances.
    pub fn count(&self, address: IpAddr, proven: bool) -> Verdict {
        let address = whole(address);
        if let Err(full) = self.all.check_key(&address) {
            return Verdict::TooMany(full.wait_time_from(DefaultClock::default().now()));
        }
        let free = || self.free.as_ref().is_some_and(|free| free.check_key(&address).is_ok());
        match proven || free() {
            true if self.brake.takes(proven) => Verdict::Free,
            _ => Verdict::ProofNeeded,
        }
    }

    /// The largest number of a challenge made now.
    pub fn max_number(&self) -> u64 {
        self.brake.max_number()
    }

    fn clean_now_and_then(&self) {
        if self.since_cleaning.fetch_add(1, Ordering::Relaxed).is_multiple_of(BETWEEN_CLEANINGS) {
            let by_address = [&self.attempts, &self.all].into_iter().chain(&self.free);
            by_address.for_each(RateLimiter::retain_recent);
            self.proven_attempts.retain_recent();
        }
    }
}

/// The address or network that is counted as one.
fn whole(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() & NETWORK).into(),
        v4 => v4,
    }
}
