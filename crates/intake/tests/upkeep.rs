//! What the service does once a day, and when it starts.

use intake::settings::{Database, Retention};
use intake::store::{PATIENCE, State, Store};
use intake::upkeep::delete_closed;
use time::{Duration, OffsetDateTime};

use crate::harness::clinic::{request, request_id};
use crate::harness::database::Other;
use crate::harness::office::Office;
use crate::harness::program::{Server, intake, texts};
use crate::harness::wait_for;

/// Three requests: a new one, one just closed, and one closed 90 days and a second ago.
fn office() -> Office {
    let office = Office::new();
    for nth in [1, 2, 3] {
        office.store_request(request(request_id(nth)));
    }
    wait_for(async {
        let now = OffsetDateTime::now_utc();
        let store = Store::open(&office.database, PATIENCE).await.unwrap();
        store.set_state(request_id(2), State::Closed, now).await.unwrap();
        let long_ago = now - Duration::days(90) - Duration::SECOND;
        store.set_state(request_id(3), State::Closed, long_ago).await.unwrap();
        // The new one is as old, which does not matter.
        let mut other = Other::connect(&office.database).await;
        other.execute("UPDATE requests SET received_at = 7").await;
        store.close().await;
    });
    office
}

async fn ids(database: &Database) -> Vec<uuid::Uuid> {
    let store = Store::open_for_reading(database, PATIENCE).await.unwrap();
    let entries = store.entries().await.unwrap();
    store.close().await;
    entries.into_iter().map(|entry| entry.id).collect()
}

#[test]
fn requests_closed_longer_ago_than_is_kept_are_deleted() {
    let office = office();
    wait_for(async {
        let store = Store::open(&office.database, PATIENCE).await.unwrap();
        let now = OffsetDateTime::now_utc();
        for (retention, deleted) in [
            (Retention::Forever, 0),
            (Retention::Days(u32::MAX), 0),
            (Retention::Days(91), 0),
            (Retention::Days(90), 1),
            (Retention::Days(90), 0),
        ] {
            let count = delete_closed(&store, retention, now).await.unwrap();
            assert_eq!(count, deleted, "{retention:?}");
        }
        store.close().await;
        assert_eq!(ids(&office.database).await, [request_id(1), request_id(2)]);
    });
}

#[test]
fn the_service_deletes_them_when_it_starts() {
    let office = office();
    let server = Server::start(&office.database, &office.clinic.public_file);
    let line = server.line_with("closed requests deleted");
    assert!(line.contains("deleted=1"), "{line}");
    wait_for(async { assert_eq!(ids(&office.database).await, [request_id(1), request_id(2)]) });
}

#[test]
fn a_log_for_programs_is_one_object_a_line() {
    let office = office();
    let mut command = intake(Server::args(&office.database, &office.clinic.public_file));
    command.env("INTAKE_LOG_FORMAT", "json").env("INTAKE_LISTEN", "not read: the flag holds");
    command.stderr(std::process::Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut lines = std::io::BufRead::lines(std::io::BufReader::new(child.stderr.take().unwrap()));
    let first: serde_json::Value = serde_json::from_str(&lines.next().unwrap().unwrap()).unwrap();
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!((&first["message"], &first["level"]), (&"listening".into(), &"INFO".into()));
    assert!(first["address"].as_str().unwrap().starts_with("127.0.0.1:"), "{first}");
}

#[test]
fn a_number_of_days_that_is_none_is_a_mistake() {
    for (days, fine) in [("90", true), ("forever", true), ("0", false), ("-1", false), ("x", false)]
    {
        let office = Office::new();
        let key = office.clinic.public_file.display().to_string();
        let database = office.database();
        let days_flag = format!("--retention-days={days}");
        let flags = ["check", "--keys", &key, &days_flag, "--database", &database];
        let checked = intake(flags).output().unwrap();
        let told = texts(&checked).1.contains("is not a number of days from 1, nor forever");
        assert_eq!(told, !fine, "{days}: {checked:?}");
    }
}
