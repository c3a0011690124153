//! A database server can end in the middle, and be shared by several processes.

use std::collections::BTreeMap;
use std::thread;

use intake::store::{STORE_TIMEOUT, Store};

use crate::harness::clinic::{Keys, request, request_id};
use crate::harness::database::{self, fresh_on, word};
use crate::harness::http::{self, Response};
use crate::harness::office::{Office, counts};
use crate::harness::postgres::Postgres;
use crate::harness::program::{Server, run};
use crate::harness::receivers::free_port;
use crate::harness::wait_for;

#[test]
fn two_processes_on_one_database_store_equal_requests_once() {
    let folder = tempfile::tempdir().unwrap();
    let clinic = Keys::new(folder.path(), "clinic");
    let database = fresh_on(database::server());
    let servers = [(); 2].map(|()| Server::start(&database, &clinic.public_file));
    let sealed: Vec<_> = (0..10).map(|nth| clinic.seal(request(request_id(nth)))).collect();
    // Every request ten times, five to each process, all at once.
    let responses: Vec<(u8, Response)> = thread::scope(|scope| {
        let senders: Vec<_> = (0..100_u8)
            .map(|nth| {
                let (address, sealed) = (servers[usize::from(nth / 10 % 2)].address, &sealed);
                let id = nth % 10;
                scope.spawn(move || {
                    let envelope = &sealed[usize::from(id)];
                    (id, http::send(address, &request_id(id).to_string(), envelope))
                })
            })
            .collect();
        senders.into_iter().map(|sender| sender.join().unwrap()).collect()
    });
    let mut of_each: BTreeMap<u8, Vec<&Response>> = BTreeMap::new();
    for (id, response) in &responses {
        of_each.entry(*id).or_default().push(response);
    }
    for (id, responses) in of_each {
        let statuses =
            |status| responses.iter().filter(|response| response.status == status).count();
        assert_eq!((statuses(201), statuses(200)), (1, 9), "request {id}");
        assert!(
            responses.iter().all(|response| response.text() == responses[0].text()),
            "request {id}"
        );
    }
    let entries = wait_for(async {
        let store = Store::open_for_reading(&database, STORE_TIMEOUT).await.unwrap();
        store.entries().await.unwrap()
    });
    assert_eq!(entries.len(), 10);
}

/// "pool timed out while waiting for an open connection" says neither where nor why.
#[test]
fn a_server_that_is_away_is_named_with_the_cause() {
    let office = Office::new();
    let private = office.clinic.private_file.display().to_string();
    let key = office.clinic.public_file.display().to_string();
    let away = format!("postgres://intake@127.0.0.1:{}/requests", free_port());
    for command in [
        &["list"][..],
        &["open", "--private", &private],
        &["check", "--keys", &key],
        &["serve", "--listen", "127.0.0.1:0", "--operations-listen", "127.0.0.1:0", "--keys", &key],
        &["mark", "closed", "0000-0000"],
        &["token", "list"],
    ] {
        let refused = run(command.iter().copied().chain(["--database", &away]));
        let (code, told) = counts(&refused);
        assert_eq!(code, Some(1), "{command:?}");
        let expected =
            format!("intake: cannot connect to {away}: Connection refused (os error 111)");
        assert_eq!(told, expected, "{command:?}");
    }
    let absent = word(&fresh_on(database::server())).replace("/test_", "/absent_");
    let (_, told) = counts(&run(["list", "--database", &absent]));
    assert!(told.starts_with(&format!("intake: cannot connect to {absent}: ")), "{told}");
    assert!(told.contains("does not exist"), "{told}");
}

#[test]
fn a_server_that_ends_in_the_middle_loses_nothing_and_is_found_again() {
    let folder = tempfile::tempdir().unwrap();
    let clinic = Keys::new(folder.path(), "clinic");
    let postgres = Postgres::start();
    let server = Server::start(&fresh_on(&postgres), &clinic.public_file);
    let send = |nth: u8, envelope: &[u8]| {
        http::send(server.address, &request_id(nth).to_string(), envelope)
    };
    let sealed: Vec<_> = (0..3).map(|nth| clinic.seal(request(request_id(nth)))).collect();
    let first = send(0, &sealed[0]);
    assert_eq!(first.status, 201);
    postgres.crash();
    let refused = send(1, &sealed[1]);
    assert_eq!((refused.status, refused.header("retry-after")), (503, Some("5")));
    assert_eq!(http::get(server.operations, "/readyz", &[]).status, 503);
    assert_eq!(http::get(server.address, "/healthz", &[]).status, 200);
    postgres.start_again();
    server.wait_until_ready();
    assert_eq!(send(0, &sealed[0]).text(), first.text());
    assert_eq!(send(1, &sealed[1]).status, 201);
    assert_eq!(send(2, &sealed[2]).status, 201);
}
