//! A change and its line are one transaction, whichever processes work at once.

use std::thread;
use std::time::Duration;

use intake::audit::Actor;
use intake::store::{STORE_TIMEOUT, Store};
use time::OffsetDateTime;

use super::{audit, reference};
use crate::harness::clinic::{request, request_id};
use crate::harness::database::{Other, fresh_on, is_postgres, server, word};
use crate::harness::http;
use crate::harness::office::Office;
use crate::harness::program::{Server, run, texts};
use crate::harness::service::{Plan, Service};
use crate::harness::wait_for;

/// A service with the request 1, and a token.
fn service() -> (Service, String) {
    let service = Service::start();
    let id = request_id(1);
    service.send(&id.to_string(), &service.plan.clinic.seal(request(id)));
    let token = service.token();
    (service, token)
}

/// Makes every change of a table fail.
fn break_table(service: &Service, table: &str, change: &str) {
    let sql = match is_postgres() {
        true => format!(
            "CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS \
             $$ BEGIN RAISE EXCEPTION 'as told'; END $$; \
             CREATE CONSTRAINT TRIGGER broken AFTER {change} ON {table} \
             DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION fail()"
        ),
        false => format!(
            "CREATE TRIGGER broken AFTER {change} ON {table} \
             BEGIN SELECT RAISE(ABORT, 'as told'); END"
        ),
    };
    wait_for(async { Other::connect(&service.plan.database).await.execute(&sql).await });
}

fn number(service: &Service, sql: &str) -> i64 {
    wait_for(async { Other::connect(&service.plan.database).await.number(sql).await })
}

