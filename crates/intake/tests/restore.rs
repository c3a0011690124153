//! Copies of a SQLite database, restored.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use intake::store::Database;
use serde_json::Value;

use crate::harness::clinic::{reference_of, request, request_id};
use crate::harness::database::{Other, made_by_a_newer_release, of_a_newer_release};
use crate::harness::http;
use crate::harness::office::{Office, counts, listed};
use crate::harness::program::{Server, end_of, intake, run, texts};
use crate::harness::wait_for;

#[test]
fn a_copy_that_is_put_back_is_the_store_that_it_was() {
    let office = Office::on_sqlite();
    for nth in [2, 1] {
        office.store_request(request(request_id(nth)));
    }
    office.run(&["mark", "closed", &reference_of(1)]);
    let (copy, elsewhere) = (office.path("copy.db"), office.path("elsewhere.db"));
    assert_eq!(texts(&office.run(&["list"])).0.lines().count(), 3);
    assert!(office.run(&["backup", &copy]).status.success());
    let restored = run(["restore", "--database", &elsewhere, &copy]);
    assert_eq!(counts(&restored), (Some(0), format!("2 requests restored to {elsewhere}")));
    assert_eq!(fs::metadata(&elsewhere).unwrap().permissions().mode() & 0o777, 0o600);
    let table = |database: &str| texts(&run(["list", "--database", database])).0;
    assert_eq!(table(&elsewhere), table(&office.database()));

    // A retry of what was stored before the copy is known by the service on it.
    let database = Database::Sqlite(elsewhere.into());
    let server = Server::start(&database, &office.clinic.public_file);
    let id = request_id(3);
    let envelope = office.clinic.seal(request(id));
    assert_eq!(http::send(server.address, &id.to_string(), &envelope).status, 201);
    let again = http::send(server.address, &id.to_string(), &envelope);
    assert_eq!(again.status, 200, "{}", again.text());
}

/// Lists as a program of the staff does: the status, the ids, the next cursor.
pub fn ask(server: &Server, token: &str, query: &str) -> (u16, Vec<String>, String) {
    let bearer = format!("Bearer {token}");
    let path = format!("/v1/requests{query}");
    let response = http::get(server.operations, &path, &[("Authorization", &bearer)]);
    let listed = response.json();
    let requests = listed["requests"].as_array().into_iter().flatten();
    let ids = requests.map(|it| it["id"].as_str().unwrap().to_owned()).collect();
    (response.status, ids, listed["next"].as_str().unwrap_or_default().to_owned())
}

/// Runs `intake token`.
pub fn token(office: &Office, args: &[&str]) -> String {
    let done = run(["token"].iter().chain(args).chain(&["--database", &office.database()]));
    assert!(done.status.success(), "{done:?}");
    texts(&done).0.trim().to_owned()
}

pub fn ids(numbers: &[u8]) -> Vec<String> {
    numbers.iter().map(|nth| request_id(*nth).to_string()).collect()
}

#[test]
fn after_a_restore_an_old_cursor_is_refused_so_that_no_request_is_missed() {
    let office = Office::on_sqlite();
    for nth in [1, 2] {
        office.store_request(request(request_id(nth)));
    }
    let token = token(&office, &["new", "front desk"]);
    let (copy, elsewhere) = (office.path("copy.db"), office.path("elsewhere.db"));
    assert!(office.run(&["backup", &copy]).status.success());
    for nth in 3..=5 {
        office.store_request(request(request_id(nth)));
    }
    let server = Server::start(&office.database, &office.clinic.public_file);
    let (_, all, cursor) = ask(&server, &token, "");
    assert_eq!(all, ids(&[1, 2, 3, 4, 5]));
    server.kill();

    assert!(run(["restore", "--database", &elsewhere, &copy]).status.success());
    let server = Server::start(&Database::Sqlite(elsewhere.into()), &office.clinic.public_file);
    for nth in 6..=9 {
        let id = request_id(nth);
        let envelope = office.clinic.seal(request(id));
        assert_eq!(http::send(server.address, &id.to_string(), &envelope).status, 201);
    }
    // Positions 3 to 5 are of other requests now.
    assert_eq!(ask(&server, &token, &format!("?after={cursor}")).0, 410);
    let (_, all, cursor) = ask(&server, &token, "");
    assert_eq!(all, ids(&[1, 2, 6, 7, 8, 9]));
    assert_eq!(ask(&server, &token, &format!("?after={cursor}")).0, 200);
}

