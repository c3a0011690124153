//! Copies of a SQLite database, made while the service runs. (PostgreSQL has `pg_dump`, see
//! `docs/operating.md`.)

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use uuid::Uuid;

use crate::harness::clinic::{reference_of, request, request_id};
use crate::harness::database::{fresh_on, server, word};
use crate::harness::http;
use crate::harness::office::{Office, counts, listed};
use crate::harness::program::{Server, run, texts};

#[test]
fn a_copy_made_while_requests_arrive_has_all_that_were_answered_before() {
    let office = Office::on_sqlite();
    let server = Server::start(&office.database, &office.clinic.public_file);
    let answered = AtomicUsize::new(0);
    let (before, copy) = thread::scope(|scope| {
        scope.spawn(|| {
            for _ in 0..60 {
                let id = Uuid::new_v4();
                let envelope = office.clinic.seal(request(id));
                let response = http::send(server.address, &id.to_string(), &envelope);
                // The allowance ends somewhere; what was taken counts.
                if response.status == 201 {
                    answered.fetch_add(1, Ordering::SeqCst);
                }
            }
        });
        while answered.load(Ordering::SeqCst) < 3 {
            thread::yield_now();
        }
        let before = answered.load(Ordering::SeqCst);
        let copy = office.path("copy.db");
        let made = office.run(&["backup", &copy]);
        assert!(made.status.success(), "{made:?}");
        (before, copy)
    });
    assert_eq!(fs::metadata(&copy).unwrap().permissions().mode() & 0o777, 0o600);
    let (copied, all) = (listed(&copy), listed(&office.database()));
    assert!(copied.len() >= before && all.starts_with(&copied), "{copied:?} {all:?}");
    let key = office.clinic.private_file.display().to_string();
    let opened = run(["open", "--database", &copy, "--private", &key]);
    assert!(opened.status.success(), "{opened:?}");
}

/// Nobody would ever see what was marked there.
#[test]
fn a_mark_on_a_copy_is_refused_and_not_lost_without_a_word() {
    let office = Office::on_sqlite();
    office.store_request(request(request_id(1)));
    let (copy, elsewhere) = (office.path("copy.db"), office.path("elsewhere.db"));
    assert!(office.run(&["backup", &copy]).status.success());
    let key = office.clinic.public_file.display().to_string();
    let checked = run(["check", "--database", &copy, "--keys", &key]);
    assert_eq!(checked.status.code(), Some(1), "serve would refuse it: {checked:?}");
    let mark = |database: &str| run(["mark", "--database", database, "closed", &reference_of(1)]);
    for refused in [mark(&copy), run(["token", "new", "--database", &copy, "desk"])] {
        assert_eq!(refused.status.code(), Some(1), "{refused:?}");
        let told = texts(&refused).1;
        assert!(told.contains(&format!("{copy} is a copy made by `intake backup`")), "{told}");
    }
    assert!(texts(&run(["list", "--database", &copy])).0.contains(" new "));

    // Put back it is a copy no more; what it was made from never was.
    assert!(run(["restore", "--database", &elsewhere, &copy]).status.success());
    for database in [&elsewhere, &office.database()] {
        let marked = mark(database);
        assert!(marked.status.success(), "{marked:?}");
        assert!(texts(&run(["list", "--database", database])).0.contains(" closed "));
    }
}

#[test]
fn nothing_is_overwritten_by_a_copy() {
    let office = Office::on_sqlite();
    office.store_request(request(request_id(1)));
    let copy = office.path("copy.db");
    assert!(office.run(&["backup", &copy]).status.success());
    let kept = fs::read(&copy).unwrap();
    let again = office.run(&["backup", &copy]);
    assert!(texts(&again).1.contains("is there already; nothing was overwritten"), "{again:?}");
    assert_eq!(fs::read(&copy).unwrap(), kept);

    let elsewhere = office.path("elsewhere.db");
    for taken in [elsewhere.clone(), format!("{elsewhere}-wal")] {
        fs::write(&taken, "precious").unwrap();
        let refused = run(["restore", "--database", &elsewhere, &copy]);
        assert_eq!(refused.status.code(), Some(1));
        assert!(texts(&refused).1.contains(&format!("{taken} is there already")), "{refused:?}");
        assert_eq!(fs::read_to_string(&taken).unwrap(), "precious");
        fs::remove_file(&taken).unwrap();
    }
    assert!(!Path::new(&elsewhere).exists());
}

