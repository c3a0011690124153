//! An unavailable store: 503, nothing half-stored, and the same request works later.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use intake::store::Database;
use intake::store::{STORE_TIMEOUT, Store};

use crate::harness::clinic::{Keys, request, request_id, request_of};
use crate::harness::database::{self, Other};
use crate::harness::http;
use crate::harness::program::{self, Server, texts};
use crate::harness::service::Plan;
use crate::harness::wait_for;

const UNAVAILABLE: &str = "503
connection: close
content-type: application/problem+json
retry-after: 5

{\"type\":\"about:blank\",\"title\":\"Service Unavailable\",\"status\":503,\
\"detail\":\"The database cannot be used just now; nothing was changed. Send the same request again.\"}";

#[test]
fn a_locked_database() {
    let mut plan = Plan::new();
    plan.store_timeout = Duration::from_millis(500);
    let service = plan.start();
    let id = request_id(1).to_string();
    let envelope = service.plan.clinic.seal(request(request_id(1)));
    wait_for(async {
        let mut other = Other::connect(&service.plan.database).await;
        other.lock().await;
        assert_eq!(service.send(&id, &envelope).whole(), UNAVAILABLE);
        assert_eq!(service.operate("/readyz").whole(), UNAVAILABLE);
        assert_eq!(service.get("/healthz", &[]).status, 200);
        other.execute("ROLLBACK").await;
    });
    http::wait_until_ready(service.operations);
    assert_eq!(service.send(&id, &envelope).status, 201);
}

#[test]
fn a_read_only_database() {
    let mut plan = Plan::new();
    wait_for(async {
        let store = Store::open(&plan.database, STORE_TIMEOUT).await.unwrap();
        // As a service leaves it that ran before.
        store.secret("proof-of-work", b"a test's").await.unwrap();
        store.close().await;
    });
    plan.for_reading = true;
    let service = plan.start();
    let id = request_id(1).to_string();
    let envelope = service.plan.clinic.seal(request(request_id(1)));
    assert_eq!(service.send(&id, &envelope).whole(), UNAVAILABLE);
    assert_eq!(service.operate("/readyz").whole(), UNAVAILABLE);
}

#[test]
fn a_lost_table() {
    let service = Plan::new().start();
    wait_for(async {
        let mut other = Other::connect(&service.plan.database).await;
        other.execute("DROP TABLE notices").await;
        other
            .execute("DROP TABLE added_recipients; DROP TABLE changes; DROP TABLE sealed_notes")
            .await;
        other.execute("DROP TABLE requests").await;
    });
    assert_eq!(service.operate("/readyz").whole(), UNAVAILABLE);
}

mod sqlite {
    use super::*;

    #[test]
    fn a_folder_that_nothing_can_be_made_in() {
        let folder = tempfile::tempdir().unwrap();
        let clinic = Keys::new(folder.path(), "clinic");
        let closed = folder.path().join("closed");
        fs::create_dir(&closed).unwrap();
        for (path, mode) in [(folder.path(), 0o755), (&clinic.public_file, 0o644), (&closed, 0o555)]
        {
            fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
        }
        let database = Database::Sqlite(closed.join("intake.db"));
        // To root every folder is open.
        let as_anybody = "[ \"$(id -u)\" = 0 ] && \
                          exec setpriv --reuid=65534 --regid=65534 --clear-groups \"$0\" \"$@\"; \
                          exec \"$0\" \"$@\"";
        let mut command = Command::new("sh");
        command.args(["-c", as_anybody]).arg(open_to_all(folder.path()));
        command.args(Server::args(&database, &clinic.public_file));
        let refused = command.stdin(Stdio::null()).output().unwrap();
        let (_, told) = texts(&refused);
        assert_eq!(refused.status.code(), Some(1), "{told}");
        let file = closed.join("intake.db").display().to_string();
        let expected = format!("cannot make the database {file}: Permission denied");
        assert!(told.contains(&expected), "{told}");
    }

    /// A copy of the program where everybody can run it; it may have been built at home.
    fn open_to_all(folder: &Path) -> PathBuf {
        let copy = folder.join("intake");
        fs::copy(env!("CARGO_BIN_EXE_intake"), &copy).unwrap();
        copy
    }
}

/// A service that may write no file beyond so many KiB, as on a full disk.
fn on_a_small_disk(kib: u32, args: Vec<String>) -> Server {
    // Without the trap the kernel would end the process instead of refusing to write.
    // The limit is soft, so that a test can make room. Blocks of 512 bytes.
    let script = "trap '' XFSZ; ulimit -S -f \"$1\"; shift; exec \"$0\" \"$@\"";
    let mut command = Command::new("sh");
    command.args(["-c", script, env!("CARGO_BIN_EXE_intake"), &(2 * kib).to_string()]);
    command.args(args).env_clear().stdin(Stdio::null());
    Server::of(command)
}

/// The pages were gone too, though they need no database.
#[test]
fn a_disk_that_is_full_when_the_service_starts() {
    for is_fresh in [false, true] {
        let folder = tempfile::tempdir().unwrap();
        let clinic = Keys::new(folder.path(), "clinic");
        let database = Database::Sqlite(folder.path().join("intake.db"));
        let site = folder.path().join("site");
        fs::create_dir(&site).unwrap();
        fs::write(site.join("index.html"), "<!doctype html>").unwrap();
        let (first, second) = (request_id(1), request_id(2));
        if !is_fresh {
            wait_for(async {
                let store = Store::open(&database, STORE_TIMEOUT).await.unwrap();
                store.insert(first, &clinic.seal(request(first))).await.unwrap();
                store.close().await;
            });
        }
        let mut args = Server::args(&database, &clinic.public_file);
        args.extend(["--site".to_owned(), site.display().to_string()]);
        let server = on_a_small_disk(4, args);
        let get = |path| http::get(server.address, path, &[]);
        let operate = |path| http::get(server.operations, path, &[]);
        let send = |id: uuid::Uuid| {
            http::send(server.address, &id.to_string(), &clinic.seal(request(id))).status
        };
        assert_eq!((get("/").status, get("/healthz").status), (200, 200));
        assert_eq!(get("/").text(), "<!doctype html>");
        for path in ["/readyz", "/metrics"] {
            assert_eq!(operate(path).whole(), UNAVAILABLE, "{path}");
        }
        let uncached = UNAVAILABLE.replace("connection:", "cache-control: no-store\nconnection:");
        for path in ["/v1/requests", "/v1/set-up", "/v1/status"] {
            assert_eq!(operate(path).whole(), uncached, "{path}");
        }
        assert_eq!((operate("/healthz").status, send(second)), (200, 503));
        assert!(server.line_with("ERROR").contains("the database cannot be opened"));

        server.make_room();
        server.wait_until_ready();
        assert_eq!(send(second), 201);
        assert_eq!((get("/").status, operate("/v1/requests").status), (200, 401));
        assert_eq!(send(first), if is_fresh { 201 } else { 409 });
    }
}

#[test]
fn a_full_disk() {
    let folder = tempfile::tempdir().unwrap();
    let clinic = Keys::new(folder.path(), "clinic");
    let database = Database::Sqlite(folder.path().join("intake.db"));
    let server = on_a_small_disk(512, Server::args(&database, &clinic.public_file));
    let send = |nth: u8, length: usize| {
        let mut envelope = clinic.seal(request_of(request_id(nth), "Ann Example", ""));
        envelope.resize(envelope.len().max(length), b' ');
        http::send(server.address, &request_id(nth).to_string(), &envelope)
    };
    // First large ones, then small ones into what is left.
    let mut stored = 0;
    for length in [60_000, 0] {
        let refused = loop {
            let response = send(stored, length);
            if response.status != 201 {
                break response;
            }
            stored += 1;
            assert!(stored < 100, "the disk never fills");
        };
        assert_eq!(refused.whole(), UNAVAILABLE);
        assert!(stored > 0);
    }
    assert_eq!(http::get(server.operations, "/readyz", &[]).whole(), UNAVAILABLE);

    // With room again the same process stores, and what was stored before is there.
    server.make_room();
    server.wait_until_ready();
    for length in [0, 60_000] {
        assert_eq!(send(stored, length).status, 201);
        stored += 1;
    }
    let database = database::word(&database);
    let key = clinic.private_file.display().to_string();
    let opened = program::run(["open", "--database", &database, "--private", &key]);
    let (_, counts) = texts(&opened);
    assert_eq!(counts, format!("{stored} opened, 0 failed, 0 skipped\n"));
}