/// A cut between the copying and the new listing once left a database that `serve` took, and whose
/// cursors were those of the copy.
#[test]
fn a_restore_that_was_cut_off_is_not_served_and_goes_on_when_it_is_run_again() {
    let office = Office::on_sqlite();
    for nth in [1, 2] {
        office.store_request(request(request_id(nth)));
    }
    let token = token(&office, &["new", "front desk"]);
    let (copy, elsewhere) = (office.path("copy.db"), office.path("elsewhere.db"));
    assert!(office.run(&["backup", &copy]).status.success());
    office.store_request(request(request_id(3)));
    let server = Server::start(&office.database, &office.clinic.public_file);
    let (_, _, cursor) = ask(&server, &token, "");
    server.kill();

    // A copy whose listing is renewed for ever: there is time to cut it off.
    let endless = office.path("endless.db");
    fs::copy(&copy, &endless).unwrap();
    wait_for(async {
        let mut other = Other::connect(&Database::Sqlite(endless.clone().into())).await;
        other
            .execute(
                "CREATE VIEW endless AS WITH RECURSIVE numbers (n) AS \
                 (SELECT 1 UNION ALL SELECT n + 1 FROM numbers) SELECT n FROM numbers; \
                 CREATE TRIGGER takes_for_ever BEFORE UPDATE ON listing \
                 BEGIN SELECT COUNT(*) FROM endless; END",
            )
            .await;
    });
    let mut restoring = intake(["restore", "--database", &elsewhere, &endless]).spawn().unwrap();
    let limit = Instant::now() + Duration::from_secs(30);
    while !Path::new(&format!("{elsewhere}-wal")).exists() {
        assert!(Instant::now() < limit, "it never comes to the listing");
        thread::yield_now();
    }
    restoring.kill().unwrap();
    restoring.wait().unwrap();

    let database = Database::Sqlite(elsewhere.clone().into());
    let served = end_of(Server::args(&database, &office.clinic.public_file));
    let (code, told) = served.expect("it is not served");
    assert_eq!(code, Some(1), "{told}");
    let how = format!("{elsewhere} is not wholly restored: run `intake restore` again");
    assert!(told.contains(&how), "{told}");
    let without_file = run(["restore", "--database", &elsewhere]);
    assert!(counts(&without_file).1.contains(&how), "{without_file:?}");

    let again = run(["restore", "--database", &elsewhere, &copy]);
    assert_eq!(counts(&again), (Some(0), format!("2 requests restored to {elsewhere}")));
    let server = Server::start(&database, &office.clinic.public_file);
    assert_eq!(ask(&server, &token, &format!("?after={cursor}")).0, 410);
    assert_eq!(ask(&server, &token, "").1, ids(&[1, 2]));
}

#[test]
fn a_copy_whose_listing_cannot_be_renewed_leaves_nothing_to_serve() {
    let office = Office::on_sqlite();
    office.store_request(request(request_id(1)));
    let (copy, elsewhere) = (office.path("copy.db"), office.path("elsewhere.db"));
    assert!(office.run(&["backup", &copy]).status.success());
    wait_for(async {
        let mut other = Other::connect(&Database::Sqlite(copy.clone().into())).await;
        let trigger = "CREATE TRIGGER broken BEFORE UPDATE ON listing \
                       BEGIN SELECT RAISE(ABORT, 'as told'); END";
        other.execute(trigger).await;
    });
    let refused = run(["restore", "--database", &elsewhere, &copy]);
    assert!(counts(&refused).1.contains("as told"), "{refused:?}");
    assert_eq!(beginning_with(&office, "elsewhere.db"), [""; 0]);
}

/// The files of an office whose names begin so.
fn beginning_with(office: &Office, name: &str) -> Vec<String> {
    let files = fs::read_dir(office.folder.path()).unwrap();
    let names = files.map(|file| file.unwrap().file_name().into_string().unwrap());
    names.filter(|it| it.starts_with(name)).collect()
}

#[test]
fn a_copy_of_a_newer_release_is_refused_before_anything_is_copied() {
    let office = Office::on_sqlite();
    office.store_request(request(request_id(1)));
    let (copy, elsewhere) = (office.path("copy.db"), office.path("elsewhere.db"));
    assert!(office.run(&["backup", &copy]).status.success());
    wait_for(of_a_newer_release(&Database::Sqlite(copy.clone().into())));
    let refused = run(["restore", "--database", &elsewhere, &copy]);
    let told = format!("intake: {}", made_by_a_newer_release(&copy));
    assert_eq!(counts(&refused), (Some(1), told));
    assert_eq!(beginning_with(&office, "elsewhere.db"), [""; 0]);
}

