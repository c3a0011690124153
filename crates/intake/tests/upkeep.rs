//! Upkeep at the start and every hour.

use clinic_core::state::State;
use intake::audit::Actor;
use intake::settings::Retention;
use intake::store::Database;
use intake::store::{STORE_TIMEOUT, Store};
use intake::upkeep::{Purge, delete_settled};
use time::{Duration, OffsetDateTime};

use crate::harness::clinic::{request, request_id};
use crate::harness::database::{Other, fresh_on, server};
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
        let store = Store::open(&office.database, STORE_TIMEOUT).await.unwrap();
        store.set_state(&Actor::Service, request_id(2), State::Closed, now).await.unwrap();
        let long_ago = now - Duration::days(90) - Duration::SECOND;
        store.set_state(&Actor::Service, request_id(3), State::Closed, long_ago).await.unwrap();
        // The new one is as old, which does not matter.
        let mut other = Other::connect(&office.database).await;
        other.execute("UPDATE requests SET received_at = 7").await;
        store.close().await;
    });
    office
}

async fn ids(database: &Database) -> Vec<uuid::Uuid> {
    let store = Store::open_for_reading(database, STORE_TIMEOUT).await.unwrap();
    let entries = store.entries().await.unwrap();
    store.close().await;
    entries.into_iter().map(|entry| entry.id).collect()
}

#[test]
fn requests_closed_longer_ago_than_is_kept_are_deleted() {
    let office = office();
    wait_for(async {
        let store = Store::open(&office.database, STORE_TIMEOUT).await.unwrap();
        let now = OffsetDateTime::now_utc();
        for (retention, deleted) in [
            (Retention::Forever, 0),
            (Retention::Days(u32::MAX), 0),
            (Retention::Days(91), 0),
            (Retention::Days(90), 1),
            (Retention::Days(90), 0),
        ] {
            let count = delete_settled(&store, retention, now).await.unwrap();
            assert_eq!(count, Purge::Deleted(deleted), "{retention:?}");
        }
        store.close().await;
        assert_eq!(ids(&office.database).await, [request_id(1), request_id(2)]);
    });
}

#[test]
fn the_service_deletes_them_when_it_starts() {
    let office = office();
    let server = Server::start(&office.database, &office.clinic.public_file);
    let line = server.line_with("settled requests deleted");
    assert!(line.contains("deleted=1"), "{line}");
    wait_for(async { assert_eq!(ids(&office.database).await, [request_id(1), request_id(2)]) });
}

#[test]
fn a_clock_that_jumped_ahead_deletes_nothing() {
    let office = office();
    // As if the service had last run long ago.
    let last_ran = OffsetDateTime::now_utc() - Duration::days(91);
    let insert = format!("INSERT INTO clock VALUES (1, {}, 0)", last_ran.unix_timestamp());
    wait_for(async { Other::connect(&office.database).await.execute(&insert).await });
    let server = Server::start(&office.database, &office.clinic.public_file);
    let line = server.line_with("the clock jumped ahead");
    assert!(line.contains("ERROR") && line.contains("settled requests are kept"), "{line}");
    assert!(line.contains(&format!("last_ran={}", last_ran.date())), "{line}");
    wait_for(async {
        assert_eq!(ids(&office.database).await, [1, 2, 3].map(request_id));
    });
}

#[test]
fn deletion_goes_on_three_days_after_a_jump_of_the_clock() {
    let office = office();
    wait_for(async {
        let store = Store::open(&office.database, STORE_TIMEOUT).await.unwrap();
        let now = OffsetDateTime::now_utc().truncate_to_second();
        let purge = async |now| delete_settled(&store, Retention::Days(1), now).await.unwrap();
        // The last run was just before, whatever it deleted.
        let forever = delete_settled(&store, Retention::Forever, now).await.unwrap();
        assert_eq!(forever, Purge::Deleted(0));
        let ahead = now + Duration::days(400);
        let until = ahead + Duration::days(3);
        assert_eq!(purge(ahead).await, Purge::Held { last_ran: Some(now), until });
        // Neither another start nor an hour changes that.
        let later = ahead + Duration::HOUR;
        assert_eq!(purge(later).await, Purge::Held { last_ran: Some(ahead), until });
        // A clock that is put right shortens it, to three days from then.
        let until = now + Duration::days(3);
        assert_eq!(purge(now).await, Purge::Held { last_ran: Some(later), until });
        for hours in [24, 48, 71] {
            let held = purge(now + Duration::hours(hours)).await;
            assert!(matches!(held, Purge::Held { .. }), "{hours}: {held:?}");
        }
        assert_eq!(purge(until).await, Purge::Deleted(2));
        store.close().await;
    });
}

/// Closed while the clock stood in 1970: three days after it was put right they were gone.
#[test]
fn requests_closed_by_a_clock_that_was_far_behind_are_kept_for_the_whole_time() {
    let office = Office::new();
    for nth in [1, 2] {
        office.store_request(request(request_id(nth)));
    }
    wait_for(async {
        let store = Store::open(&office.database, STORE_TIMEOUT).await.unwrap();
        let now = OffsetDateTime::now_utc().truncate_to_second() + Duration::MINUTE;
        let purge = async |now| delete_settled(&store, Retention::Days(90), now).await.unwrap();
        assert_eq!(purge(now).await, Purge::Deleted(0));
        // The clock falls back, as of a machine without a battery.
        let wrong = OffsetDateTime::UNIX_EPOCH + Duration::HOUR;
        store.set_state(&Actor::Service, request_id(1), State::Closed, wrong).await.unwrap();
        store.set_state(&Actor::Service, request_id(2), State::Closed, now).await.unwrap();
        for held in [wrong, now] {
            assert!(matches!(purge(held).await, Purge::Held { .. }), "{held}");
        }
        // The first look of a clock that is believed again.
        let looked = now + Duration::days(3);
        assert_eq!(purge(looked).await, Purge::Deleted(0));
        let changed_at = async |nth: u8| {
            let entries = store.entries().await.unwrap();
            entries.iter().find(|it| it.id == request_id(nth)).unwrap().changed_at
        };
        assert_eq!((changed_at(1).await, changed_at(2).await), (looked, now));
        for days in (3..93).step_by(3) {
            assert_eq!(purge(now + Duration::days(days)).await, Purge::Deleted(0), "{days}");
        }
        let over = Duration::days(90) + Duration::SECOND;
        assert_eq!(purge(now + over).await, Purge::Deleted(1), "the one closed by the right clock");
        assert_eq!(purge(looked + over).await, Purge::Deleted(1));
        store.close().await;
    });
}

#[test]
fn a_purge_on_postgresql_may_take_longer_than_a_statement() {
    let database = fresh_on(server());
    wait_for(async {
        let store_timeout = std::time::Duration::from_secs(2);
        let store = Store::open(&database, store_timeout).await.unwrap();
        let mut other = Other::connect(&database).await;
        other
            .execute(
                "INSERT INTO requests (id, received_at, state, changed_at, envelope) \
                 SELECT gen_random_uuid(), 0, 'closed', 0, 'sealed' FROM generate_series(1, 1000); \
                 CREATE FUNCTION take_long() RETURNS trigger LANGUAGE plpgsql AS \
                 $$ BEGIN PERFORM pg_sleep(0.004); RETURN OLD; END $$; \
                 CREATE TRIGGER takes_long BEFORE DELETE ON requests \
                 FOR EACH ROW EXECUTE FUNCTION take_long()",
            )
            .await;
        let now = OffsetDateTime::now_utc();
        assert_eq!(store.delete_settled_before(now).await.unwrap(), 1000);
        store.close().await;
    });
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
