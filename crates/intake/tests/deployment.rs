//! Pages and service that were not made for each other: found by `check`, and at the start.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::process::{ExitStatus, Stdio};

use serde_json::json;

use crate::harness::clinic::Keys;
use crate::harness::office::Office;
use crate::harness::program::{Server, intake, run, texts};

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
fn start(office: &Office, site: &str) -> Option<(ExitStatus, String)> {
    let mut args = Server::args(&office.database, &office.clinic.public_file);
    args.extend(["--site".to_owned(), site.to_owned()]);
    let mut child = intake(args).stderr(Stdio::piped()).spawn().unwrap();
    let mut told = String::new();
    for line in BufReader::new(child.stderr.take().unwrap()).lines().map_while(Result::ok) {
        if line.contains("listening") {
            child.kill().unwrap();
            child.wait().unwrap();
            return None;
        }
        told.push_str(&line);
    }
    Some((child.wait().unwrap(), told))
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
        let (status, told) = start(&office, &site).expect("it does not serve");
        assert_eq!(status.code(), Some(1));
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
    let path = database.display().to_string();
    assert!(run(["token", "new", "--database", &path, "desk"]).status.success());
    open(&database, 0o444);
    open(&closed, 0o555);
    let (code, told) = check();
    assert_eq!(code, Some(1), "{told}");
    assert!(told.contains("cannot be written to"), "{told}");
}
