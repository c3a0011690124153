//! Requests that are deleted are gone from the disk.

use std::fs;
use std::path::Path;

use clinic_core::state::State;
use intake::audit::Actor;
use intake::store::Database;
use intake::store::{InsertOutcome, STORE_TIMEOUT, Store};
use tempfile::TempDir;
use time::OffsetDateTime;

use crate::harness::clinic::{request, request_id};
use crate::harness::database::{Other, word};
use crate::harness::program::{run, texts};
use crate::harness::service::{Plan, Service};
use crate::harness::wait_for;

/// A part of an envelope that nothing else holds.
const SECRET: &[u8] = b"c2VhbGVkLCBidXQgc3RpbGwgbm9ib2R5IGVsc2Un";

/// The files of the database that hold the secret.
fn holders(folder: &Path) -> Vec<String> {
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let holds = |file: &Path| {
        let bytes = fs::read(file).unwrap_or_default();
        bytes.windows(SECRET.len()).any(|window| window == SECRET)
    };
    let found = files.filter(|file| file.is_file() && holds(file));
    found.map(|file| file.file_name().unwrap().to_string_lossy().into_owned()).collect()
}

/// A store of one request, which is in its log.
async fn store() -> (TempDir, Database, Store) {
    let folder = tempfile::tempdir().unwrap();
    let database = Database::Sqlite(folder.path().join("intake.db"));
    let store = Store::open(&database, STORE_TIMEOUT).await.unwrap();
    let envelope = SECRET.repeat(200);
    assert!(matches!(
        store.insert(request_id(1), &envelope).await.unwrap(),
        InsertOutcome::Created(_)
    ));
    assert_eq!(holders(folder.path()), ["intake.db-wal"]);
    (folder, database, store)
}

#[test]
fn a_deleted_envelope_is_in_no_file_of_the_database() {
    wait_for(async {
        let (folder, _, store) = store().await;
        assert!(store.delete(&Actor::Service, request_id(1)).await.unwrap());
        assert_eq!(holders(folder.path()), [""; 0]);
    });
}

#[test]
fn a_note_of_a_deleted_request_is_in_no_file_of_the_database() {
    wait_for(async {
        let folder = tempfile::tempdir().unwrap();
        let database = Database::Sqlite(folder.path().join("intake.db"));
        let store = Store::open(&database, STORE_TIMEOUT).await.unwrap();
        store.insert(request_id(1), b"sealed").await.unwrap();
        let (ann, now) = (Actor::Token("Ann".to_owned()), OffsetDateTime::now_utc());
        store.add_note(&ann, request_id(1), &SECRET.repeat(200), now).await.unwrap();
        assert_eq!(holders(folder.path()), ["intake.db-wal"]);
        assert!(store.delete(&ann, request_id(1)).await.unwrap());
        assert_eq!(holders(folder.path()), [""; 0]);
    });
}

#[test]
fn an_envelope_deleted_after_the_set_time_is_in_no_file_of_the_database() {
    wait_for(async {
        let (folder, _, store) = store().await;
        let long_ago = OffsetDateTime::UNIX_EPOCH;
        store.set_state(&Actor::Service, request_id(1), State::Closed, long_ago).await.unwrap();
        let now = OffsetDateTime::now_utc();
        assert_eq!(store.delete_settled_before(now).await.unwrap(), 1);
        assert_eq!(holders(folder.path()), [""; 0]);
    });
}

#[test]
fn an_envelope_deleted_by_a_command_beside_the_service_is_in_no_file_of_the_database() {
    wait_for(async {
        for which in [&["--state", "new"][..], &[&request_id(1).to_string()]] {
            let (folder, database, store) = store().await;
            let database = word(&database);
            let deleted = run([&["delete", "--yes", "--database", &database], which].concat());
            assert_eq!(texts(&deleted).0, "1 requests deleted\n", "{deleted:?}");
            assert_eq!(holders(folder.path()), [""; 0], "{which:?}");
            // The service goes on.
            store.insert(request_id(2), b"sealed").await.unwrap();
            store.close().await;
        }
    });
}

#[test]
fn an_envelope_that_somebody_reads_meanwhile_is_gone_after_the_next_upkeep() {
    wait_for(async {
        let (folder, database, store) = store().await;
        let mut reader = Other::connect(&database).await;
        reader.execute("BEGIN; SELECT * FROM requests").await;
        assert!(store.delete(&Actor::Service, request_id(1)).await.unwrap());
        assert_eq!(holders(folder.path()), ["intake.db-wal"], "the reader's state is kept for it");
        assert!(!store.erase_deleted().await.unwrap());
        reader.execute("COMMIT").await;
        assert!(store.erase_deleted().await.unwrap());
        assert_eq!(holders(folder.path()), [""; 0]);
        // The connection is as it was before.
        store.insert(request_id(2), b"sealed").await.unwrap();
    });
}

#[test]
fn the_bytes_of_a_deleted_request_are_a_new_request() {
    let service: Service = Plan::new().start();
    let (id, token) = (request_id(1), service.token());
    let envelope = service.plan.clinic.seal(request(id));
    let path = format!("/v1/requests/{id}");
    assert_eq!(service.send(&id.to_string(), &envelope).status, 201);
    assert_eq!(service.ask("PATCH", &path, &token, r#"{"state":"closed"}"#).status, 200);
    assert_eq!(service.ask("DELETE", &path, &token, "").status, 204);
    assert_eq!(service.send(&id.to_string(), &envelope).status, 201);
    let listed = service.ask("GET", "/v1/requests", &token, "").json();
    assert_eq!(listed["requests"][0]["state"], "new");
}
