//! Guarantees of the store, on either database.

use std::{fs, thread};

use clinic_core::state::State;
use intake::audit::Actor;
use intake::store::Database;
use intake::store::{Channel, InsertOutcome, STORE_TIMEOUT, Store};
use sqlx::SqlSafeStr;
use sqlx::migrate::{Migration, MigrationType, Migrator};
use sqlx::sqlite::SqlitePool;
use tempfile::TempDir;
use time::{Duration, OffsetDateTime};

use crate::harness::clinic::request_id;
use crate::harness::database::{self, Other, made_by_a_newer_release, of_a_newer_release, word};
use crate::harness::wait_for;

async fn fresh() -> (TempDir, Database, Store) {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().to_owned();
    // Making a database waits for itself.
    let made = tokio::task::spawn_blocking(move || database::fresh(&place)).await;
    let database = made.unwrap();
    let store = Store::open(&database, STORE_TIMEOUT).await.unwrap();
    (folder, database, store)
}

fn noon() -> OffsetDateTime {
    OffsetDateTime::from_unix_timestamp(1_795_521_600).unwrap()
}

#[test]
fn a_request_goes_from_new_to_reached_to_closed_and_back() {
    wait_for(async {
        let (_folder, _, store) = fresh().await;
        let id = request_id(1);
        assert!(matches!(store.insert(id, b"sealed").await.unwrap(), InsertOutcome::Created(_)));
        let entry = store.entries().await.unwrap().remove(0);
        assert_eq!((entry.id, entry.state, entry.bytes), (id, State::New, 6));
        assert_eq!(entry.changed_at, entry.received_at);
        let steps = [State::Reached, State::Closed, State::Reached];
        for (minute, state) in steps.into_iter().enumerate() {
            let now = noon() + Duration::minutes(minute as i64);
            let changed = store.set_state(&Actor::Service, id, state, now).await.unwrap().unwrap();
            assert_eq!((changed.state, changed.changed_at), (state, now));
            let again = now + Duration::SECOND;
            let unchanged =
                store.set_state(&Actor::Service, id, state, again).await.unwrap().unwrap();
            assert_eq!(unchanged, changed, "the same state again is no change");
            assert_eq!(store.entries().await.unwrap(), [changed]);
        }
        let nobody =
            store.set_state(&Actor::Service, request_id(2), State::Closed, noon()).await.unwrap();
        assert_eq!(nobody, None);
    });
}

#[test]
fn only_what_was_settled_long_enough_is_deleted() {
    wait_for(async {
        let (_folder, _, store) = fresh().await;
        for nth in 1..=4 {
            store.insert(request_id(nth), b"sealed").await.unwrap();
        }
        let (before, after) = (noon() - Duration::SECOND, noon());
        store.set_state(&Actor::Service, request_id(1), State::Closed, before).await.unwrap();
        store.set_state(&Actor::Service, request_id(2), State::Closed, after).await.unwrap();
        let long_ago = (5..).zip(State::ALL);
        for (nth, state) in long_ago.clone() {
            store.insert(request_id(nth), b"sealed").await.unwrap();
            store.set_state(&Actor::Service, request_id(nth), state, before).await.unwrap();
        }
        assert_eq!(store.delete_settled_before(noon()).await.unwrap(), 5);
        assert_eq!(store.delete_settled_before(noon()).await.unwrap(), 0);
        let left: Vec<_> = store.entries().await.unwrap().iter().map(|it| it.id).collect();
        let unsettled = long_ago.filter(|(_, state)| !state.is_settled()).map(|(nth, _)| nth);
        let expected: Vec<_> = [2, 3, 4].into_iter().chain(unsettled).map(request_id).collect();
        assert_eq!((left, expected.len()), (expected.clone(), 7));
    });
}

#[test]
fn pages_hold_everything_once_in_the_order_of_arrival() {
    wait_for(async {
        let (_folder, _, store) = fresh().await;
        let ids: Vec<_> = (1..=7).rev().map(request_id).collect();
        for id in &ids {
            store.insert(*id, id.as_bytes()).await.unwrap();
        }
        let mut seen = Vec::new();
        let mut after = 0;
        loop {
            let page = store.page(after, 3).await.unwrap();
            let Some(last) = page.last() else { break };
            after = last.entry.position;
            assert!(page.len() <= 3);
            for sealed in page {
                assert_eq!(sealed.envelope, sealed.entry.id.as_bytes());
                assert_eq!(
                    store.envelope(sealed.entry.id).await.unwrap().unwrap(),
                    sealed.envelope
                );
                seen.push(sealed.entry.id);
            }
        }
        assert_eq!(seen, ids);
    });
}

/// On SQLite all but one ended: "table requests already exists".
#[test]
fn services_that_were_started_together_could_not_all_make_the_tables() {
    for _ in 0..5 {
        let folder = tempfile::tempdir().unwrap();
        let database = database::fresh(folder.path());
        let starts: Vec<_> = (0..4)
            .map(|_| {
                let database = database.clone();
                thread::spawn(move || {
                    wait_for(async { Store::open(&database, STORE_TIMEOUT).await.map(drop) })
                })
            })
            .collect();
        for start in starts {
            start.join().unwrap().unwrap();
        }
    }
}