/// The message once named the copy, which was not there.
#[test]
fn a_backup_of_a_file_that_is_no_database_names_that_file() {
    let office = Office::on_sqlite();
    let (file, copy) = (office.path("letter.txt"), office.path("copy.db"));
    fs::write(&file, "a letter, and no database at all: ".repeat(100)).unwrap();
    let refused = run(["backup", "--database", &file, &copy]);
    let (code, told) = counts(&refused);
    assert_eq!(code, Some(1));
    assert!(
        told.starts_with(&format!("intake: {file}: ")) && told.contains("not a database"),
        "{told}"
    );
    assert!(!Path::new(&copy).exists());
}

#[test]
fn for_postgresql_the_command_names_its_own_programs() {
    let database = fresh_on(server());
    let refused = run(["backup", "--database", &word(&database), "copy.db"]);
    assert_eq!(
        counts(&refused),
        (
            Some(1),
            "intake: for PostgreSQL use pg_dump and pg_restore, and note it with `intake backup \
             --done`; see docs/operating.md"
                .into()
        )
    );
}

/// The names of all files in a folder, in their order.
fn names(folder: &str) -> Vec<String> {
    let files = fs::read_dir(folder).unwrap();
    let mut names: Vec<_> =
        files.map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// An office with one request, and a folder with these files.
fn with_folder(files: &[&str]) -> (Office, String) {
    let office = Office::on_sqlite();
    office.store_request(request(request_id(1)));
    let folder = office.path("copies");
    fs::create_dir(&folder).unwrap();
    for file in files {
        fs::write(format!("{folder}/{file}"), "precious").unwrap();
    }
    (office, folder)
}

const OLD: [&str; 3] = [
    "intake-2026-01-01T00-00-00Z.db",
    "intake-2026-01-02T00-00-00Z.db",
    "intake-2026-01-03T00-00-00Z.db",
];

#[test]
fn a_folder_of_copies_keeps_so_many_and_every_file_of_another_name() {
    let ahead = "intake-2999-01-01T00-00-00Z.db";
    let others = [
        "intake-2026-01-01.db",
        "intake-2026-02-31T00-00-00Z.db",
        "intake-notes.db",
        "letter.txt",
        "requests-2026-01-01T00-00-00Z.db",
    ];
    let cut_off = "intake-2026-01-04T00-00-00Z.db.part";
    let (office, folder) = with_folder(&[&OLD[..], &others, &[ahead, cut_off]].concat());
    let made = office.run(&["backup", "--into", &folder, "--keep", "3"]);
    let told = texts(&made).1;
    assert!(made.status.success() && told.ends_with("2 older copies deleted\n"), "{told}");
    let copy = told.split("requests copied to ").nth(1).unwrap().split(", checked").next().unwrap();
    let name = Path::new(copy).file_name().unwrap().to_str().unwrap();
    // A copy that a clock made that was ahead counts, and does not push out the new one.
    let mut expected = [&others[..], &[OLD[2], ahead, name]].concat();
    expected.sort_unstable();
    assert_eq!(names(&folder), expected);
    assert_eq!(listed(copy), [request_id(1).to_string()]);
    assert_eq!(fs::metadata(copy).unwrap().permissions().mode() & 0o777, 0o600);
}

#[test]
fn without_a_number_to_keep_nothing_is_deleted() {
    let (office, folder) = with_folder(&OLD);
    assert!(office.run(&["backup", "--into", &folder]).status.success());
    assert_eq!(names(&folder).len(), 4);
    assert_eq!(names(&folder)[..3], OLD);
}

#[test]
fn a_backup_that_fails_deletes_no_older_copy_and_leaves_none_of_its_own() {
    let (office, folder) = with_folder(&OLD);
    let letter = office.path("letter.txt");
    fs::write(&letter, "a letter, and no database at all: ".repeat(100)).unwrap();
    let refused = run(["backup", "--database", &letter, "--into", &folder, "--keep", "1"]);
    assert_eq!(refused.status.code(), Some(1), "{refused:?}");
    assert_eq!(names(&folder), OLD);
}

#[test]
fn flags_of_backup_that_do_not_go_together_are_told_so() {
    let (office, folder) = with_folder(&[]);
    for flags in [
        &[][..],
        &["copy.db", "--into", &folder],
        &["copy.db", "--keep", "1"],
        &["--into", &folder, "--keep", "0"],
        &["--done", "copy.db"],
        &["--done", "--into", &folder],
    ] {
        let refused = office.run(&[&["backup"], flags].concat());
        assert_eq!(refused.status.code(), Some(2), "{flags:?}: {refused:?}");
    }
    assert_eq!(names(&folder), [""; 0]);
}
