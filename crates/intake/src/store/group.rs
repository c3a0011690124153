//! Group commit: one task takes all envelopes that are waiting, and stores them in one transaction
//! with one sync. While that is under way the next ones gather. Each caller gets its result only when
//! its own envelope is on disk. Probes of readiness wait in the same queue, so that they find out
//! about storing and nothing else.

use std::sync::Arc;
use std::time::Duration;

use sha2::{Digest as _, Sha256};
use time::OffsetDateTime;
use tokio::sync::{mpsc, oneshot};
use tokio::time::{Instant, sleep, timeout};
use uuid::Uuid;

use super::arrival::{Arrival, Group};
use super::backend::{Backend, of_either};
use super::entry::{Channel, Kept};
use super::error::StoreError;

/// Most envelopes in one transaction: what is held in memory and lost to all when it fails.
const LARGEST_GROUP: usize = 512;
/// Most envelopes that wait beside those; more callers wait for room.
const WAITING: usize = 1024;

/// From so many envelopes on, a group was crowded. Then all who sent it are answered at once, and send
/// again at once: the next group waits so long for them, instead of going to the disk with the first
/// few while the others wait for two syncs. Less than a sync takes on most disks.
const CROWDED: usize = 8;
const GATHERING: Duration = Duration::from_millis(2);

/// How long an outcome answers the probes of readiness: anybody can ask, and asking must not cost
/// more than a write a second.
const PROBE_INTERVAL: Duration = Duration::from_secs(1);

enum Waiting {
    Arrival(Arrival, oneshot::Sender<Result<Kept, StoreError>>),
    Probe(oneshot::Sender<Result<(), StoreError>>),
}

/// Where envelopes wait for the next transaction.
#[derive(Clone, Debug)]
pub(super) struct Queue {
    waiting: mpsc::Sender<Waiting>,
    pub channels: Arc<[Channel]>,
}

impl Queue {
    /// Starts the task, which ends with the last clone. A transaction may take as long as `limit`.
    pub fn new(backend: Backend, limit: Duration) -> Self {
        Self::storing(limit, move |group| keep_all(backend.clone(), group))
    }

    fn storing<F>(limit: Duration, store: impl Fn(Group) -> F + Send + 'static) -> Self
    where
        F: Future<Output = Result<Vec<Kept>, StoreError>> + Send + 'static,
    {
        let (waiting, queue) = mpsc::channel(WAITING);
        tokio::spawn(keep_groups(queue, limit, store));
        Self { waiting, channels: Arc::from([]) }
    }

    pub async fn keep(&self, id: Uuid, envelope: &[u8]) -> Result<Kept, StoreError> {
        let channels = self.channels.clone();
        let digest = Sha256::digest(envelope).into();
        let arrival = Arrival { id, envelope: envelope.to_owned(), digest, channels };
        self.wait_for(|result| Waiting::Arrival(arrival, result)).await
    }

    pub async fn probe(&self) -> Result<(), StoreError> {
        self.wait_for(Waiting::Probe).await
    }

    async fn wait_for<T>(
        &self,
        waiting: impl FnOnce(oneshot::Sender<Result<T, StoreError>>) -> Waiting,
    ) -> Result<T, StoreError> {
        let (sender, result) = oneshot::channel();
        self.waiting.send(waiting(sender)).await.map_err(|_| gone())?;
        result.await.map_err(|_| gone())?
    }
}

/// The task has ended, or panicked.
fn gone() -> StoreError {
    sqlx::Error::WorkerCrashed.into()
}

async fn keep_groups<F>(
    mut queue: mpsc::Receiver<Waiting>,
    limit: Duration,
    store: impl Fn(Group) -> F,
) where
    F: Future<Output = Result<Vec<Kept>, StoreError>> + Send + 'static,
{
    let mut waiting = Vec::new();
    let mut before = 0;
    // How the last write ended, and when.
    let mut last: Option<(Instant, Result<(), StoreError>)> = None;
    while queue.recv_many(&mut waiting, LARGEST_GROUP).await > 0 {
        if before >= CROWDED && waiting.len() < before {
            sleep(GATHERING).await;
            while waiting.len() < LARGEST_GROUP
                && let Ok(another) = queue.try_recv()
            {
                waiting.push(another);
            }
        }
        let (mut arrivals, mut callers, mut probes) = (Vec::new(), Vec::new(), Vec::new());
        for waiting in waiting.drain(..) {
            match waiting {
                Waiting::Arrival(arrival, caller) => {
                    arrivals.push(arrival);
                    callers.push(caller);
                }
                Waiting::Probe(caller) => probes.push(caller),
            }
        }
        before = arrivals.len();
        let fresh = last.as_ref().is_some_and(|(at, _)| at.elapsed() < PROBE_INTERVAL);
        let probe = !probes.is_empty() && !fresh;
        if probe || !arrivals.is_empty() {
            // In a task of its own: a panic ends that one, and is an error here.
            let stored = tokio::spawn(timeout(limit, store(Group { arrivals, probe }))).await;
            let result = match stored {
                Ok(Ok(result)) => result,
                Ok(Err(_)) => Err(sqlx::Error::PoolTimedOut.into()),
                Err(_) => Err(gone()),
            };
            let only_known = matches!(&result, Ok(kept) if !kept.iter().any(Kept::is_now));
            if probe || !only_known {
                last = Some((Instant::now(), result.as_ref().map(drop).map_err(Clone::clone)));
            }
            // Who went away gets its result when it comes back with the same bytes.
            match result {
                Ok(kept) => {
                    for (caller, kept) in callers.into_iter().zip(kept) {
                        let _ = caller.send(Ok(kept));
                    }
                }
                Err(error) => {
                    for caller in callers {
                        let _ = caller.send(Err(error.clone()));
                    }
                }
            }
        }
        if let Some((_, result)) = &last {
            for caller in probes {
                let _ = caller.send(result.clone());
            }
        }
    }
}

/// Stores a group in one transaction; what became of each, in their order.
async fn keep_all(backend: Backend, group: Group) -> Result<Vec<Kept>, StoreError> {
    let now = OffsetDateTime::now_utc().truncate_to_second();
    of_either!(&backend, keep_all(&group, now))
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
            assert!(queue.keep(Uuid::nil(), b"sealed").await.is_err());
        }
        assert!(queue.probe().await.is_err(), "readiness tells of it");
        let limit = Instant::now() + Duration::from_secs(30);
        while queue.probe().await.is_err() {
            assert!(Instant::now() < limit, "never ready again");
        }
    }
}
