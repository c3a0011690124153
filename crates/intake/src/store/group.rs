//! Group commit: one task takes all envelopes that are waiting, and stores them in one transaction
//! with one sync. While that is under way the next ones gather. Each caller is answered only when
//! its own envelope is on disk.

use std::sync::Arc;
use std::time::Duration;

use sha2::{Digest as _, Sha256};
use time::OffsetDateTime;
use tokio::sync::{mpsc, oneshot};
use tokio::time::{sleep, timeout};
use uuid::Uuid;

use super::{Backend, Channel, Kept, StoreError, of_either};

/// Most envelopes in one transaction: what is held in memory and lost to all when it fails.
const LARGEST_GROUP: usize = 512;
/// Most envelopes that wait beside those; more callers wait for room.
const WAITING: usize = 1024;

/// From so many envelopes on, a group was crowded. Then all who sent it are answered at once, and send
/// again at once: the next group waits so long for them, instead of going to the disk with the first
/// few while the others wait for two syncs. Less than a sync takes on most disks.
const CROWDED: usize = 8;
const GATHERING: Duration = Duration::from_millis(2);

/// An envelope on its way to the disk.
pub(super) struct Arrival {
    pub id: Uuid,
    pub envelope: Vec<u8>,
    /// SHA-256 of the envelope, taken before it meets the disk.
    pub digest: [u8; 32],
    pub channels: Arc<[Channel]>,
    answer: oneshot::Sender<Result<Kept, StoreError>>,
}

/// Where envelopes wait for the next transaction.
#[derive(Clone, Debug)]
pub(super) struct Queue {
    waiting: mpsc::Sender<Arrival>,
    pub channels: Arc<[Channel]>,
}

impl Queue {
    /// Starts the task, which ends with the last clone. A transaction may take as long as `limit`.
    pub fn new(backend: Backend, limit: Duration) -> Self {
        let (waiting, queue) = mpsc::channel(WAITING);
        tokio::spawn(keep_groups(backend, queue, limit));
        Self { waiting, channels: Arc::from([]) }
    }

    pub async fn keep(&self, id: Uuid, envelope: &[u8]) -> Result<Kept, StoreError> {
        let (answer, answered) = oneshot::channel();
        let channels = self.channels.clone();
        let digest = Sha256::digest(envelope).into();
        let arrival = Arrival { id, envelope: envelope.to_owned(), digest, channels, answer };
        // The task ends only with the runtime, and then nobody waits here.
        let gone = || StoreError::from(sqlx::Error::WorkerCrashed);
        self.waiting.send(arrival).await.map_err(|_| gone())?;
        answered.await.map_err(|_| gone())?
    }
}

async fn keep_groups(backend: Backend, mut queue: mpsc::Receiver<Arrival>, limit: Duration) {
    let mut group = Vec::new();
    let mut before = 0;
    while queue.recv_many(&mut group, LARGEST_GROUP).await > 0 {
        if before >= CROWDED && group.len() < before {
            sleep(GATHERING).await;
            while group.len() < LARGEST_GROUP
                && let Ok(arrival) = queue.try_recv()
            {
                group.push(arrival);
            }
        }
        before = group.len();
        match timeout(limit, keep_all(&backend, &group)).await {
            Ok(Ok(kept)) => {
                for (arrival, kept) in group.drain(..).zip(kept) {
                    // Who went away is answered when it comes back with the same bytes.
                    let _ = arrival.answer.send(Ok(kept));
                }
            }
            Ok(Err(error)) => refuse(&mut group, &error),
            Err(_) => refuse(&mut group, &sqlx::Error::PoolTimedOut.into()),
        }
    }
}

/// Stores a group in one transaction; what became of each, in their order.
async fn keep_all(backend: &Backend, group: &[Arrival]) -> Result<Vec<Kept>, StoreError> {
    let now = OffsetDateTime::now_utc().truncate_to_second();
    of_either!(backend, keep_all(group, now))
}

fn refuse(group: &mut Vec<Arrival>, error: &StoreError) {
    for arrival in group.drain(..) {
        let _ = arrival.answer.send(Err(error.clone()));
    }
}
