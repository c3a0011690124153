//! Databases that can only be read, and those that were restored.

use std::process::{Command, Stdio};

use intake::store::Database;
use uuid::Uuid;

use super::{audit, command_line, line, reference};
use crate::harness::clinic::{request, request_id};
use crate::harness::database::{Other, fresh_on, is_postgres, of_a_newer_release, server};
use crate::harness::office::Office;
use crate::harness::program::{run, texts};
use crate::harness::wait_for;

/// A database that can be read and not written to, and what is said of it.
fn readable(office: &Office) -> (String, String) {
    if is_postgres() {
        let role = format!("reader_{}", Uuid::new_v4().simple());
        wait_for(async {
            let mut other = Other::connect(&office.database).await;
            other.execute(&format!("CREATE ROLE {role} LOGIN")).await;
            let grant = format!("GRANT SELECT ON ALL TABLES IN SCHEMA public TO {role}");
            other.execute(&grant).await;
        });
        let address = office.database().replace("postgres@", &format!("{role}@"));
        (address, "permission denied".to_owned())
    } else {
        let copy = office.path("copy.db");
        assert!(office.run(&["backup", &copy]).status.success());
        (copy.clone(), format!("{copy} is a copy, not the service's database\n"))
    }
}

#[test]
fn what_is_read_from_a_copy_is_printed_and_said_not_to_be_recorded() {
    let office = Office::new();
    for nth in 1..=2 {
        office.store_request(request(request_id(nth)));
    }
    let (copy, why) = readable(&office);
    let key = office.clinic.private_file.display().to_string();
    for (command, words) in [
        (&["list"][..], reference(1)),
        (&["open", "--private", &key], "Ann Example".to_owned()),
        (&["export", "--private", &key, "--format", "json"], "Ann Example".to_owned()),
    ] {
        let done = run(command.iter().copied().chain(["--database", &copy]));
        let (out, told) = texts(&done);
        assert!(done.status.success() && out.contains(&words), "{command:?}: {told}");
        let said = "this is not recorded in the audit: ";
        assert!(told.starts_with(said) && told.contains(&why), "{command:?}: {told}");
        assert_eq!(told.matches(said).count(), 1, "{command:?}: {told}");
    }
    let copied = line(&command_line(), "copied", "", "2 requests");
    let expected = if is_postgres() { vec![] } else { vec![copied] };
    assert_eq!(audit(&office.database), expected, "the copying alone");
    // It can be verified there.
    let verified = run(["audit", "--database", &copy]);
    assert!(texts(&verified).1.starts_with("0 lines, none changed or missing"), "{verified:?}");
}

/// Whoever opens on the clinic's computer needs no rights to change requests.
#[test]
fn a_role_of_postgresql_that_may_append_is_recorded_and_can_do_no_more() {
    let mut office = Office::new();
    office.database = fresh_on(server());
    office.store_request(request(request_id(1)));
    let role = format!("opener_{}", Uuid::new_v4().simple());
    wait_for(async {
        let mut other = Other::connect(&office.database).await;
        other.execute(&format!("CREATE ROLE {role} LOGIN")).await;
        // As docs/operating.md has it.
        let tables = "requests, added_recipients, audit, _sqlx_migrations";
        other.execute(&format!("GRANT SELECT ON {tables} TO {role}")).await;
        other.execute(&format!("GRANT INSERT ON audit TO {role}")).await;
    });
    let database = office.database().replace("postgres@", &format!("{role}@"));
    let key = office.clinic.private_file.display().to_string();
    let opened = run(["open", "--private", &key, "--database", &database]);
    assert_eq!(texts(&opened).1, "1 opened, 0 failed, 0 skipped\n");
    for refused in [
        run(["mark", "closed", &reference(1), "--database", &database]),
        run(["delete", &reference(1), "--yes", "--database", &database]),
    ] {
        assert!(texts(&refused).1.contains("permission denied"), "{refused:?}");
    }
    let kid = format!("with key {}", office.clinic.public.kid);
    assert_eq!(audit(&office.database), [line(&command_line(), "opened", &reference(1), &kid)]);
}

