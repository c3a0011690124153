//! Databases of the release before are brought forward with all that is in them.

use std::borrow::Cow;
use std::fs;

use clinic_core::state::State;
use intake::audit::Actor;
use intake::store::{Database, MarkOutcome, STORE_TIMEOUT, Store};
use sqlx::SqlSafeStr;
use sqlx::migrate::{Migration, MigrationType, Migrator};
use time::{Duration, OffsetDateTime};

use crate::harness::clinic::request_id;
use crate::harness::database::{self, Other};
use crate::harness::wait_for;

/// Makes the tables of the release before in a new database.
async fn of_the_release_before(database: &Database) -> Other {
    let folder = match database {
        Database::Sqlite(_) => "sqlite",
        Database::Postgres(_) => "postgres",
    };
    let folder = format!("{}/migrations/{folder}", env!("CARGO_MANIFEST_DIR"));
    let mut files: Vec<_> =
        fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
    files.sort();
    let migrations = files.into_iter().map(|file| {
        let name = file.file_stem().unwrap().to_str().unwrap().to_owned();
        let (version, name) = name.split_once('_').unwrap();
        let sql = sqlx::AssertSqlSafe(fs::read_to_string(&file).unwrap()).into_sql_str();
        let name = Cow::Owned(name.replace('_', " "));
        Migration::new(version.parse().unwrap(), name, MigrationType::Simple, sql, false)
    });
    let before = migrations.filter(|migration| migration.version <= 8).collect();
    let migrator = Migrator::with_migrations(before);
    let mut other = Other::connect(database).await;
    match &mut other {
        Other::Sqlite(connection) => {
            migrator.run_direct(None, connection, false).await.unwrap();
        }
        Other::Postgres(connection) => {
            migrator.run_direct(None, connection, false).await.unwrap();
        }
    }
    other
}

#[test]
fn requests_of_every_state_keep_their_notices_and_added_recipients() {
    let folder = tempfile::tempdir().unwrap();
    let database = database::fresh(folder.path());
    wait_for(async {
        let mut before = of_the_release_before(&database).await;
        let kid = "k".repeat(43);
        for (nth, state) in [(3, "new"), (1, "contacted"), (2, "closed"), (4, "new")] {
            let id = request_id(nth);
            before
                .execute(&format!(
                    "INSERT INTO requests (id, received_at, state, changed_at, envelope) \
                     VALUES ('{id}', {nth}, '{state}', {nth} + 100, CAST('sealed {nth}' AS {}))",
                    if database::is_postgres() { "BYTEA" } else { "BLOB" }
                ))
                .await;
            for channel in ["email", "webhook"] {
                before
                    .execute(&format!(
                        "INSERT INTO notices (request_id, channel) VALUES ('{id}', '{channel}')"
                    ))
                    .await;
            }
            before
                .execute(&format!(
                    "INSERT INTO added_recipients (position, kid, recipient) \
                     SELECT position, '{kid}', CAST('r' AS {}) FROM requests WHERE id = '{id}'",
                    if database::is_postgres() { "BYTEA" } else { "BLOB" }
                ))
                .await;
        }
        // A position that was given is not given again.
        before.execute(&format!("DELETE FROM requests WHERE id = '{}'", request_id(4))).await;

        // Twice: the second start changes nothing.
        for _ in 0..2 {
            let store = Store::open(&database, STORE_TIMEOUT).await.unwrap();
            let page = store.page(0, 10).await.unwrap();
            let kept: Vec<_> = page
                .iter()
                .map(|it| {
                    let entry = &it.entry;
                    let times = [entry.received_at, entry.changed_at];
                    let times = times.map(OffsetDateTime::unix_timestamp);
                    (entry.position, entry.id, entry.state, times)
                })
                .collect();
            let expected = [
                (1, request_id(3), State::New, [3, 103]),
                (2, request_id(1), State::Reached, [1, 101]),
                (3, request_id(2), State::Closed, [2, 102]),
            ];
            assert_eq!(kept, expected);
            for (sealed, nth) in page.iter().zip([3, 1, 2]) {
                assert_eq!(sealed.envelope, format!("sealed {nth}").as_bytes());
                let entry = &sealed.entry;
                let fresh = (entry.holder.as_deref(), entry.tries, entry.version, entry.notes);
                assert_eq!(fresh, (None, 0, 1, 0));
                assert_eq!(store.history(entry.position, 1).await.unwrap(), []);
            }
            assert_eq!(store.added_recipients(0, 9).await.unwrap().len(), 3);
            assert_eq!(store.last_change().await.unwrap(), 0);
            let unread = store.unread(OffsetDateTime::now_utc()).await.unwrap().unwrap();
            assert_eq!((unread.count, unread.oldest), (1, request_id(3)));
            store.close().await;
        }
        assert_eq!(before.number("SELECT COUNT(*) FROM notices").await, 6);

        let store = Store::open(&database, STORE_TIMEOUT).await.unwrap();
        store.insert(request_id(5), b"sealed").await.unwrap();
        assert_eq!(store.entries().await.unwrap()[3].position, 5);
        let undone = store.undo(&Actor::Service, request_id(1), 1, OffsetDateTime::now_utc()).await;
        assert_eq!(undone.unwrap(), MarkOutcome::NothingToUndo);
        // The one that was closed is deleted when its time is over, and everything with it.
        let over = OffsetDateTime::UNIX_EPOCH + Duration::HOUR;
        assert_eq!(store.delete_settled_before(over).await.unwrap(), 1);
        assert_eq!(before.number("SELECT COUNT(*) FROM notices").await, 4);
        assert_eq!(before.number("SELECT COUNT(*) FROM added_recipients").await, 2);
        // The former state is none any more.
        let refusal = before.refusal("UPDATE requests SET state = 'contacted'").await;
        assert!(refusal.to_lowercase().contains("check constraint"), "{refusal}");
        store.close().await;
    });
}

#[test]
fn the_database_itself_keeps_nothing_of_a_deleted_request_beside_its_reference() {
    let folder = tempfile::tempdir().unwrap();
    let database = database::fresh(folder.path());
    wait_for(async {
        Store::open(&database, STORE_TIMEOUT).await.unwrap().close().await;
        let mut other = Other::connect(&database).await;
        for more in ["state", "holder", "state_before", "holder_before"] {
            let insert = format!(
                "INSERT INTO changes (reference, at, actor, kind, {more}) \
                 VALUES ('0000-0000', 1, 'the service', 'deleted', 'new')"
            );
            let refusal = other.refusal(&insert).await;
            assert!(refusal.to_lowercase().contains("check constraint"), "{refusal}");
        }
    });
}
