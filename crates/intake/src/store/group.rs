//! Group commit: one task takes all pending envelopes, and stores them in one transaction with one
//! sync. While that is under way the next ones gather. Each caller gets its result only when its own
//! envelope is on disk. Probes of readiness use the same queue, so that they test storing itself.

use std::sync::Arc;
use std::time::Duration;

use sha2::{Digest as _, Sha256};
use time::OffsetDateTime;
use tokio::sync::{mpsc, oneshot};
use tokio::time::{Instant, sleep, timeout};
use uuid::Uuid;

use super::arrival::{Arrival, Group};
use super::backend::{Backend, of_either};
use super::entry::{Channel, InsertOutcome};
use super::error::StoreError;

/// Most envelopes in one transaction: so many are held in memory, and fail together.
const MAX_GROUP: usize = 512;
/// Most pending envelopes beside those; more callers wait for room.
const MAX_PENDING: usize = 1024;

/// The size from which a group was crowded. All its senders get their responses at once, and send
/// again at once: the next group waits this long for them, instead of going to the disk with the
/// first few while the others wait for two syncs. Less than a sync takes on most disks.
const CROWDED: usize = 8;
const GATHERING: Duration = Duration::from_millis(2);

/// The time for which probes of readiness share an outcome: anybody can probe, and that must not cost
/// more than a write a second.
const PROBE_INTERVAL: Duration = Duration::from_secs(1);

/// Gets the outcome of an insert.
type Caller = oneshot::Sender<Result<InsertOutcome, StoreError>>;
/// Gets the outcome of a probe.
type Prober = oneshot::Sender<Result<(), StoreError>>;

enum Pending {
    Arrival(Arrival, Caller),
    Probe(Prober),
}

/// The pending envelopes and probes; the callers in the order of their arrivals.
#[derive(Default)]
struct Gathered {
    arrivals: Vec<Arrival>,
    callers: Vec<Caller>,
    probers: Vec<Prober>,
}

impl Extend<Pending> for Gathered {
    fn extend<I: IntoIterator<Item = Pending>>(&mut self, all: I) {
        for pending in all {
            match pending {
                Pending::Arrival(arrival, caller) => {
                    self.arrivals.push(arrival);
                    self.callers.push(caller);
                }
                Pending::Probe(prober) => self.probers.push(prober),
            }
        }
    }
}

/// The outcome of the last write, which probes share for a while.
struct LastWrite {
    ended_at: Instant,
    result: Result<(), StoreError>,
}

/// The queue of envelopes for the next transaction.
#[derive(Clone, Debug)]
pub(super) struct Queue {
    pending: mpsc::Sender<Pending>,
    pub channels: Arc<[Channel]>,
}

impl Queue {
    /// Starts the task, which ends with the last clone. A transaction may take as long as `limit`.
    pub fn new(backend: Backend, limit: Duration) -> Self {
        Self::storing(limit, move |group| insert_all(backend.clone(), group))
    }

