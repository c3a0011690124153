//! How much one address may send. An address is never stored or logged; it is forgotten when its
//! allowance is whole again.

use std::net::{IpAddr, Ipv6Addr};
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use axum::http::HeaderMap;
use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use ipnet::IpNet;

/// The time that the settings' numbers of requests are meant for.
const WINDOW: Duration = Duration::from_secs(600);
/// After so many requests, addresses whose allowance is whole again are forgotten.
const BETWEEN_CLEANINGS: u32 = 1024;
/// What one household or phone has of IPv6: a network of /64.
const NETWORK: u128 = u128::MAX << 64;

/// What an address may do now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Its request is taken.
    Free,
    /// Its request is taken with a proof of work.
    ProofNeeded,
    /// Its request is not taken until this time is over.
    TooMany(Duration),
}

/// Counts by address.
#[derive(Debug)]
pub struct Limits {
    /// `None` where a proof is asked for always.
    free: Option<DefaultKeyedRateLimiter<IpAddr>>,
    all: DefaultKeyedRateLimiter<IpAddr>,
    since_cleaning: AtomicU32,
}

impl Limits {
    /// `allowance` requests in ten minutes are free, `limit` are taken at all.
    pub fn new(allowance: u32, limit: NonZeroU32) -> Self {
        Self {
            free: NonZeroU32::new(allowance).map(limiter),
            all: limiter(limit),
            since_cleaning: AtomicU32::new(0),
        }
    }

    /// Counts a request. One that is `proven` takes nothing from the allowance.
    pub fn count(&self, address: IpAddr, proven: bool) -> Verdict {
        self.clean_now_and_then();
        let address = whole(address);
        if let Err(full) = self.all.check_key(&address) {
            return Verdict::TooMany(full.wait_time_from(DefaultClock::default().now()));
        }
        let free = || self.free.as_ref().is_some_and(|free| free.check_key(&address).is_ok());
        if proven || free() { Verdict::Free } else { Verdict::ProofNeeded }
    }

    fn clean_now_and_then(&self) {
        if self.since_cleaning.fetch_add(1, Ordering::Relaxed).is_multiple_of(BETWEEN_CLEANINGS) {
            self.free.iter().chain([&self.all]).for_each(RateLimiter::retain_recent);
        }
    }
}

fn limiter(requests: NonZeroU32) -> DefaultKeyedRateLimiter<IpAddr> {
    let refill = WINDOW / requests.get();
    let quota = Quota::with_period(refill).unwrap_or(Quota::per_second(requests));
    RateLimiter::dashmap(quota.allow_burst(requests))
}

/// The address or network that is counted as one.
fn whole(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() & NETWORK).into(),
        v4 => v4,
    }
}

/// Who sent a request: the peer, or, where that is a trusted proxy, the last address that such a
/// proxy added to `X-Forwarded-For`. What stands before that anybody may have written.
pub fn sender(peer: IpAddr, headers: &HeaderMap, trusted: &[IpNet]) -> IpAddr {
    let is_trusted = |address: IpAddr| trusted.iter().any(|net| net.contains(&address));
    let mut sender = peer.to_canonical();
    let forwarded = headers.get_all("x-forwarded-for").iter().rev();
    let mut hops = forwarded.flat_map(|value| value.as_bytes().rsplit(|byte| *byte == b','));
    while is_trusted(sender) {
        let hop = hops.next().and_then(|hop| str::from_utf8(hop).ok()?.trim().parse().ok());
        let Some(hop): Option<IpAddr> = hop else { break };
        sender = hop.to_canonical();
    }
    sender
}