/// A copy may be the last one that can be made.
#[test]
fn a_copy_that_cannot_be_recorded_is_left() {
    let office = Office::on_sqlite();
    office.store_request(request(request_id(1)));
    wait_for(async {
        let trigger = "CREATE TRIGGER broken AFTER INSERT ON audit \
                       BEGIN SELECT RAISE(ABORT, 'as told'); END";
        Other::connect(&office.database).await.execute(trigger).await;
    });
    let copy = office.path("copy.db");
    let (_, told) = texts(&office.run(&["backup", &copy]));
    let lines: Vec<_> = told.lines().collect();
    assert!(lines[0].starts_with("this is not recorded in the audit: "), "{told}");
    assert!(lines[0].ends_with("as told"), "{told}");
    assert_eq!(lines[1], format!("1 requests copied to {copy}, checked"));
}

/// A patient may have to be called while somebody makes room.
#[test]
fn what_is_read_from_a_full_disk_is_printed_and_said_not_to_be_recorded() {
    let office = Office::on_sqlite();
    office.store_request(request(request_id(1)));
    wait_for(async {
        let larger = "CREATE TABLE filler (bytes BLOB); \
                      CREATE TRIGGER larger AFTER INSERT ON audit \
                      BEGIN INSERT INTO filler VALUES (zeroblob(1000000)); END";
        Other::connect(&office.database).await.execute(larger).await;
    });
    let key = office.clinic.private_file.display().to_string();
    // No file beyond 300 KiB, as on a full disk; without the trap the kernel would end the process.
    let script = "trap '' XFSZ; ulimit -S -f 600; exec \"$0\" \"$@\"";
    let mut command = Command::new("sh");
    command.args(["-c", script, env!("CARGO_BIN_EXE_intake"), "open", "--private", &key]);
    command.args(["--database", &office.database()]).env_clear().stdin(Stdio::null());
    let opened = command.output().unwrap();
    let (page, told) = texts(&opened);
    assert!(opened.status.success() && page.contains("Ann Example"), "{told}");
    assert!(told.starts_with("this is not recorded in the audit: the database is unavailable: "));
    assert!(told.ends_with("\n1 opened, 0 failed, 0 skipped\n"), "{told}");
}

/// Whoever upgrades makes one first, perhaps with the newer program.
#[test]
fn a_database_of_another_release_is_copied_and_that_said_not_to_be_recorded() {
    let office = Office::on_sqlite();
    office.store_request(request(request_id(1)));
    wait_for(of_a_newer_release(&office.database));
    let copied = office.run(&["backup", &office.path("copy.db")]);
    let (_, told) = texts(&copied);
    assert!(copied.status.success(), "{told}");
    assert!(told.starts_with("this is not recorded in the audit: "), "{told}");
}

#[test]
fn a_restored_database_goes_on_from_the_lines_of_the_copy() {
    let office = Office::on_sqlite();
    for nth in 1..=2 {
        office.store_request(request(request_id(nth)));
    }
    office.run(&["mark", "closed", &reference(1)]);
    let (copy, elsewhere) = (office.path("copy.db"), office.path("elsewhere.db"));
    assert!(office.run(&["backup", &copy]).status.success());
    office.run(&["mark", "reached", &reference(2)]);
    let (_, told) = texts(&office.run(&["audit"]));
    let head = told.trim().rsplit(' ').next().unwrap();

    assert!(run(["restore", "--database", &elsewhere, "--by", "Ann", &copy]).status.success());
    let by = command_line();
    let expected = [
        line(&by, "marked", &reference(1), "closed"),
        line(&by.replace('(', "(Ann, as "), "restored", "", ""),
    ];
    assert_eq!(audit(&Database::Sqlite(elsewhere.clone().into())), expected);
    // The line after the copy is gone, and the hash written down shows it.
    let verified = run(["audit", "--database", &elsewhere, "--expect", head]);
    assert_eq!(verified.status.code(), Some(4), "{verified:?}");
    assert!(texts(&verified).1.contains("is an older copy"), "{verified:?}");
}