#[test]
fn no_change_is_made_that_cannot_be_recorded() {
    let (service, token) = service();
    break_table(&service, "audit", "INSERT");
    let path = format!("/v1/requests/{}", request_id(1));
    assert_eq!(service.ask("PATCH", &path, &token, r#"{"state":"closed"}"#).status, 503);
    assert_eq!(service.ask("DELETE", &path, &token, "").status, 503);
    assert_eq!(service.ask("GET", "/v1/requests", &token, "").status, 503, "nor anything told");
    assert_eq!(service.ask("GET", &path, &token, "").status, 503);
    let keys = std::slice::from_ref(&service.plan.clinic.public);
    let note = intake::seal::seal_note(b"a note", request_id(1), keys).unwrap();
    let note = String::from_utf8(note).unwrap();
    let kind = [("Content-Type", "application/jose+json")];
    let added = service.ask_with("POST", &format!("{path}/notes"), &token, &kind, &note);
    assert_eq!(added.status, 503);
    assert_eq!(number(&service, "SELECT COUNT(*) FROM changes"), 0);
    assert_eq!(number(&service, "SELECT COUNT(*) FROM sealed_notes"), 0);
    assert_eq!(number(&service, "SELECT COUNT(*) FROM requests WHERE state = 'new'"), 1);
    let database = word(&service.plan.database);
    assert_eq!(run(["token", "new", "--database", &database, "desk"]).status.code(), Some(1));
    assert_eq!(
        run(["delete", "--state", "new", "--yes", "--database", &database]).status.code(),
        Some(1)
    );
    assert_eq!(number(&service, "SELECT COUNT(*) FROM tokens"), 1);
    assert_eq!(number(&service, "SELECT COUNT(*) FROM requests"), 1);
    // Patients' requests need no line.
    let id = request_id(2);
    assert_eq!(service.send(&id.to_string(), &service.plan.clinic.seal(request(id))).status, 201);
}

#[test]
fn nothing_is_recorded_that_was_not_changed() {
    for change in ["UPDATE", "DELETE"] {
        let (service, token) = service();
        break_table(&service, "requests", change);
        let path = format!("/v1/requests/{}", request_id(1));
        let refused = match change {
            "UPDATE" => service.ask("PATCH", &path, &token, r#"{"state":"closed"}"#),
            _ => service.ask("DELETE", &path, &token, ""),
        };
        assert_eq!(refused.status, 503);
        let actions: Vec<_> =
            audit(&service.plan.database).into_iter().map(|[_, action, ..]| action).collect();
        assert_eq!(actions, ["token made"], "{change}");
    }
}

/// Patients wait for nobody who marks, deletes or lists.
#[test]
fn storing_a_request_does_not_wait_for_the_lock_of_the_audit() {
    let mut plan = Plan::new();
    plan.database = fresh_on(server());
    plan.store_timeout = Duration::from_millis(500);
    let service = plan.start();
    let token = service.token();
    let send = |nth: u8| {
        let id = request_id(nth);
        service.send(&id.to_string(), &service.plan.clinic.seal(request(id))).status
    };
    assert_eq!(send(1), 201);
    let path = format!("/v1/requests/{}", request_id(1));
    let mark = || service.ask("PATCH", &path, &token, r#"{"state":"closed"}"#).status;
    wait_for(async {
        let mut holder = Other::connect(&service.plan.database).await;
        holder.execute("SELECT pg_advisory_lock(418581342580)").await;
        assert_eq!((mark(), send(2)), (503, 201));
        holder.execute("SELECT pg_advisory_unlock_all()").await;
    });
    assert_eq!(mark(), 200);
}

#[test]
fn two_processes_and_a_command_at_once_make_one_chain() {
    const EACH: u8 = 20;
    let office = Office::new();
    for nth in 0..3 * EACH {
        office.store_request(request(request_id(nth)));
    }
    // SQLite has one service, PostgreSQL any number.
    let servers: Vec<_> = (0..if is_postgres() { 2 } else { 1 })
        .map(|_| Server::start(&office.database, &office.clinic.public_file))
        .collect();
    let database = office.database();
    let new = run(["token", "new", "--scope", "delete", "--database", &database, "desk"]);
    let bearer = format!("Bearer {}", texts(&new).0.trim());
    thread::scope(|scope| {
        for half in 0..2_u8 {
            let address = servers[usize::from(half) % servers.len()].operations;
            let bearer = &bearer;
            scope.spawn(move || {
                for nth in half * EACH..(half + 1) * EACH {
                    let path = format!("/v1/requests/{}", request_id(nth));
                    let head = http::head("DELETE", &path, &[("Authorization", bearer)]);
                    let response = http::exchange(address, head.as_bytes());
                    assert_eq!(response.status, 204, "{}", response.text());
                }
            });
        }
        scope.spawn(|| {
            for nth in 2 * EACH..3 * EACH {
                let marked = office.run(&["mark", "closed", &reference(nth)]);
                assert!(marked.status.success(), "{marked:?}");
            }
        });
    });
    // Every line is there, and each once: `audit` verifies the chain.
    let lines = audit(&office.database);
    let mut subjects: Vec<_> = lines[1..].iter().map(|[_, _, subject, _]| subject).collect();
    subjects.sort();
    let mut expected: Vec<_> = (0..3 * EACH).map(reference).collect();
    expected.sort();
    assert_eq!(subjects, expected.iter().collect::<Vec<_>>());
}

#[test]
fn a_token_of_a_taken_name_and_an_unknown_one_leave_no_line() {
    let office = Office::new();
    wait_for(async {
        let store = Store::open(&office.database, STORE_TIMEOUT).await.unwrap();
        let now = OffsetDateTime::now_utc();
        let mut new = intake::tokens::NewToken {
            name: "desk".to_owned(),
            hash: [1; 32],
            scopes: "list".parse().unwrap(),
            expires: None,
        };
        assert!(store.add_token(&Actor::Service, &new, now).await.unwrap());
        new.hash = [2; 32];
        assert!(!store.add_token(&Actor::Service, &new, now).await.unwrap());
        assert!(!store.revoke_token(&Actor::Service, "other").await.unwrap());
        store.close().await;
    });
    assert_eq!(audit(&office.database).len(), 1);
}
