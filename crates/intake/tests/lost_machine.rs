//! A machine that is lost while requests arrive: the copy elsewhere lacks only what came after it.

use std::cell::RefCell;
use std::collections::HashSet;
use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::thread;
use std::time::{Duration, Instant};

use uuid::Uuid;

use crate::harness::clinic::request;
use crate::harness::database::{Other, fresh_on};
use crate::harness::http;
use crate::harness::office::{Office, listed};
use crate::harness::postgres::Postgres;
use crate::harness::program::{Server, texts};
use crate::harness::{tools, wait_for};

/// Requests that arrive between two copies, and after the last one, at least.
const BETWEEN: usize = 20;
const SENDERS: usize = 2;
const COPIES: usize = 3;

/// The requests that patients have a receipt of, in the order of the receipts.
#[derive(Debug)]
struct Accepted {
    ids: Vec<Uuid>,
    /// Their number before the last complete copy was begun.
    before_last_copy: usize,
    /// Their number before it was complete.
    before_its_end: usize,
}

impl Accepted {
    /// Compares with the ids that a restored copy lists: everything that was accepted before the copy is
    /// there, and what is not was accepted after. Returns the number of the missing.
    fn missing_in(&self, restored: &[String]) -> usize {
        let restored: HashSet<&str> = restored.iter().map(String::as_str).collect();
        let is_missing = |id: &Uuid| !restored.contains(id.to_string().as_str());
        let missing: Vec<usize> =
            (0..self.ids.len()).filter(|nth| is_missing(&self.ids[*nth])).collect();
        eprintln!(
            "{} accepted, {} of them before the last complete copy was begun; {} missing",
            self.ids.len(),
            self.before_last_copy,
            missing.len()
        );
        let older = missing.iter().filter(|nth| **nth < self.before_last_copy).count();
        assert_eq!(older, 0, "missing, though accepted before the copy");
        missing.len()
    }
}

/// Kills the service, so that senders end even where a test fails.
struct Killed<'a>(&'a Server);

impl Drop for Killed<'_> {
    fn drop(&mut self) {
        self.0.kill_now();
    }
}

/// Runs a service, copies its database several times while requests arrive, then loses the database
/// and kills the service.
fn lose_machine(office: &Office, copy: impl Fn(), lose: impl FnOnce()) -> Accepted {
    let server = Server::start(&office.database, &office.clinic.public_file);
    let ids = Mutex::new(Vec::new());
    let count = || ids.lock().unwrap().len();
    let wait_for_more = || {
        let (wanted, limit) = (count() + BETWEEN, Instant::now() + Duration::from_secs(60));
        while count() < wanted {
            assert!(Instant::now() < limit, "no requests are accepted");
            thread::yield_now();
        }
    };
    let (mut before_last_copy, mut before_its_end) = (0, 0);
    thread::scope(|scope| {
        let _killed = Killed(&server);
        for _ in 0..SENDERS {
            scope.spawn(|| {
                loop {
                    let id = Uuid::new_v4();
                    let envelope = office.clinic.seal(request(id));
                    let sent = http::try_send(server.address, &id.to_string(), &envelope);
                    // The service is gone, or its database is.
                    if sent.is_none_or(|response| response.status != 201) {
                        return;
                    }
                    ids.lock().unwrap().push(id);
                }
            });
        }
        for _ in 0..COPIES {
            wait_for_more();
            before_last_copy = count();
            copy();
            before_its_end = count();
        }
        wait_for_more();
        lose();
    });
    Accepted { ids: ids.into_inner().unwrap(), before_last_copy, before_its_end }
}

/// An office whose database is in a folder that is lost with the machine.
fn office() -> (Office, String) {
    let mut office = Office::on_sqlite();
    let machine = office.path("machine");
    fs::create_dir(&machine).unwrap();
    office.database = intake::store::Database::Sqlite(Path::new(&machine).join("requests.db"));
    (office, machine)
}

/// Removes a folder in one step: the service still writes into it.
fn remove(machine: &str) {
    fs::rename(machine, format!("{machine} that is lost")).unwrap();
}

/// The newest of the copies in a folder.
fn newest(folder: &str) -> String {
    let files = fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
    files.max().unwrap().display().to_string()
}

#[test]
fn with_a_backup_on_a_timer_only_what_came_after_the_last_one_is_missing() {
    let (office, machine) = office();
    let elsewhere = office.path("elsewhere");
    fs::create_dir(&elsewhere).unwrap();
    let told = Mutex::new(String::new());
    let copy = || {
        // The names of copies differ by the second.
        let last = fs::read_dir(&elsewhere).unwrap().count();
        let limit = Instant::now() + Duration::from_secs(30);
        loop {
            let made = office.run(&["backup", "--into", &elsewhere]);
            if made.status.success() {
                *told.lock().unwrap() = texts(&made).1;
                break;
            }
            assert!(texts(&made).1.contains("is there already"), "{made:?}");
            assert!(Instant::now() < limit);
        }
        assert_eq!(fs::read_dir(&elsewhere).unwrap().count(), last + 1);
    };
    let accepted = lose_machine(&office, copy, || remove(&machine));
    fs::create_dir(&machine).unwrap();
    let restored = office.run(&["restore", &newest(&elsewhere)]);
    assert!(restored.status.success(), "{restored:?}");
    let restored = listed(&office.database());
    let missing = accepted.missing_in(&restored);
    // The copy is of one moment, between its begin and its end.
    let after_its_end = accepted.ids.len() - accepted.before_its_end;
    let after_its_begin = accepted.ids.len() - accepted.before_last_copy;
    assert!((after_its_end..=after_its_begin).contains(&missing), "{missing} {accepted:?}");
    let said = format!("{} requests copied to ", restored.len());
    assert!(told.into_inner().unwrap().starts_with(&said), "{said}");
}

