//! The list of changes, which a program follows.

use std::collections::BTreeMap;
use std::thread;

use clinic_core::state::State;
use intake::audit::Actor;
use intake::settings::Retention;
use intake::store::{STORE_TIMEOUT, Store};
use intake::upkeep::delete_settled;
use serde_json::{Value, json};
use time::{Duration, OffsetDateTime};

use crate::harness::clinic::{reference_of, request, request_id};
use crate::harness::database::{Other, is_postgres, word};
use crate::harness::http;
use crate::harness::office::Office;
use crate::harness::program::{Server, run, texts};
use crate::harness::service::Service;
use crate::harness::wait_for;

/// A service with a number of requests, and the token of Ann for everything.
fn service(requests: u8) -> (Service, String) {
    let service = Service::start();
    for nth in 1..=requests {
        let id = request_id(nth);
        let sealed = service.plan.clinic.seal(request(id));
        assert_eq!(service.send(&id.to_string(), &sealed).status, 201);
    }
    let token = service.token_named("Ann", "admin", None);
    (service, token)
}

fn path(nth: u8) -> String {
    format!("/v1/requests/{}", request_id(nth))
}

fn mark(service: &Service, token: &str, nth: u8, state: &str) {
    let body = json!({"state": state}).to_string();
    assert_eq!(service.ask("PATCH", &path(nth), token, &body).status, 200);
}

/// The changes after a number, to their end, and the number to go on from.
fn follow(service: &Service, token: &str, mut after: i64, limit: u32) -> (Vec<Value>, i64) {
    let mut all = Vec::new();
    loop {
        let path = format!("/v1/changes?after={after}&limit={limit}");
        let page = service.ask("GET", &path, token, "").json();
        let changes = page["changes"].as_array().unwrap();
        assert!(changes.len() <= limit as usize, "{page}");
        if changes.is_empty() {
            assert_eq!(page["next"], after);
            return (all, after);
        }
        all.extend(changes.clone());
        after = page["next"].as_i64().unwrap();
    }
}

/// Members of changes, without numbers and times.
fn told(changes: &[Value], members: &[&str]) -> Vec<Value> {
    let of = |change: &Value| members.iter().map(|it| change[it].clone()).collect();
    changes.iter().map(of).collect()
}

#[test]
fn every_change_is_told_in_its_order_page_by_page() {
    let (service, token) = service(3);
    let listed = service.ask("GET", "/v1/requests", &token, "").json();
    assert_eq!(listed["change"], 0, "an arrival is none");
    mark(&service, &token, 1, "tried");
    mark(&service, &token, 2, "claimed");
    // No change.
    mark(&service, &token, 2, "claimed");
    let note = intake::seal::seal_note(
        b"a note",
        request_id(2),
        std::slice::from_ref(&service.plan.clinic.public),
    );
    let note = String::from_utf8(note.unwrap()).unwrap();
    let kind = [("Content-Type", "application/jose+json")];
    let notes = format!("{}/notes", path(2));
    assert_eq!(service.ask_with("POST", &notes, &token, &kind, &note).status, 201);
    assert_eq!(service.ask_with("POST", &notes, &token, &kind, &note).status, 200);
    let undo = format!("{}/undo", path(1));
    let version = [("If-Match", "\"2\"")];
    assert_eq!(service.ask_with("POST", &undo, &token, &version, "").status, 200);
    assert_eq!(service.ask("DELETE", &path(3), &token, "").status, 204);

    let (all, end) = follow(&service, &token, 0, 200);
    for limit in [1, 2] {
        assert_eq!(follow(&service, &token, 0, limit), (all.clone(), end));
    }
    let [first, second] = [1, 2].map(|nth| json!(request_id(nth).to_string()));
    let members = ["kind", "id", "state", "holder", "tries", "version", "notes", "by"];
    assert_eq!(
        told(&all, &members),
        [
            json!(["state", first, "tried", "Ann", 1, 2, 0, "Ann"]),
            json!(["state", second, "claimed", "Ann", 0, 2, 0, "Ann"]),
            json!(["note", second, "claimed", "Ann", 0, 2, 1, "Ann"]),
            json!(["state", first, "new", null, 0, 3, 0, "Ann"]),
            json!(["deleted", null, null, null, null, null, null, "Ann"]),
        ]
    );
    let references: Vec<_> = all.iter().map(|it| it["reference"].as_str().unwrap()).collect();
    assert_eq!(references, [1, 2, 2, 1, 3].map(reference_of));
    assert_eq!(all[0].as_object().unwrap().len(), 11);
    let listed = service.ask("GET", "/v1/requests", &token, "").json();
    assert_eq!(listed["change"], end);
    // Following them is in no audit.
    let audit = service.ask("GET", "/v1/audit", &token, "").json();
    let lines = audit["lines"].as_array().unwrap();
    assert_eq!(lines.iter().filter(|line| line["action"] == "listed").count(), 2);
}

