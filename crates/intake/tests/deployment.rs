//! Pages and service that were not made for each other: found by `check`, and at the start.

use std::fs;
use std::process::Stdio;

use intake::store::{Database, STORE_TIMEOUT, Store};
use serde_json::json;
use uuid::Uuid;

use crate::harness::clinic::{Keys, request, request_id};
use crate::harness::database::{
    Other, fresh_on, made_by_a_newer_release, of_a_newer_release, server, word,
};
use crate::harness::office::{Office, counts};
use crate::harness::program::{Server, end_of, run, texts};
use crate::harness::wait_for;

/// Writes a built site whose pages seal for these keys.
fn site(office: &Office, keys: &[serde_json::Value]) -> String {
    let site = office.path("site");
    fs::create_dir_all(&site).unwrap();
    fs::write(format!("{site}/index.html"), "<!doctype html>").unwrap();
    fs::write(format!("{site}/keys.json"), json!({ "keys": keys }).to_string()).unwrap();
    site
}

fn jwk(keys: &Keys) -> serde_json::Value {
    serde_json::to_value(&keys.public).unwrap()
}

fn check(office: &Office, site: &str) -> (Option<i32>, String) {
    let key = office.clinic.public_file.display().to_string();
    let checked = office.run(&["check", "--site", site, "--keys", &key]);
    (checked.status.code(), texts(&checked).1)
}

/// Starts the service: how it ended, and what it said; `None` where it serves.
fn start(office: &Office, site: &str) -> Option<(Option<i32>, String)> {
    let mut args = Server::args(&office.database, &office.clinic.public_file);
    args.extend(["--site".to_owned(), site.to_owned()]);
    end_of(args)
}

#[test]
fn a_site_that_seals_for_an_unknown_key_passes_no_check_and_is_not_served() {
    let office = Office::new();
    let stranger = Keys::new(office.folder.path(), "stranger");
    for keys in [vec![jwk(&stranger)], vec![jwk(&office.clinic), jwk(&stranger)]] {
        let site = site(&office, &keys);
        let named = format!("the pages in {site} seal for {}", stranger.public.kid);
        let (code, told) = check(&office, &site);
        assert_eq!(code, Some(1), "{told}");
        assert!(told.contains(&named) && told.contains("name its public key in keys"), "{told}");
        let (code, told) = start(&office, &site).expect("it does not serve");
        assert_eq!(code, Some(1));
        assert!(told.contains(&named), "{told}");
    }
}

#[test]
fn a_site_that_seals_for_known_keys_is_checked_and_served() {
    let office = Office::new();
    let past = Keys::new(office.folder.path(), "past");
    let mut expired = jwk(&past);
    expired["expires"] = "2020-01-31".into();
    // Nothing is sealed for an expired key any more.
    let site = site(&office, &[expired, jwk(&office.clinic)]);
    let (code, told) = check(&office, &site);
    assert_eq!(code, Some(0), "{told}");
    assert!(start(&office, &site).is_none());
}

#[test]
fn a_site_whose_keys_have_all_expired_passes_no_check_and_is_served() {
    let office = Office::new();
    let mut expired = jwk(&office.clinic);
    expired["expires"] = "2020-01-31".into();
    let site = site(&office, &[expired]);
    let (code, told) = check(&office, &site);
    assert_eq!(code, Some(1), "{told}");
    assert!(told.contains("seal for no key any more: every key has expired"), "{told}");
    // The pages say themselves that they take no request, and whom to call.
    assert!(start(&office, &site).is_none());
}

#[test]
fn a_site_of_an_older_release_is_served_with_a_warning() {
    let office = Office::new();
    let site = site(&office, &[]);
    fs::remove_file(format!("{site}/keys.json")).unwrap();
    let (code, told) = check(&office, &site);
    assert_eq!(code, Some(0), "{told}");
    assert!(told.contains("warning: ") && told.contains("holds no keys.json"), "{told}");
    assert!(start(&office, &site).is_none());
}

#[test]
fn a_broken_list_of_keys_passes_no_check_and_is_not_served() {
    let office = Office::new();
    let site = site(&office, &[]);
    let (code, told) = check(&office, &site);
    assert_eq!(code, Some(1), "{told}");
    assert!(told.contains("keys.json: holds no key"), "{told}");
    assert!(start(&office, &site).is_some());
}

/// A folder in which the service could store nothing.
#[test]
fn a_check_of_an_unwritable_folder_fails() {
    use std::fs::Permissions;
    use std::os::unix::fs::PermissionsExt as _;
    use std::process::Command;

    let office = Office::on_sqlite();
    let folder = office.folder.path();
    let closed = folder.join("closed");
    fs::create_dir(&closed).unwrap();
    let database = closed.join("intake.db");
    let copy = folder.join("intake");
    fs::copy(env!("CARGO_BIN_EXE_intake"), &copy).unwrap();
    let open = |path: &std::path::Path, mode| {
        fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
    };
    let check = || {
        // To root every folder is open.
        let as_anybody = "[ \"$(id -u)\" = 0 ] && \
                          exec setpriv --reuid=65534 --regid=65534 --clear-groups \"$0\" \"$@\"; \
                          exec \"$0\" \"$@\"";
        let mut command = Command::new("sh");
        command.args(["-c", as_anybody]).arg(&copy).arg("check").arg("--database").arg(&database);
        command.arg("--keys").arg(&office.clinic.public_file);
        let checked = command.stdin(Stdio::null()).output().unwrap();
        (checked.status.code(), texts(&checked).1)
    };
    open(folder, 0o755);
    open(&office.clinic.public_file, 0o644);

    // There is no database yet.
    open(&closed, 0o555);
    let (code, told) = check();
    assert_eq!(code, Some(1), "{told}");
    assert!(told.contains("Permission denied"), "{told}");
    open(&closed, 0o777);
    let (code, told) = check();
    assert_eq!(code, Some(0), "{told}");
    assert_eq!(fs::read_dir(&closed).unwrap().count(), 0, "a check leaves nothing behind");

    // There is one, which somebody else made.
    wait_for(async {
        let database = Database::Sqlite(database.clone());
        Store::open(&database, STORE_TIMEOUT).await.unwrap().close().await;
    });
    open(&database, 0o444);
    open(&closed, 0o555);
    let (code, told) = check();
    assert_eq!(code, Some(1), "{told}");
    assert!(told.contains("cannot be written to"), "{told}");
}

