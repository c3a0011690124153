//! SIGKILL at random moments under load. What was answered is there afterwards, whole.
//!
//! The kernel keeps what a killed process wrote, so this shows nothing of power cuts; against those
//! stands the sync before every response (`strace` shows it, the benchmark pays for it).

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use intake::store::Database;
use intake::store::{STORE_TIMEOUT, Store};
use sqlx::ConnectOptions;
use sqlx::sqlite::SqliteConnectOptions;
use uuid::Uuid;

use crate::harness::clinic::{Keys, request};
use crate::harness::database;
use crate::harness::http::{self, Response};
use crate::harness::program::{Server, intake};
use crate::harness::wait_for;

/// The number of times that the service is killed.
const KILLS: usize = 200;
/// Senders at once.
const SENDERS: usize = 4;
/// New requests sent before each kill, at most: so that a fast service leaves some for the last.
const NEW: usize = 40;
/// Of so many kills one hits a service that is just starting.
const STARTING: usize = 10;

/// A request that was sent, and what was last heard of it.
#[derive(Clone)]
struct Sent {
    envelope: Vec<u8>,
    receipt: Option<String>,
}

type All = Mutex<HashMap<Uuid, Sent>>;

/// Up to so many milliseconds.
fn random(below: u64) -> Duration {
    Duration::from_micros(u64::from(Uuid::new_v4().as_fields().0) % (below * 1000))
}

fn try_send(address: SocketAddr, id: Uuid, envelope: &[u8]) -> Option<Response> {
    http::try_send(address, &id.to_string(), envelope)
}

/// Sends new requests until the service is gone, or all are sent.
fn send_on(address: SocketAddr, sealed: &[(Uuid, Vec<u8>)], next: &AtomicUsize, all: &All) {
    while let Some((id, envelope)) = sealed.get(next.fetch_add(1, Ordering::Relaxed)) {
        let sent = Sent { envelope: envelope.clone(), receipt: None };
        all.lock().unwrap().insert(*id, sent);
        let Some(response) = try_send(address, *id, envelope) else { return };
        assert_eq!(response.status, 201, "{}", response.text());
        all.lock().unwrap().get_mut(id).unwrap().receipt = Some(response.text().to_owned());
    }
}

/// Sends again what was sent before.
fn send_again(address: SocketAddr, requests: Vec<(Uuid, Sent)>, all: &All) {
    for (id, sent) in requests {
        let Some(response) = try_send(address, id, &sent.envelope) else { return };
        match sent.receipt {
            Some(receipt) => {
                assert_eq!((response.status, response.text()), (200, receipt.as_str()))
            }
            None => {
                assert!(matches!(response.status, 200 | 201), "{}", response.text());
                let receipt = Some(response.text().to_owned());
                all.lock().unwrap().get_mut(&id).unwrap().receipt = receipt;
            }
        }
    }
}

#[test]
fn what_was_answered_is_there_after_200_kills() {
    let folder = tempfile::tempdir().unwrap();
    let clinic = Keys::new(folder.path(), "clinic");
    let database = database::fresh(folder.path());
    // Sealed before, so that the service is what the time goes to.
    let seal = |id| (id, clinic.seal(request(id)));
    let sealed: Vec<(Uuid, Vec<u8>)> = (0..KILLS * NEW).map(|_| seal(Uuid::new_v4())).collect();
    let all = All::default();
    let mut killed_while_responding = 0;
    for (kill, sealed) in sealed.chunks(NEW).enumerate() {
        if kill % STARTING == 0 {
            kill_while_starting(&database, &clinic);
        }
        let server = Server::start(&database, &clinic.public_file);
        let (unheard, heard): (Vec<_>, Vec<_>) =
            all.lock().unwrap().clone().into_iter().partition(|(_, sent)| sent.receipt.is_none());
        let again = heard.into_iter().take(2).chain(unheard).collect();
        let (address, heard_before) = (server.address, answered(&all));
        let before = all.lock().unwrap().len();
        let next = AtomicUsize::new(0);
        thread::scope(|scope| {
            scope.spawn(|| send_again(address, again, &all));
            for _ in 0..SENDERS {
                scope.spawn(|| send_on(address, sealed, &next, &all));
            }
            // A quarter of the kills may come before anything was answered.
            let limit = Instant::now() + Duration::from_secs(10);
            while kill % 4 != 0 && answered(&all) == heard_before && Instant::now() < limit {
                thread::yield_now();
            }
            thread::sleep(random(20));
            server.kill_now();
        });
        killed_while_responding += usize::from(all.lock().unwrap().len() > before);
    }
    assert!(
        killed_while_responding > KILLS / 2,
        "only {killed_while_responding} kills hit anything"
    );

    let answered = answered(&all);
    assert!(answered > KILLS, "only {answered} requests were answered");
    let all = all.into_inner().unwrap();
    check(&database, &all);
    let server = Server::start(&database, &clinic.public_file);
    for (id, sent) in &all {
        let response = try_send(server.address, *id, &sent.envelope).expect("a response");
        if let Some(receipt) = &sent.receipt {
            assert_eq!((response.status, response.text()), (200, receipt.as_str()));
        }
    }
}

fn answered(all: &All) -> usize {
    all.lock().unwrap().values().filter(|sent| sent.receipt.is_some()).count()
}

fn kill_while_starting(database: &Database, clinic: &Keys) {
    let mut starting = intake(Server::args(database, &clinic.public_file))
        .stderr(std::process::Stdio::null())
        .spawn()
        .unwrap();
    thread::sleep(random(30));
    starting.kill().unwrap();
    starting.wait().unwrap();
}

/// Every stored request is whole, and every answered one is stored.
fn check(database: &Database, all: &HashMap<Uuid, Sent>) {
    wait_for(async {
        let store = Store::open(database, STORE_TIMEOUT).await.unwrap();
        let (mut after, mut stored) = (0, 0);
        loop {
            let page = store.page(after, 500).await.unwrap();
            let Some(last) = page.last() else { break };
            after = last.entry.position;
            stored += page.len();
            for sealed in page {
                assert_eq!(all[&sealed.entry.id].envelope, sealed.envelope, "torn");
            }
        }
        let mut kept = 0;
        for (id, sent) in all.iter().filter(|(_, sent)| sent.receipt.is_some()) {
            assert!(store.envelope(*id).await.unwrap().is_some(), "{:?} is lost", sent.receipt);
            kept += 1;
        }
        assert!(stored >= kept);
        store.close().await;
        if let Database::Sqlite(file) = database {
            let options = SqliteConnectOptions::new().filename(file);
            let mut connection = options.connect().await.unwrap();
            let check = sqlx::query_scalar("PRAGMA integrity_check");
            let found: String = check.fetch_one(&mut connection).await.unwrap();
            assert_eq!(found, "ok");
        }
    });
}