#[test]
fn a_part_of_the_changes_that_cannot_be_is_a_problem() {
    let (service, token) = service(0);
    for query in ["limit=0", "limit=201", "limit=x", "after=-1", "after=x", "before=3", "after="] {
        let response = service.ask("GET", &format!("/v1/changes?{query}"), &token, "");
        assert_eq!(response.status, 400, "{query}");
        assert!(response.json()["detail"].as_str().unwrap().contains("1 to 200"), "{query}");
    }
    let far = service.ask("GET", "/v1/changes?after=9223372036854775807", &token, "");
    assert_eq!(far.json()["changes"], json!([]));
}

/// By a call, by a command for many, and after the set time.
#[test]
fn of_a_deleted_request_nothing_but_its_reference_is_left() {
    let office = Office::new();
    for nth in 1..=4 {
        office.store_request(request(request_id(nth)));
    }
    let (changes, kept) = wait_for(async {
        let store = Store::open(&office.database, STORE_TIMEOUT).await.unwrap();
        let ann = Actor::Token("Ann".to_owned());
        let now = OffsetDateTime::now_utc();
        let before = now - Duration::days(91);
        for (nth, state, at) in [
            (1, State::Claimed, now),
            (2, State::Booked, before),
            (3, State::Tried, now),
            (4, State::Reached, now),
        ] {
            store.set_state(&ann, request_id(nth), state, at).await.unwrap().unwrap();
            store.add_note(&ann, request_id(nth), b"sealed", now).await.unwrap();
        }
        assert!(store.delete(&ann, request_id(1)).await.unwrap());
        Other::connect(&office.database).await.execute("UPDATE requests SET received_at = 7").await;
        delete_settled(&store, Retention::Days(90), now).await.unwrap();
        let filter = intake::store::Filter { state: Some(State::Tried), ..Default::default() };
        assert_eq!(store.delete_matching(&ann, &filter, i64::MAX, 10).await.unwrap(), 1);
        let changes = store.changes(0, 200).await.unwrap();
        store.close().await;
        let mut other = Other::connect(&office.database).await;
        let mut kept = Vec::new();
        for (table, condition) in [
            ("changes", "position IS NULL"),
            ("changes", "kind <> 'deleted'"),
            (
                "changes",
                "kind = 'deleted' AND COALESCE(state, holder, state_before, holder_before) IS NULL \
                 AND COALESCE(position, tries, version, notes, tries_before) IS NULL",
            ),
            ("sealed_notes", "TRUE"),
        ] {
            let count = format!("SELECT COUNT(*) FROM {table} WHERE {condition}");
            kept.push(other.number(&count).await);
        }
        (changes, kept)
    });
    // Of the fourth its change and its note.
    assert_eq!(kept, [3, 2, 3, 1]);
    let of_deleted = changes.iter().filter(|it| it.kind == intake::store::ChangeKind::Deleted);
    let deleted: Vec<_> = of_deleted.map(|it| (it.by.as_str(), it.reference.clone())).collect();
    let expected = [("Ann", 1), ("the service", 2), ("Ann", 3)];
    assert_eq!(deleted, expected.map(|(by, nth)| (by, reference_of(nth))));
    let text = format!("{changes:?}");
    for nth in 1..=3 {
        assert!(!text.contains(&request_id(nth).to_string()), "{text}");
    }
    assert!(text.contains(&request_id(4).to_string()));
}

/// A change is told in the transaction in which it is made and recorded.
#[test]
fn no_change_is_made_that_cannot_be_told() {
    let (service, token) = service(1);
    let broken = match is_postgres() {
        true => {
            "CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS \
             $$ BEGIN RAISE EXCEPTION 'as told'; END $$; \
             CREATE CONSTRAINT TRIGGER broken AFTER INSERT ON changes \
             DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION fail()"
        }
        false => {
            "CREATE TRIGGER broken AFTER INSERT ON changes \
             BEGIN SELECT RAISE(ABORT, 'as told'); END"
        }
    };
    wait_for(async { Other::connect(&service.plan.database).await.execute(broken).await });
    let body = r#"{"state":"closed"}"#;
    assert_eq!(service.ask("PATCH", &path(1), &token, body).status, 503);
    assert_eq!(service.ask("DELETE", &path(1), &token, "").status, 503);
    let one = service.ask("GET", &path(1), &token, "").json();
    assert_eq!((&one["state"], &one["version"]), (&json!("new"), &json!(1)));
    let audit = service.ask("GET", "/v1/audit", &token, "").json();
    let actions: Vec<_> =
        audit["lines"].as_array().unwrap().iter().map(|line| line["action"].clone()).collect();
    assert_eq!(actions, ["token made", "listed"]);
}