/// Litestream with the settings of `deploy/`, to a folder in place of another machine.
struct Litestream {
    child: RefCell<Child>,
    config: String,
    socket: String,
    database: String,
}

impl Litestream {
    fn program() -> Command {
        Command::new(tools().join("venv/bin/litestream"))
    }

    fn start(office: &Office) -> Self {
        let database = office.database();
        let (config, socket) = (office.path("litestream.yml"), office.path("control.sock"));
        let settings = include_str!("../deploy/litestream.yml");
        let (settings, replica) = settings.split_once("    replica:\n").unwrap();
        assert!(replica.contains("sync-interval: 1s"), "{replica}");
        let settings = settings
            .replace("/var/lib/intake/requests.db", &database)
            .replace("/run/intake-litestream/control.sock", &socket);
        let elsewhere = office.path("elsewhere");
        let replica = format!("    replica:\n      type: file\n      path: {elsewhere}\n");
        fs::write(&config, settings + &replica).unwrap();
        let child = Self::program()
            .args(["replicate", "-config", &config])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("`make test` installs Litestream");
        Self { child: RefCell::new(child), config, socket, database }
    }

    /// Waits until all that is stored is in the copy.
    fn sync(&self) {
        let limit = Instant::now() + Duration::from_secs(60);
        let sync = || {
            let mut sync = Self::program();
            sync.args(["sync", "-wait", "-socket", &self.socket, &self.database]);
            sync.output().unwrap()
        };
        let mut synced = sync();
        // It may be starting still.
        while !synced.status.success() {
            assert!(Instant::now() < limit, "{synced:?}");
            synced = sync();
        }
    }

    fn kill(&self) {
        let mut child = self.child.borrow_mut();
        child.kill().unwrap();
        child.wait().unwrap();
    }

    fn restore(&self) {
        let restored = Self::program()
            .args(["restore", "-config", &self.config, &self.database])
            .output()
            .unwrap();
        assert!(restored.status.success(), "{restored:?}");
    }
}

impl Drop for Litestream {
    fn drop(&mut self) {
        let child = self.child.get_mut();
        let _ = child.kill();
        let _ = child.wait();
    }
}

#[test]
fn with_litestream_only_what_came_after_the_last_sync_is_missing() {
    let (office, machine) = office();
    // The first start makes the database.
    drop(Server::start(&office.database, &office.clinic.public_file));
    let litestream = Litestream::start(&office);
    let accepted = lose_machine(
        &office,
        || litestream.sync(),
        || {
            litestream.kill();
            remove(&machine);
        },
    );
    fs::create_dir(&machine).unwrap();
    litestream.restore();
    let begun = office.run(&["restore"]);
    assert!(begun.status.success(), "{begun:?}");
    accepted.missing_in(&listed(&office.database()));

    // What is there is whole, and goes on.
    let opened = office.open(&[]);
    assert!(opened.status.success(), "{:?}", texts(&opened).1);
    let server = Server::start(&office.database, &office.clinic.public_file);
    let id = Uuid::new_v4();
    let envelope = office.clinic.seal(request(id));
    assert_eq!(http::send(server.address, &id.to_string(), &envelope).status, 201);
}

#[test]
fn with_the_log_of_postgresql_only_what_came_after_the_last_flush_is_missing() {
    let postgres = Postgres::start();
    let mut office = Office::on_sqlite();
    office.database = fresh_on(&postgres);
    postgres.copy_on();
    let flushed = || {
        wait_for(async {
            let mut other = Other::connect(&office.database).await;
            let written = "SELECT (pg_current_wal_flush_lsn() - '0/0')::bigint";
            let written = other.number(written).await;
            let flushed = format!(
                "SELECT COUNT(*) FROM pg_stat_replication WHERE flush_lsn - '0/0' >= {written}"
            );
            let limit = Instant::now() + Duration::from_secs(60);
            while other.number(&flushed).await == 0 {
                assert!(Instant::now() < limit, "the log does not arrive");
            }
        });
    };
    let accepted = lose_machine(&office, flushed, || postgres.lose());
    postgres.put_back();
    let begun = office.run(&["restore"]);
    assert!(begun.status.success(), "{begun:?}");
    accepted.missing_in(&listed(&office.database()));
    let opened = office.open(&[]);
    assert!(opened.status.success(), "{:?}", texts(&opened).1);
}