#[test]
fn a_position_is_never_given_twice() {
    wait_for(async {
        let (_folder, _, store) = fresh().await;
        for nth in 1..=2 {
            store.insert(request_id(nth), b"sealed").await.unwrap();
        }
        let last = store.entries().await.unwrap()[1].position;
        assert!(store.delete(&Actor::Service, request_id(2)).await.unwrap());
        assert!(!store.delete(&Actor::Service, request_id(2)).await.unwrap());
        store.insert(request_id(3), b"sealed").await.unwrap();
        let page = store.page(last, 10).await.unwrap();
        assert_eq!(page.len(), 1, "who went on from there misses none");
        assert_eq!(page[0].entry.id, request_id(3));
    });
}

#[test]
fn a_group_keeps_the_first_of_equal_ids_and_compares_the_others() {
    wait_for(async {
        let (_folder, _, store) = fresh().await;
        // Begun at once, so that they wait for one commit together.
        let mut begun = Vec::new();
        for nth in 0..60_u8 {
            let store = store.clone();
            let envelope = if nth % 3 == 2 { b"other" } else { b"first" };
            begun.push(tokio::spawn(
                async move { store.insert(request_id(nth % 20), envelope).await },
            ));
        }
        let mut kept = Vec::new();
        for task in begun {
            kept.push(task.await.unwrap().unwrap());
        }
        assert_eq!(kept.iter().filter(|it| matches!(it, InsertOutcome::Created(_))).count(), 20);
        assert!(kept[..20].iter().all(|it| matches!(it, InsertOutcome::Created(_))));
        for entry in store.entries().await.unwrap() {
            let nth = (0..20).find(|nth| request_id(*nth) == entry.id).unwrap();
            let expected: &[u8] = if nth % 3 == 2 { b"other" } else { b"first" };
            assert_eq!(store.envelope(entry.id).await.unwrap().unwrap(), expected);
            for (nth, kept) in (0_u8..).zip(&kept).filter(|(other, _)| other % 20 == nth).skip(1) {
                let same = (nth % 3 == 2) == (expected == b"other");
                assert_eq!(matches!(kept, InsertOutcome::Duplicate(_)), same, "{nth}");
                assert_eq!(matches!(kept, InsertOutcome::Conflict), !same, "{nth}");
            }
        }
    });
}

/// They are sent when the channel is set again, or deleted with their requests; until then nothing is
/// wrong.
#[test]
fn notices_of_a_channel_that_is_not_set_any_more_are_not_counted() {
    wait_for(async {
        let (_folder, _, store) = fresh().await;
        let store = store.announcing(&[Channel::Email, Channel::Webhook]);
        store.insert(request_id(1), b"sealed").await.unwrap();
        assert_eq!(store.pending_notices().await.unwrap(), 2);
        let store = store.announcing(&[Channel::Webhook]);
        assert_eq!(store.pending_notices().await.unwrap(), 1);
        let store = store.announcing(&[]);
        assert_eq!(store.pending_notices().await.unwrap(), 0);
        let store = store.announcing(&[Channel::Email]);
        assert_eq!(store.pending_notices().await.unwrap(), 1);
    });
}

#[test]
fn a_secret_is_the_first_one_stored_for_everybody() {
    wait_for(async {
        let (_folder, database, store) = fresh().await;
        assert_eq!(store.secret("proof", b"one").await.unwrap(), b"one");
        let other = Store::open(&database, STORE_TIMEOUT).await.unwrap();
        assert_eq!(other.secret("proof", b"two").await.unwrap(), b"one");
        assert_eq!(other.secret("another", b"three").await.unwrap(), b"three");
    });
}

