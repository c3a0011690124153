//! The moment of the last backup, noted for checks and metrics; and states that other programs put back.

use std::path::Path;

use time::OffsetDateTime;

use crate::harness::clinic::{request, request_id};
use crate::harness::database::Other;
use crate::harness::http;
use crate::harness::office::{Office, counts};
use crate::harness::program::{Server, run, texts};
use crate::harness::wait_for;
use crate::restore::{ask, ids, token};

/// The warnings about backups in a check, which succeeds whatever they are.
fn warnings(office: &Office) -> Vec<String> {
    let key = office.clinic.public_file.display().to_string();
    let checked = office.run(&["check", "--keys", &key]);
    assert!(checked.status.success(), "{checked:?}");
    let (_, told) = texts(&checked);
    told.lines().filter(|line| line.contains("backup")).map(str::to_owned).collect()
}

/// Notes a backup that is so many hours old.
fn note(office: &Office, hours: i64) {
    let at = OffsetDateTime::now_utc().unix_timestamp() - hours * 3600;
    wait_for(async {
        let mut other = Other::connect(&office.database).await;
        other.execute(&format!("UPDATE backups SET backed_up_at = {at}")).await;
    });
}

#[test]
fn a_check_warns_where_no_backup_was_noted_or_the_last_is_old() {
    let office = Office::new();
    assert_eq!(warnings(&office), [""; 0], "there is no database yet");
    office.store_request(request(request_id(1)));
    let how = "see \"Back up and restore\" in docs/operating.md";
    assert_eq!(warnings(&office), [format!("warning: no backup was ever noted; {how}")]);
    let noted = office.run(&["backup", "--done"]);
    assert!(counts(&noted).1.starts_with("noted: copied at 2"), "{noted:?}");
    assert_eq!(warnings(&office), [""; 0]);
    note(&office, 35);
    assert_eq!(warnings(&office), [""; 0]);
    note(&office, 37);
    assert_eq!(warnings(&office), [format!("warning: the last backup is 37 hours old; {how}")]);
    note(&office, -24);
    let ahead = "warning: the last backup was noted by a clock that was ahead; make another";
    assert_eq!(warnings(&office), [ahead]);
    assert!(office.run(&["backup", "--done"]).status.success());
    assert_eq!(warnings(&office), [""; 0]);
}

#[test]
fn a_backup_notes_itself_in_the_database_and_a_copy_of_a_copy_in_none() {
    let office = Office::on_sqlite();
    office.store_request(request(request_id(1)));
    let [first, second] = ["first.db", "second.db"].map(|name| office.path(name));
    let made = office.run(&["backup", &first]);
    assert!(made.status.success() && !texts(&made).1.contains("warning"), "{made:?}");
    assert_eq!(warnings(&office), [""; 0]);
    // The copy is good, and what it was made from is no database in use.
    let made = run(["backup", "--database", &first, &second]);
    let (code, told) = (made.status.code(), texts(&made).1);
    assert_eq!(code, Some(0), "{told}");
    assert!(
        told.contains("warning: not noted, so") && told.contains("is a copy made by"),
        "{told}"
    );
    assert!(Path::new(&second).exists());
}

#[test]
fn nothing_is_noted_where_there_is_no_database() {
    let office = Office::on_sqlite();
    let refused = office.run(&["backup", "--done"]);
    assert_eq!(refused.status.code(), Some(1), "{refused:?}");
    assert!(!Path::new(&office.database()).exists());
}

#[test]
fn the_moment_of_the_last_backup_is_a_metric() {
    let office = Office::new();
    let server = Server::start(&office.database, &office.clinic.public_file);
    let moment = || -> i64 {
        let text = http::get(server.operations, "/metrics", &[]).text().to_owned();
        let name = "intake_last_backup_timestamp_seconds ";
        let line = text.lines().find_map(|line| line.strip_prefix(name));
        line.unwrap_or_else(|| panic!("{text}")).parse().unwrap()
    };
    assert_eq!(moment(), 0);
    let before = OffsetDateTime::now_utc().unix_timestamp();
    assert!(office.run(&["backup", "--done"]).status.success());
    let after = OffsetDateTime::now_utc().unix_timestamp();
    assert!((before..=after).contains(&moment()));
}

#[test]
fn a_database_put_back_by_other_programs_begins_a_new_listing() {
    let office = Office::new();
    office.store_request(request(request_id(1)));
    let token = token(&office, &["new", "front desk"]);
    let server = Server::start(&office.database, &office.clinic.public_file);
    let (_, _, cursor) = ask(&server, &token, "");
    assert_eq!(ask(&server, &token, &format!("?after={cursor}")).0, 200);
    let renewed = office.run(&["restore"]);
    let (_, told) = texts(&renewed);
    assert!(renewed.status.success() && told.contains("  front desk\n"), "{told}");
    assert_eq!(ask(&server, &token, &format!("?after={cursor}")).0, 410);
    assert_eq!(ask(&server, &token, "").1, ids(&[1]));

    let missing = run(["restore", "--database", &office.path("missing.db")]);
    assert_eq!(missing.status.code(), Some(1));
    assert!(!Path::new(&office.path("missing.db")).exists());
}