/// A check once passed where the service then did not start.
#[test]
fn a_database_of_a_newer_release_passes_no_check_and_is_left_alone_by_every_command() {
    let office = Office::new();
    office.store_request(request(request_id(1)));
    wait_for(of_a_newer_release(&office.database));
    let (public, private) = (&office.clinic.public_file, &office.clinic.private_file);
    let (public, private) = (public.display().to_string(), private.display().to_string());
    for command in [
        &["check", "--keys", &public][..],
        &["list"],
        &["open", "--private", &private],
        &["export", "--format", "csv", "--private", &private],
        &["mark", "closed", &request_id(1).to_string()],
        &["delete", "--state", "new", "--yes"],
        &["restore"],
    ] {
        let refused = office.run(command);
        let told = format!("intake: {}", made_by_a_newer_release(&office.database()));
        assert_eq!(counts(&refused), (Some(1), told), "{command:?}");
    }
    let served = end_of(Server::args(&office.database, &office.clinic.public_file));
    let told = format!("intake: {}\n", made_by_a_newer_release(&office.database()));
    assert_eq!(served, Some((Some(1), told)));
    for command in [&["new", "desk"][..], &["list"], &["revoke", "desk"]] {
        let database = office.database();
        let refused = run([&["token"], command, &["--database", &database]].concat());
        let told = format!("intake: {}", made_by_a_newer_release(&database));
        assert_eq!(counts(&refused), (Some(1), told), "{command:?}");
    }
}

/// The role of a database for readers, or one that somebody forgot to give rights to.
#[test]
fn a_role_of_postgresql_that_may_not_write_passes_no_check() {
    let (fresh, used) = (fresh_on(server()), fresh_on(server()));
    let role = format!("reader_{}", Uuid::new_v4().simple());
    wait_for(async {
        Store::open(&used, STORE_TIMEOUT).await.unwrap().close().await;
        let mut other = Other::connect(&used).await;
        other.execute(&format!("CREATE ROLE {role} LOGIN")).await;
        // As in PostgreSQL 14 and before, where everybody may make tables.
        other.execute("GRANT CREATE ON SCHEMA public TO PUBLIC").await;
        other.execute(&format!("GRANT SELECT ON ALL TABLES IN SCHEMA public TO {role}")).await;
        Other::connect(&fresh).await.execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC").await;
    });
    let office = Office::new();
    let key = office.clinic.public_file.display().to_string();
    for (database, refusal) in
        [(&used, "permission denied for table"), (&fresh, "permission denied for schema")]
    {
        let as_reader = word(database).replace("postgres@", &format!("{role}@"));
        let checked = run(["check", "--database", &as_reader, "--keys", &key]);
        let (code, told) = counts(&checked);
        assert_eq!(code, Some(1), "{told}");
        let place = format!("the service cannot write to {as_reader}: ");
        assert!(told.contains(&place) && told.contains(refusal), "{told}");
        let checked = run(["check", "--database", &word(database), "--keys", &key]);
        assert!(checked.status.success(), "its owner may: {checked:?}");
    }
    wait_for(async {
        let tables = "SELECT COUNT(*) FROM pg_tables WHERE schemaname = 'public'";
        assert_eq!(Other::connect(&fresh).await.number(tables).await, 0, "a check makes nothing");
        let stored = "SELECT COUNT(*) FROM requests";
        assert_eq!(Other::connect(&used).await.number(stored).await, 0, "a check leaves nothing");
    });
}

/// README builds pages for two keys; a service that knows one of them does not start. One that is given none knows
/// those of its pages.
#[test]
fn every_command_of_the_documents_that_serves_names_both_keys_of_the_clinic_or_none() {
    let documents =
        [include_str!("../../../README.md"), include_str!("../../../docs/operating.md")];
    let mut seen = 0;
    for document in documents {
        // Blocks are indented by four spaces; a line that ends with a backslash goes on.
        let joined = document.replace("\\\n", " ");
        let blocks = joined.lines().filter(|line| line.starts_with("    "));
        for command in blocks.filter(|it| it.contains("intake serve") || it.contains("podman run"))
        {
            seen += 1;
            let keys = ["clinic.public.jwk.json", "recovery.public.jwk.json"];
            let named = keys.iter().filter(|key| command.contains(**key)).count();
            let names = ["--keys", "INTAKE_KEYS"].iter().any(|it| command.contains(it));
            let needed = if names { keys.len() } else { 0 };
            assert_eq!(named, needed, "the service needs both keys: {command}");
        }
    }
    assert_eq!(seen, 3, "two commands in README, one for containers");
}