#[test]
fn notices_wait_until_they_are_settled() {
    wait_for(async {
        let (_folder, _, store) = fresh().await;
        store.insert(request_id(1), b"before").await.unwrap();
        assert_eq!(store.pending_notices().await.unwrap(), 0);
        let store = store.announcing(&[Channel::Email, Channel::Webhook]);
        for (nth, envelope) in [(2, b"sealed"), (3, b"sealed"), (3, b"sealed"), (3, b"others")] {
            store.insert(request_id(nth), envelope).await.unwrap();
        }
        assert_eq!(store.pending_notices().await.unwrap(), 4, "one a new request and channel");

        let now = OffsetDateTime::now_utc();
        let later = now + Duration::minutes(5);
        let notice = store.claim_notice(Channel::Email, now, later).await.unwrap().unwrap();
        assert_eq!((notice.channel, notice.requests, notice.attempts), (Channel::Email, 2, 1));
        assert_eq!(notice.request_id, request_id(3), "the last");
        let taken = store.claim_notice(Channel::Email, now, later).await.unwrap();
        assert_eq!(taken, None, "none is taken twice");
        let other = store.claim_notice(Channel::Webhook, now, later).await.unwrap();
        assert!(other.is_some(), "each channel has its own");

        // One that arrives meanwhile is not settled with those before it.
        store.insert(request_id(4), b"sealed").await.unwrap();
        store.settle_notice(&notice, later).await.unwrap();
        store.postpone_notices(Channel::Webhook, later + Duration::SECOND).await.unwrap();
        assert_eq!(store.pending_notices().await.unwrap(), 3, "of the webhook, which was put off");
        let again = later + Duration::HOUR;
        let next = store.claim_notice(Channel::Email, later, again).await.unwrap().unwrap();
        assert_eq!((next.requests, next.attempts), (1, 1));
        assert_eq!(store.claim_notice(Channel::Webhook, later, again).await.unwrap(), None);
        store.delete(&Actor::Service, request_id(2)).await.unwrap();
        let later = later + Duration::SECOND;
        let next = store.claim_notice(Channel::Webhook, later, again).await.unwrap().unwrap();
        assert_eq!((next.requests, next.attempts), (2, 2), "a deleted request is not told of");
        // A clock that was far ahead put them off: nobody waits for that day.
        store.postpone_notices(Channel::Webhook, later + Duration::days(90)).await.unwrap();
        assert!(store.claim_notice(Channel::Webhook, later, again).await.unwrap().is_some());
    });
}

#[test]
fn a_clock_set_back_changes_no_order_and_loses_nothing() {
    wait_for(async {
        let (_folder, database, store) = fresh().await;
        store.insert(request_id(1), b"sealed").await.unwrap();
        // As if that had been stored before the clock was set back by a day.
        let mut other = Other::connect(&database).await;
        other.execute("UPDATE requests SET received_at = received_at + 86400").await;
        store.insert(request_id(2), b"sealed").await.unwrap();
        let entries = store.entries().await.unwrap();
        assert!(entries[0].received_at > entries[1].received_at);
        assert_eq!([entries[0].id, entries[1].id], [1, 2].map(request_id));
        let rest = store.page(entries[0].position, 10).await.unwrap();
        assert_eq!(rest.len(), 1);
        assert!(matches!(
            store.insert(request_id(1), b"sealed").await.unwrap(),
            InsertOutcome::Duplicate(_)
        ));
    });
}

#[test]
fn an_older_program_leaves_a_newer_database_alone() {
    wait_for(async {
        let (_folder, database, store) = fresh().await;
        store.insert(request_id(1), b"sealed").await.unwrap();
        store.close().await;
        of_a_newer_release(&database).await;
        let refused = Store::open(&database, STORE_TIMEOUT).await.unwrap_err().to_string();
        assert_eq!(refused, made_by_a_newer_release(&word(&database)));
    });
}

mod sqlite {
    use super::*;

    /// The schema that was released first, as it was.
    const FIRST: &str = include_str!("../migrations/sqlite/0001_requests.sql");

    #[test]
    fn a_database_of_the_first_release_is_brought_forward() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("intake.db");
        fs::write(&file, "").unwrap();
        wait_for(async {
            let pool = SqlitePool::connect(&format!("sqlite:{}", file.display())).await.unwrap();
            let first = Migration::new(
                1,
                "requests".into(),
                MigrationType::Simple,
                FIRST.into_sql_str(),
                false,
            );
            Migrator::with_migrations(vec![first]).run(&pool).await.unwrap();
            for nth in [3, 1, 2] {
                sqlx::query("INSERT INTO requests (id, received_at, envelope) VALUES (?1, ?2, ?3)")
                    .bind(request_id(nth).to_string())
                    .bind(1_700_000_000 + i64::from(nth))
                    .bind([nth; 5].as_slice())
                    .execute(&pool)
                    .await
                    .unwrap();
            }
            pool.close().await;

            let database = Database::Sqlite(file);
            let store = Store::open(&database, STORE_TIMEOUT).await.unwrap();
            let page = store.page(0, 10).await.unwrap();
            let ids: Vec<_> = page.iter().map(|it| it.entry.id).collect();
            assert_eq!(ids, [3, 1, 2].map(request_id));
            for (sealed, nth) in page.iter().zip([3, 1, 2]) {
                assert_eq!(sealed.envelope, [nth; 5]);
                assert_eq!(
                    sealed.entry.received_at.unix_timestamp(),
                    1_700_000_000 + i64::from(nth)
                );
                assert_eq!(sealed.entry.state, State::New);
            }
            assert!(matches!(
                store.insert(request_id(3), &[3; 5]).await.unwrap(),
                InsertOutcome::Duplicate(_)
            ));
            store.close().await;
            // Once more changes nothing.
            let store = Store::open(&database, STORE_TIMEOUT).await.unwrap();
            assert_eq!(store.page(0, 10).await.unwrap(), page);
        });
    }
}
