//! Places for connections: an address gets no more than its share, and a reserve is left for health
//! checks from private networks. Each listener has places of its own.

use std::future::pending;
use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;

use super::occupancy::{Hold, Occupancy};
use crate::network::{TrustedProxies, is_private};
use crate::settings::Settings;

/// Connections reserved for probes and proxies, while all others are in use. Each is held for one
/// small response.
const RESERVE: usize = 16;
/// Connections reserved for health checks that found that reserve full, as it is while slow clients of a
/// proxy hold it.
const HEALTH_CHECKS: usize = 16;
/// Connections that wait for another to end. With those in use and the store's files these stay below
/// 1,024 open files, which many systems allow.
const QUEUE: usize = 128;
/// Connections of the listener for operations: a clinic has a few programs, and a few that watch.
const OPERATIONS: NonZeroU32 = NonZeroU32::MIN.saturating_add(31);
/// The same with the inbox: browsers keep up to six open each, and a clinic has two dozen desks at most.
const OPERATIONS_WITH_INBOX: NonZeroU32 = NonZeroU32::MIN.saturating_add(127);
/// Those of its connections that wait.
const OPERATIONS_QUEUE: usize = 16;
/// The longest wait in a queue.
const QUEUE_TIME: Duration = Duration::from_secs(15);

/// The connections that a listener may have at once. Cheap to clone; all clones count together.
#[derive(Clone, Debug)]
pub struct Admission {
    slots: Arc<Semaphore>,
    connections: u32,
    reserve: Arc<Semaphore>,
    health_checks: Arc<Semaphore>,
    queue: Arc<Semaphore>,
    occupancy: Occupancy,
    trusted: TrustedProxies,
}

/// A connection's place, until this is dropped.
#[derive(Debug)]
pub struct Place {
    _slot: OwnedSemaphorePermit,
    _hold: Option<Hold>,
    /// The place is one of the reserve, for health checks only.
    pub is_reserve: bool,
}

/// An admitted connection.
#[derive(Debug)]
pub enum Admitted {
    /// There is a place for it.
    Now(Place),
    /// It waits until another connection ends.
    Queued(Queued),
}

/// A connection that waits for a place.
#[derive(Debug)]
pub struct Queued {
    slots: Arc<Semaphore>,
    /// `None` for peers that may not use the reserve.
    health_checks: Option<Arc<Semaphore>>,
    hold: Option<Hold>,
    _turn: OwnedSemaphorePermit,
}

/// Why a connection is not let in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The address already has its share.
    Address,
    /// All connections are in use, and enough others wait.
    Full,
}

impl Refusal {
    /// The reason, as a label of the metrics.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Address => "address",
            Self::Full => "full",
        }
    }
}

impl Admission {
    /// The admission of the public listener, with all places free.
    pub fn new(settings: &Settings) -> Self {
        Self::with(settings.connections, QUEUE, settings)
    }

    /// The admission of the listener for operations, with all places free.
    pub fn for_operations(settings: &Settings) -> Self {
        let own = if settings.inbox.is_some() { OPERATIONS_WITH_INBOX } else { OPERATIONS };
        Self::with(own.min(settings.connections), OPERATIONS_QUEUE, settings)
    }

    fn with(connections: NonZeroU32, queue: usize, settings: &Settings) -> Self {
        Self {
            slots: Arc::new(Semaphore::new(connections.get() as usize)),
            connections: connections.get(),
            reserve: Arc::new(Semaphore::new(RESERVE)),
            health_checks: Arc::new(Semaphore::new(HEALTH_CHECKS)),
            queue: Arc::new(Semaphore::new(queue)),
            occupancy: Occupancy::new(settings.connections_per_address, connections),
            trusted: settings.trusted_proxies(),
        }
    }

    /// Lets a peer in if there is room. A trusted proxy may hold all places: the many senders behind it
    /// are counted by their requests. Peers in private networks, such as probes and proxies, may use the
    /// reserve.
    ///
    /// # Errors
    /// A [`Refusal`]; then the connection is to be closed.
    pub fn admit(&self, peer: IpAddr) -> Result<Admitted, Refusal> {
        let peer = peer.to_canonical();
        let is_trusted = self.trusted.contains(peer);
        let hold = match is_trusted {
            true => None,
            false => Some(self.occupancy.hold(peer).ok_or(Refusal::Address)?),
        };
        if let Ok(slot) = self.slots.clone().try_acquire_owned() {
            return Ok(Admitted::Now(Place { _slot: slot, _hold: hold, is_reserve: false }));
        }
        let is_near = is_trusted || is_private(peer);
        if is_near && let Ok(slot) = self.reserve.clone().try_acquire_owned() {
            return Ok(Admitted::Now(Place { _slot: slot, _hold: hold, is_reserve: true }));
        }
        let turn = self.queue.clone().try_acquire_owned().map_err(|_| Refusal::Full)?;
        let health_checks = is_near.then(|| self.health_checks.clone());
        Ok(Admitted::Queued(Queued { slots: self.slots.clone(), health_checks, hold, _turn: turn }))
    }

    /// Waits until nobody has a place outside the reserve. None is given after that.
    pub async fn all_left(&self) {
        // An error means that they are closed, which nobody does before.
        if let Ok(all) = self.slots.acquire_many(self.connections).await {
            all.forget();
        }
    }
}

impl Queued {
    /// Waits for a place, in the order of the queue. A peer that may use the reserve gets one of it once
    /// `health_check` says that it asks about health.
    ///
    /// # Errors
    /// [`Refusal::Full`] where none comes free in time.
    pub async fn place(self, health_check: impl Future<Output = ()>) -> Result<Place, Refusal> {
        let reserved = async {
            let Some(places) = self.health_checks else { return pending().await };
            health_check.await;
            places.acquire_owned().await
        };
        let either = async {
            tokio::select! {
                slot = self.slots.acquire_owned() => (slot, false),
                slot = reserved => (slot, true),
            }
        };
        match timeout(QUEUE_TIME, either).await {
            Ok((Ok(slot), is_reserve)) => Ok(Place { _slot: slot, _hold: self.hold, is_reserve }),
            _ => Err(Refusal::Full),
        }
    }
}
