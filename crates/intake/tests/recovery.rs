//! Storing goes on in the same process after any error of the database.

use crate::harness::clinic::{Keys, request, request_id};
use crate::harness::database::Other;
use crate::harness::http;
use crate::harness::service::{Plan, Service};
use crate::harness::wait_for;

fn send(service: &Service, nth: u8) -> u16 {
    let id = request_id(nth);
    service.send(&id.to_string(), &service.plan.clinic.seal(request(id))).status
}

mod sqlite {
    use intake::store::Database;

    use super::*;

    /// Lets every insert into `requests` do something more.
    fn on_insert(action: &str) -> [String; 2] {
        let create = format!(
            "CREATE TRIGGER broken BEFORE INSERT ON requests BEGIN SELECT RAISE({action}); END"
        );
        [create, "DROP TRIGGER broken".to_owned()]
    }

    /// Fails at the commit, with the transaction still open.
    fn at_commit() -> [String; 2] {
        let create = "CREATE TABLE parent (id INTEGER PRIMARY KEY); \
                      CREATE TABLE child (id INTEGER REFERENCES parent DEFERRABLE INITIALLY DEFERRED); \
                      CREATE TRIGGER broken AFTER INSERT ON requests \
                      BEGIN INSERT INTO child VALUES (1); END";
        [create, "DROP TRIGGER broken; DROP TABLE child; DROP TABLE parent"].map(str::to_owned)
    }

    #[test]
    fn an_error_in_a_transaction_does_not_outlast_its_cause() {
        let mut plan = Plan::new();
        plan.database = Database::Sqlite(plan.folder.path().join("intake.db"));
        let service = plan.start();
        assert_eq!(send(&service, 0), 201);
        let causes = [
            // As SQLite itself does where the disk is full or fails, or memory runs out.
            on_insert("ROLLBACK, 'rolled back'"),
            on_insert("ABORT, 'the statement is undone'"),
            on_insert("FAIL, 'the statement stops'"),
            at_commit(),
        ];
        for (nth, [create, drop]) in (1_u8..).zip(causes) {
            let execute = |sql: String| {
                wait_for(async {
                    Other::connect(&service.plan.database).await.execute(&sql).await
                });
            };
            execute(create.clone());
            // More than one, since a connection that is left in a transaction fails the next user.
            for _ in 0..3 {
                assert_eq!(send(&service, nth), 503, "{create}");
            }
            execute(drop);
            http::wait_until_ready(service.operations);
            assert_eq!(send(&service, nth), 201, "{create}");
        }
    }
}

mod postgres {
    use std::thread;
    use std::time::{Duration, Instant};

    use intake::store::Database;
    use sqlx::ConnectOptions as _;

    use super::*;
    use crate::harness::database::{fresh_on, server};
    use crate::harness::postgres::Postgres;
    use crate::harness::program::Server;

    /// Holds what the storing transaction waits for: its lock, its insert, its commit.
    const STEPS: [(&str, &str); 3] = [
        ("the lock", "SELECT pg_advisory_lock(115923119860581)"),
        ("the insert", "BEGIN; LOCK TABLE requests IN ACCESS EXCLUSIVE MODE"),
        ("the commit", "SELECT pg_advisory_lock(1)"),
    ];

    /// Makes every commit of a request wait for a lock that a test can hold.
    const WAIT_AT_COMMIT: &str = "
        CREATE FUNCTION wait() RETURNS trigger LANGUAGE plpgsql AS \
            $$ BEGIN PERFORM pg_advisory_xact_lock(1); RETURN NULL; END $$; \
        CREATE CONSTRAINT TRIGGER waits AFTER INSERT ON requests \
            DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION wait()";

    /// Waits until somebody waits for a lock.
    async fn until_someone_waits(database: &Database) {
        let Database::Postgres(address) = database else { panic!("a server") };
        let mut connection = address.options().connect().await.unwrap();
        let limit = Instant::now() + Duration::from_secs(30);
        let count = "SELECT COUNT(*) FROM pg_locks WHERE NOT granted";
        while sqlx::query_scalar::<_, i64>(count).fetch_one(&mut connection).await.unwrap() == 0 {
            assert!(Instant::now() < limit, "nobody waits");
            thread::yield_now();
        }
    }

    #[test]
    fn a_server_restarted_in_each_step_of_storing_is_used_again() {
        let folder = tempfile::tempdir().unwrap();
        let clinic = Keys::new(folder.path(), "clinic");
        let postgres = Postgres::start();
        let database = fresh_on(&postgres);
        let server = Server::start(&database, &clinic.public_file);
        wait_for(async { Other::connect(&database).await.execute(WAIT_AT_COMMIT).await });
        for (nth, (step, hold)) in (1_u8..).zip(STEPS) {
            let id = request_id(nth);
            let envelope = clinic.seal(request(id));
            let address = server.address;
            let send = move || http::send(address, &id.to_string(), &envelope).status;
            wait_for(async {
                let mut holder = Other::connect(&database).await;
                holder.execute(hold).await;
                let sent = thread::spawn(send.clone());
                until_someone_waits(&database).await;
                postgres.crash();
                assert_eq!(sent.join().unwrap(), 503, "{step}");
            });
            postgres.start_again();
            server.wait_until_ready();
            assert_eq!(send(), 201, "{step}");
            assert_eq!(send(), 200, "{step}");
        }
    }

    #[test]
    fn an_error_in_a_transaction_does_not_outlast_its_cause() {
        let mut plan = Plan::new();
        plan.database = fresh_on(server());
        let service = plan.start();
        let execute = |sql: &str| {
            wait_for(async { Other::connect(&service.plan.database).await.execute(sql).await });
        };
        execute(
            "CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS \
             $$ BEGIN RAISE EXCEPTION 'as told'; END $$",
        );
        let triggers = [
            "TRIGGER broken BEFORE INSERT ON requests",
            "CONSTRAINT TRIGGER broken AFTER INSERT ON requests DEFERRABLE INITIALLY DEFERRED",
        ];
        for (nth, trigger) in (1_u8..).zip(triggers) {
            execute(&format!("CREATE {trigger} FOR EACH ROW EXECUTE FUNCTION fail()"));
            // More than there are connections.
            for _ in 0..7 {
                assert_eq!(send(&service, nth), 503, "{trigger}");
            }
            execute("DROP TRIGGER broken ON requests");
            http::wait_until_ready(service.operations);
            assert_eq!(send(&service, nth), 201, "{trigger}");
        }
    }
}