#[test]
fn restore_names_the_tokens_that_came_back() {
    let office = Office::on_sqlite();
    office.store_request(request(request_id(1)));
    token(&office, &["new", "front desk"]);
    let (copy, elsewhere) = (office.path("copy.db"), office.path("elsewhere.db"));
    assert!(office.run(&["backup", &copy]).status.success());
    token(&office, &["revoke", "front desk"]);
    let (_, told) = texts(&run(["restore", "--database", &elsewhere, &copy]));
    assert!(told.contains("  front desk\n"), "{told}");
    assert!(
        told.contains("revoked since the copy works again") && told.contains("token new"),
        "{told}"
    );
}

#[test]
fn a_damaged_copy_is_not_put_back() {
    let office = Office::on_sqlite();
    for nth in 1..=40 {
        office.store_request(request(request_id(nth)));
    }
    let (copy, elsewhere) = (office.path("copy.db"), office.path("elsewhere.db"));
    assert!(office.run(&["backup", &copy]).status.success());
    let mut bytes = fs::read(&copy).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle..middle + 8192].fill(0x5a);
    fs::write(&copy, &bytes).unwrap();
    for refused in [
        run(["restore", "--database", &elsewhere, &copy]),
        run(["restore", "--database", &elsewhere, &office.path("missing.db")]),
        run([
            "restore",
            "--database",
            &elsewhere,
            &office.clinic.public_file.display().to_string(),
        ]),
    ] {
        assert_eq!(refused.status.code(), Some(1), "{refused:?}");
        assert!(!Path::new(&elsewhere).exists());
    }
}

#[test]
fn a_copy_of_an_older_release_is_brought_up_to_date() {
    let office = Office::on_sqlite();
    let old = office.path("old.db");
    let id = request_id(1);
    let envelope: Value = serde_json::from_slice(&office.clinic.seal(request(id))).unwrap();
    wait_for(async {
        let mut database = Other::connect(&Database::Sqlite(old.clone().into())).await;
        database.execute(include_str!("../migrations/sqlite/0001_requests.sql")).await;
        let insert =
            format!("INSERT INTO requests VALUES (1, '{id}', 7, CAST('{envelope}' AS BLOB))");
        database.execute(&insert).await;
        // As the first release kept its books.
        database
            .execute(
                "CREATE TABLE _sqlx_migrations (version BIGINT PRIMARY KEY, description TEXT NOT NULL, \
                 installed_on TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP, success BOOLEAN NOT NULL, \
                 checksum BLOB NOT NULL, execution_time BIGINT NOT NULL)",
            )
            .await;
        database.execute(&recorded()).await;
    });
    let key = office.clinic.private_file.display().to_string();
    for command in [
        &["open", "--database", &old, "--private", &key][..],
        &["list", "--database", &old],
        &["mark", "--database", &old, "closed", &reference_of(1)],
    ] {
        let refused = run(command);
        let told = texts(&refused).1;
        assert_eq!(refused.status.code(), Some(1), "{told}");
        let words = format!("{old} was made by an older release: run `intake restore` first");
        assert!(told.contains(&words), "{told}");
    }
    let public = office.clinic.public_file.display().to_string();
    let checked = run(["check", "--database", &old, "--keys", &public]);
    assert!(checked.status.success(), "serve would bring it up to date: {checked:?}");
    let elsewhere = office.path("elsewhere.db");
    let restored = run(["restore", "--database", &elsewhere, &old]);
    assert!(restored.status.success(), "{restored:?}");
    assert_eq!(listed(&elsewhere), [id.to_string()]);
    let opened = run(["open", "--database", &elsewhere, "--private", &key]);
    assert_eq!(counts(&opened), (Some(0), "1 opened, 0 failed, 0 skipped".into()));
}

/// The first migration as it is recorded: SQLx knows it again by the SHA-384 of its text.
fn recorded() -> String {
    use sha2::{Digest, Sha384};
    let sum = Sha384::digest(include_str!("../migrations/sqlite/0001_requests.sql"));
    let sum = base16ct::lower::encode_string(&sum);
    format!(
        "INSERT INTO _sqlx_migrations VALUES (1, 'requests', CURRENT_TIMESTAMP, 1, x'{sum}', 1)"
    )
}
