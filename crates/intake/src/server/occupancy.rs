//! Shares of an address: the connections, or requests under way, that it may have at once.

use std::collections::HashMap;
use std::net::IpAddr;
use std::num::NonZeroU32;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody};
use axum::extract::{Request, State};
use axum::http::HeaderMap;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use hyper::body::{Frame, SizeHint};
use ipnet::{IpNet, Ipv4Net, Ipv6Net};

use crate::api::sender::sender;
use crate::api::{Peer, Problem, is_about_health};
use crate::log::LogThrottle;
use crate::network::{TrustedProxies, private_network};
use crate::settings::Settings;

/// The prefix that one household or phone has of IPv6.
const HOUSEHOLD: u8 = 64;
/// The largest part of IPv6 that one site is commonly given (RFC 6177): 65,536 households' worth.
const SITE: u8 = 48;

/// Pause between two warnings of an untrusted proxy; anybody on the Internet can cause them.
const UNTRUSTED_PAUSE: Duration = Duration::from_secs(60 * 60);

/// Counts the connections or requests of each address, and gives it no more than its share. An address
/// without any is forgotten.
#[derive(Clone, Debug)]
pub struct Occupancy {
    held: Arc<Mutex<HashMap<IpNet, u32>>>,
    per_address: u32,
    per_site: u32,
}

/// One connection or request of an address, until this is dropped.
#[derive(Debug)]
pub struct Hold {
    held: Arc<Mutex<HashMap<IpNet, u32>>>,
    networks: Vec<IpNet>,
}

impl Occupancy {
    /// An address, or a /64 of IPv6, may hold `per_address`; all of a /48 half of `all` at least.
    pub fn new(per_address: NonZeroU32, all: NonZeroU32) -> Self {
        let per_address = per_address.get();
        Self { held: Arc::default(), per_address, per_site: per_address.max(all.get() / 2) }
    }

    /// Lets an address hold one more; `None` where it has its share.
    pub fn hold(&self, address: IpAddr) -> Option<Hold> {
        let shares = match address.to_canonical() {
            IpAddr::V4(address) => vec![(Ipv4Net::from(address).into(), self.per_address)],
            IpAddr::V6(address) => [(HOUSEHOLD, self.per_address), (SITE, self.per_site)]
                .into_iter()
                .filter_map(|(bits, share)| Some((Ipv6Net::new(address, bits).ok()?, share)))
                .map(|(network, share)| (network.trunc().into(), share))
                .collect(),
        };
        let mut held = locked(&self.held);
        if shares.iter().any(|(network, share)| held.get(network).is_some_and(|it| it >= share)) {
            return None;
        }
        let networks: Vec<IpNet> = shares.into_iter().map(|(network, _)| network).collect();
        for network in &networks {
            *held.entry(*network).or_default() += 1;
        }
        Some(Hold { held: self.held.clone(), networks })
    }
}

impl Drop for Hold {
    fn drop(&mut self) {
        let mut held = locked(&self.held);
        for network in &self.networks {
            match held.get_mut(network) {
                Some(count) if *count > 1 => *count -= 1,
                _ => drop(held.remove(network)),
            }
        }
    }
}

/// Ignores poisoning: nothing panics while it holds the lock, and counts would be right if it did.
fn locked(held: &Mutex<HashMap<IpNet, u32>>) -> MutexGuard<'_, HashMap<IpNet, u32>> {
    held.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Counts the requests that come by way of trusted proxies, whose connections are of many senders.
#[derive(Clone, Debug)]
pub struct BehindProxies {
    occupancy: Occupancy,
    trusted: TrustedProxies,
    /// Limits the warnings of a proxy that is not trusted; `None` where it harms no patient.
    untrusted: Option<Arc<LogThrottle>>,
}

impl BehindProxies {
    /// Gives an address as many requests under way as it may have connections.
    pub fn new(settings: &Settings) -> Self {
        let untrusted = Some(Arc::new(LogThrottle::every(UNTRUSTED_PAUSE)));
        Self { untrusted, ..Self::of_staff(settings) }
    }

    /// The same for the staff's programs, which no allowance is counted of.
    pub fn of_staff(settings: &Settings) -> Self {
        let occupancy = Occupancy::new(settings.connections_per_address, settings.connections);
        Self { occupancy, trusted: settings.trusted_proxies(), untrusted: None }
    }

    /// Warns that a peer forwards requests of others, and is not believed. Its address may be
    /// a patient's, so only the network is named, and only a private one.
    fn warn_of_untrusted(&self, peer: IpAddr, headers: &HeaderMap) {
        let Some(untrusted) = &self.untrusted else { return };
        if self.trusted.contains(peer)
            || !headers.contains_key("x-forwarded-for")
            || !untrusted.is_due()
        {
            return;
        }
        let network = private_network(peer);
        let network = network.map_or("the public Internet".to_owned(), |it| it.to_string());
        tracing::warn!(
            %network,
            "X-Forwarded-For came from a peer that trusted_proxies does not name, and is not \
             believed: where that is your proxy, all patients count as one sender; name it there"
        );
    }
}

/// Refuses a request whose sender has its share of requests under way, by way of trusted proxies. A
/// request is under way until its response was read.
pub async fn limit(State(all): State<BehindProxies>, request: Request, next: Next) -> Response {
    let peer = request.extensions().get::<Peer>().map(|Peer(peer)| peer.ip());
    if let Some(peer) = peer {
        all.warn_of_untrusted(peer, request.headers());
    }
    let sender = peer
        .filter(|peer| all.trusted.contains(*peer))
        .map(|peer| sender(peer, request.headers(), all.trusted.as_slice()))
        // A request that a proxy makes itself, or without naming a sender, is of no single sender.
        .filter(|sender| !all.trusted.contains(*sender));
    let Some(sender) = sender.filter(|_| !is_about_health(request.uri().path())) else {
        return next.run(request).await;
    };
    match all.occupancy.hold(sender) {
        Some(hold) => next.run(request).await.map(|body| Body::new(Held { body, _hold: hold })),
        None => Problem::TooManyAtOnce.into_response(),
    }
}

/// A body that is its sender's until it was read.
struct Held {
    body: Body,
    _hold: Hold,
}

impl HttpBody for Held {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        Pin::new(&mut self.body).poll_frame(cx)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