/// On PostgreSQL by two processes.
#[test]
fn whoever_follows_while_others_change_misses_nothing() {
    const REQUESTS: u8 = 12;
    const CHANGES: u8 = 5;
    let office = Office::new();
    for nth in 0..REQUESTS {
        office.store_request(request(request_id(nth)));
    }
    let servers: Vec<_> = (0..if is_postgres() { 2 } else { 1 })
        .map(|_| Server::start(&office.database, &office.clinic.public_file))
        .collect();
    let database = word(&office.database);
    let new = run(["token", "new", "--scope", "admin", "--database", &database, "Ann"]);
    let bearer = format!("Bearer {}", texts(&new).0.trim());
    let addresses: Vec<_> = servers.iter().map(|server| server.operations).collect();
    let call = |server: usize, method: &str, path: &str, body: &str| {
        let length = body.len().to_string();
        let headers = [
            ("Authorization", bearer.as_str()),
            ("Content-Type", "application/json"),
            ("Content-Length", &length),
        ];
        let head = http::head(method, path, &headers);
        let address = addresses[server % addresses.len()];
        http::exchange(address, &[head.as_bytes(), body.as_bytes()].concat())
    };
    let seen = thread::scope(|scope| {
        let changing: Vec<_> = (0..usize::from(REQUESTS))
            .map(|nth| {
                let call = &call;
                scope.spawn(move || {
                    for _ in 0..CHANGES {
                        let body = r#"{"state":"tried"}"#;
                        let path = path(nth as u8);
                        assert_eq!(call(nth, "PATCH", &path, body).status, 200);
                    }
                    if nth % 2 == 1 {
                        assert_eq!(call(nth, "DELETE", &path(nth as u8), "").status, 204);
                    }
                })
            })
            .collect();
        let (mut seen, mut after, mut rounds) = (Vec::<Value>::new(), 0, 0);
        loop {
            // Read before: what was made by then is in the page, or was deleted.
            let ended = changing.iter().all(|task| task.is_finished());
            let query = format!("/v1/changes?limit=7&after={after}");
            let page = call(rounds, "GET", &query, "").json();
            let changes = page["changes"].as_array().unwrap();
            after = page["next"].as_i64().unwrap();
            seen.extend(changes.clone());
            rounds += 1;
            if ended && changes.is_empty() {
                break seen;
            }
        }
    });
    let numbers: Vec<_> = seen.iter().map(|it| it["number"].as_i64().unwrap()).collect();
    assert!(numbers.is_sorted_by(|one, other| one < other), "{numbers:?}");
    let mut versions: BTreeMap<&str, Vec<i64>> = BTreeMap::new();
    let mut deleted = Vec::new();
    for change in &seen {
        let reference = change["reference"].as_str().unwrap();
        match change["version"].as_i64() {
            Some(version) => versions.entry(reference).or_default().push(version),
            None => deleted.push(reference.to_owned()),
        }
    }
    for nth in 0..REQUESTS {
        let reference = reference_of(nth);
        let versions = versions.remove(&*reference).unwrap_or_default();
        if nth % 2 == 0 {
            let all: Vec<_> = (2..2 + i64::from(CHANGES)).collect();
            assert_eq!(versions, all, "request {nth}");
        } else {
            // Those before its deletion may be gone before they are asked for.
            assert!(versions.is_sorted() && deleted.contains(&reference), "request {nth}");
        }
    }
    assert_eq!(deleted.len(), usize::from(REQUESTS) / 2);
}

/// Numbers given after the copy was made are given again.
#[test]
fn after_a_restore_whoever_follows_is_told_to_begin_anew() {
    let office = Office::on_sqlite();
    office.store_request(request(request_id(1)));
    let (copy, elsewhere) = (office.path("copy.db"), office.path("elsewhere.db"));
    let database = office.database();
    let new = run(["token", "new", "--scope", "list", "--database", &database, "Ann"]);
    let bearer = format!("Bearer {}", texts(&new).0.trim());
    assert!(office.run(&["backup", &copy]).status.success());
    assert!(office.run(&["mark", "booked", &reference_of(1)]).status.success());
    let changes = |database: &str, query: &str| {
        let database = intake::store::Database::Sqlite(database.into());
        let server = Server::start(&database, &office.clinic.public_file);
        let headers = [("Authorization", bearer.as_str())];
        let listed = http::get(server.operations, "/v1/requests", &headers).json();
        let page = http::get(server.operations, &format!("/v1/changes{query}"), &headers).json();
        assert_eq!(page["epoch"], listed["epoch"]);
        server.kill();
        page
    };
    let before = changes(&database, "");
    assert_eq!(
        (&before["next"], before["changes"][0]["state"].as_str()),
        (&json!(1), Some("booked"))
    );

    assert!(run(["restore", "--database", &elsewhere, &copy]).status.success());
    let mark = ["mark", "--database", &elsewhere, "junk", &reference_of(1)];
    assert!(run(mark).status.success());
    // The number 1 is of another change now, which is not told after 1: the epoch tells that.
    let after = changes(&elsewhere, "?after=1");
    assert_eq!((&after["next"], &after["changes"]), (&json!(1), &json!([])));
    assert_ne!(after["epoch"], before["epoch"]);
    assert_eq!(changes(&elsewhere, "")["changes"][0]["state"], "junk");
}