    fn storing<F>(limit: Duration, store: impl Fn(Group) -> F + Send + 'static) -> Self
    where
        F: Future<Output = Result<Vec<InsertOutcome>, StoreError>> + Send + 'static,
    {
        let (pending, queue) = mpsc::channel(MAX_PENDING);
        tokio::spawn(insert_groups(queue, limit, store));
        Self { pending, channels: Arc::from([]) }
    }

    pub async fn insert(&self, id: Uuid, envelope: &[u8]) -> Result<InsertOutcome, StoreError> {
        let channels = self.channels.clone();
        let digest = Sha256::digest(envelope).into();
        let envelope = envelope.to_owned();
        let arrival = Arrival { id, envelope, digest, channels, is_trial: false };
        self.wait_for(|result| Pending::Arrival(arrival, result)).await
    }

    /// Inserts a trial, of which no channel tells. `id` is of nothing else.
    pub async fn try_inserting(&self, id: Uuid, envelope: &[u8]) -> Result<(), StoreError> {
        let digest = Sha256::digest(envelope).into();
        let (envelope, channels) = (envelope.to_owned(), Arc::from([]));
        let arrival = Arrival { id, envelope, digest, channels, is_trial: true };
        self.wait_for(|result| Pending::Arrival(arrival, result)).await.map(drop)
    }

    pub async fn probe(&self) -> Result<(), StoreError> {
        self.wait_for(Pending::Probe).await
    }

    async fn wait_for<T>(
        &self,
        pending: impl FnOnce(oneshot::Sender<Result<T, StoreError>>) -> Pending,
    ) -> Result<T, StoreError> {
        let (sender, result) = oneshot::channel();
        self.pending.send(pending(sender)).await.map_err(|_| gone())?;
        result.await.map_err(|_| gone())?
    }
}

/// The task has ended, or panicked.
fn gone() -> StoreError {
    sqlx::Error::WorkerCrashed.into()
}

async fn insert_groups<F>(
    mut queue: mpsc::Receiver<Pending>,
    limit: Duration,
    store: impl Fn(Group) -> F,
) where
    F: Future<Output = Result<Vec<InsertOutcome>, StoreError>> + Send + 'static,
{
    let mut pending = Vec::new();
    let mut previous_size = 0;
    let mut last: Option<LastWrite> = None;
    while queue.recv_many(&mut pending, MAX_GROUP).await > 0 {
        if previous_size >= CROWDED && pending.len() < previous_size {
            sleep(GATHERING).await;
            while pending.len() < MAX_GROUP
                && let Ok(another) = queue.try_recv()
            {
                pending.push(another);
            }
        }
        let mut gathered = Gathered::default();
        gathered.extend(pending.drain(..));
        let Gathered { arrivals, callers, probers } = gathered;
        previous_size = arrivals.len();
        let is_fresh = |last: &LastWrite| last.ended_at.elapsed() < PROBE_INTERVAL;
        let probe = !probers.is_empty() && !last.as_ref().is_some_and(is_fresh);
        if probe || !arrivals.is_empty() {
            // In a task of its own: a panic ends that one, and is an error here.
            let stored = tokio::spawn(timeout(limit, store(Group { arrivals, probe }))).await;
            let result = match stored {
                Ok(Ok(result)) => result,
                Ok(Err(_)) => Err(sqlx::Error::PoolTimedOut.into()),
                Err(_) => Err(gone()),
            };
            // Comparing with what is stored already proves nothing about writing.
            let wrote = match &result {
                Ok(outcomes) => probe || outcomes.iter().any(InsertOutcome::is_created),
                Err(_) => true,
            };
            if wrote {
                let result = result.as_ref().map(drop).map_err(Clone::clone);
                last = Some(LastWrite { ended_at: Instant::now(), result });
            }
            send_outcomes(callers, result);
        }
        if let Some(last) = &last {
            for prober in probers {
                let _ = prober.send(last.result.clone());
            }
        }
    }
}

/// Gives each caller its outcome. One that went away gets it when it sends the same bytes again.
fn send_outcomes(callers: Vec<Caller>, result: Result<Vec<InsertOutcome>, StoreError>) {
    match result {
        Ok(outcomes) => {
            for (caller, outcome) in callers.into_iter().zip(outcomes) {
                let _ = caller.send(Ok(outcome));
            }
        }
        Err(error) => {
            for caller in callers {
                let _ = caller.send(Err(error.clone()));
            }
        }
    }
}

/// Stores a group in one transaction. Returns the outcome of each envelope, in their order.
async fn insert_all(backend: Backend, group: Group) -> Result<Vec<InsertOutcome>, StoreError> {
    let now = OffsetDateTime::now_utc().truncate_to_second();
    of_either!(&backend, insert_all(&group, now))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_panic_while_storing_is_a_refusal_and_ends_nothing() {
        let queue = Queue::storing(Duration::from_secs(60), async |group: Group| {
            assert!(group.arrivals.is_empty(), "as a defect of a driver");
            Ok(Vec::new())
        });
        for _ in 0..2 {
            assert!(queue.insert(Uuid::nil(), b"sealed").await.is_err());
        }
        assert!(queue.probe().await.is_err(), "the probe fails too");
        let limit = Instant::now() + Duration::from_secs(30);
        while queue.probe().await.is_err() {
            assert!(Instant::now() < limit, "never ready again");
        }
    }
}
