//! `intake list`, `open`, `export` and `mark`.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use guide_core::request::reference::Reference;
use intake::store::{STORE_TIMEOUT, Store};
use serde_json::Value;

use crate::harness::clinic::{Keys, request, request_id, request_of};
use crate::harness::database::{Other, is_postgres};
use crate::harness::office::{Office, counts};
use crate::harness::program::{run, texts};
use crate::harness::wait_for;

#[test]
fn a_list_has_a_line_for_each_request() {
    let office = Office::new();
    for nth in [2, 1] {
        office.store_request(request(request_id(nth)));
    }
    let (table, _) = texts(&office.list());
    let rows: Vec<Vec<&str>> =
        table.lines().map(|line| line.split_whitespace().collect()).collect();
    assert_eq!(rows[0], ["id", "reference", "received_at", "(UTC)", "state", "bytes"]);
    for (row, nth) in rows[1..].iter().zip([2, 1]) {
        let id = request_id(nth);
        let size = office.clinic.seal(request(id)).len();
        let expected =
            [id.to_string(), Reference::of(&id).to_string(), "new".into(), size.to_string()];
        assert_eq!([row[0], row[1], row[3], row[4]], expected.each_ref().map(String::as_str));
        assert!(row[2].starts_with("20") && row[2].ends_with('Z'), "{row:?}");
    }
    assert_eq!(rows.len(), 3);
}

#[test]
fn a_list_of_no_database_is_an_error_and_makes_none() {
    let folder = tempfile::tempdir().unwrap();
    let database = folder.path().join("intake.db");
    let listed = run(["list".as_ref(), "--database".as_ref(), database.as_os_str()]);
    assert_eq!(listed.status.code(), Some(1));
    assert!(!database.exists());
}

#[test]
fn json_is_one_object_a_line_without_padding() {
    let office = Office::new();
    for nth in [1, 2] {
        office.store_request(request(request_id(nth)));
    }
    let (lines, _) = texts(&office.open(&["--json"]));
    let objects: Vec<Value> =
        lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    for (object, nth) in objects.iter().zip([1, 2]) {
        let mut expected = serde_json::to_value(request(request_id(nth))).unwrap();
        expected.as_object_mut().unwrap().remove("pad");
        assert_eq!(object, &expected);
    }
    assert_eq!(objects.len(), 2);
}

#[test]
fn nothing_a_patient_typed_steers_the_terminal_or_passes_for_a_line() {
    let office = Office::new();
    let name = "Ann\u{1b}[2J\nPhone: 1\u{9b}31m\u{202e}x";
    let message = "one\r\u{7}\n  Name: Eve\u{2066}\n\nlast";
    let mut request = request_of(request_id(1), name, "");
    // Not by the form, which takes carriage returns out.
    request.message = Some(message.to_owned());
    office.store_request(request);
    let (page, _) = texts(&office.open(&[]));
    assert!(page.contains("Name:             Ann\\u{1b}[2J\\u{a}Phone: 1\\u{9b}31m\\u{202e}x\n"));
    assert!(
        page.contains("    | one\\u{d}\\u{7}\n    |   Name: Eve\\u{2066}\n    |\n    | last\n")
    );
    let (json, _) = texts(&office.open(&["--json"]));
    for text in [page, json.clone()] {
        assert!(text.chars().all(|c| c == '\n' || !c.is_control()), "{text:?}");
        assert!(!text.contains(['\u{202e}', '\u{2066}']), "{text:?}");
    }
    let object: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(object["patient"]["name"], name);
    assert_eq!(object["message"], message);
}

#[test]
fn one_request_can_be_meant() {
    let office = Office::new();
    wait_for(async { Store::open(&office.database, STORE_TIMEOUT).await.unwrap() });
    let nobody = office.open(&["--reference", "0000-0000"]);
    assert_eq!(counts(&nobody), (Some(1), "intake: no such request is stored: 0000-0000".into()));
    for nth in 1..=3 {
        office.store_request(request_of(request_id(nth), &format!("Patient No. {nth}"), ""));
    }
    let reference = Reference::of(&request_id(2)).to_string();
    let as_read_out = reference.to_lowercase().replace('-', " ").replace('0', "o");
    let id = request_id(2).to_string();
    let file = office.folder.path().join("sealed.json");
    let sealed = office.clinic.seal(request_of(request_id(2), "Patient No. 2", ""));
    fs::write(&file, sealed).unwrap();
    let file = file.display().to_string();
    for which in [
        ["--reference", &reference],
        ["--reference", &as_read_out],
        ["--id", &id],
        ["--file", &file],
    ] {
        let opened = office.open(&which);
        assert!(texts(&opened).0.contains("Patient No. 2\n"), "{opened:?}");
        assert_eq!(counts(&opened), (Some(0), "1 opened, 0 failed, 0 skipped".into()));
    }
    let nobody = office.open(&["--reference", "0000-0000"]);
    assert_eq!(counts(&nobody), (Some(1), "intake: no such request is stored: 0000-0000".into()));
    let missing = office.open(&["--file", "missing.json"]);
    assert!(texts(&missing).1.starts_with("intake: missing.json: No such file"), "{missing:?}");
}

#[test]
fn what_fails_is_counted_and_told_and_the_rest_is_printed() {
    let office = Office::new();
    office.store(request_id(1), altered(&office.clinic.seal(request(request_id(1)))).as_bytes());
    office.store(request_id(2), &office.clinic.seal(request(request_id(3))));
    let stranger = Keys::new(office.folder.path(), "stranger");
    office.store(request_id(4), &stranger.seal(request(request_id(4))));
    office.store_request(request_of(request_id(5), "Ann Intact", ""));

    let opened = office.open(&[]);
    let (page, told) = texts(&opened);
    assert!(page.contains("Ann Intact") && page.matches("Name:").count() == 1, "{page}");
    assert_eq!(counts(&opened), (Some(4), "1 opened, 1 failed, 1 skipped, 1 left out".into()));
    let reasons: Vec<&str> = told
        .lines()
        .filter_map(|line| line.split_once("(UTC): ").map(|(_, reason)| reason))
        .collect();
    assert_eq!(
        reasons,
        [
            "altered after it was sealed; it was so when it arrived, and never could be opened",
            "the id outside is not the one it is stored under; it may have been swapped",
            "sealed for other keys than those given",
        ]
    );
}

/// Anybody can send bytes under the right key's name that nobody can open.
#[test]
fn garbage_under_the_right_key_does_not_fail_every_export_for_ever() {
    let office = Office::new();
    office.store_request(request(request_id(1)));
    let garbage = altered(&office.clinic.seal(request(request_id(2))));
    office.store(request_id(2), garbage.as_bytes());
    let inner = request(request_id(9)).to_padded_json().unwrap();
    office.store(request_id(3), &office.clinic.seal_payload(&inner, request_id(3)));
    office.store(request_id(4), &office.clinic.seal_payload(b"no request", request_id(4)));

    let key = office.clinic.private_file.display().to_string();
    let export = || office.run(&["export", "--format=json", "--private", &key]);
    let exported = export();
    let list: Vec<Value> = serde_json::from_str(&texts(&exported).0).unwrap();
    assert_eq!(list.len(), 1);
    let told = "1 opened, 0 failed, 0 skipped, 3 left out";
    assert_eq!(counts(&exported), (Some(3), told.into()), "{exported:?}");
    assert!(texts(&exported).1.contains("never could be opened"), "{exported:?}");

    // Somebody looked at them: they are no failure any more.
    let garbage = [2, 3, 4].map(|nth| Reference::of(&request_id(nth)).to_string());
    let [a, b, c] = garbage.each_ref().map(String::as_str);
    assert!(office.run(&["mark", "closed", a, b, c]).status.success());
    assert_eq!(counts(&export()), (Some(0), told.into()));
    assert_eq!(counts(&office.open(&[])), (Some(0), told.into()));
}

#[test]
fn a_damaged_request_is_told_from_garbage_and_fails_the_export() {
    let office = Office::new();
    for nth in [1, 2, 3] {
        office.store_request(request(request_id(nth)));
    }
    let stranger = Keys::new(office.folder.path(), "stranger");
    office.store(request_id(4), &stranger.seal(request(request_id(4))));
    office.store(request_id(5), altered(&office.clinic.seal(request(request_id(5)))).as_bytes());
    let damage = |nth: u8, envelope: &[u8]| {
        let bytes = base16ct::lower::encode_string(envelope);
        let bytes = match is_postgres() {
            true => format!("'\\x{bytes}'"),
            false => format!("x'{bytes}'"),
        };
        let id = request_id(nth);
        wait_for(async {
            let mut other = Other::connect(&office.database).await;
            let update = format!("UPDATE requests SET envelope = {bytes} WHERE id = '{id}'");
            other.execute(&update).await;
        });
    };
    // As a failing disk does it, to what the clinic can open and to what it cannot.
    damage(2, altered(&office.clinic.seal(request(request_id(2)))).as_bytes());
    damage(4, &Keys::new(office.folder.path(), "other").seal(request(request_id(4))));
    // Another request's bytes in this one's place.
    damage(3, &office.clinic.seal(request(request_id(1))));
    let reference = Reference::of(&request_id(2)).to_string();
    assert!(office.run(&["mark", "closed", &reference]).status.success());

    let opened = office.open(&[]);
    let told = "1 opened, 3 failed, 0 skipped, 1 left out";
    assert_eq!(counts(&opened), (Some(4), told.into()), "{opened:?}");
    assert_eq!(texts(&opened).1.matches("not the bytes that were received").count(), 3);
}

/// The same with another tag, which nothing can have been sealed with.
fn altered(sealed: &[u8]) -> String {
    let sealed = str::from_utf8(sealed).unwrap();
    let (before, tag) = sealed.split_once(r#""tag":""#).unwrap();
    let other_tag = if tag.starts_with('A') { "B" } else { "A" };
    format!(r#"{before}"tag":"{other_tag}{}"#, &tag[1..])
}

#[test]
fn the_wrong_key_alone_is_a_failure() {
    let office = Office::new();
    office.store_request(request(request_id(1)));
    let stranger = Keys::new(office.folder.path(), "stranger").private_file.display().to_string();
    let opened = run(["open", "--database", &office.database(), "--private", &stranger]);
    assert_eq!(counts(&opened), (Some(1), "0 opened, 0 failed, 1 skipped".into()));
}

/// After a change of keys: each request is opened by whichever key it was sealed for.
#[test]
fn several_keys_open_what_was_sealed_before_and_after_a_rotation() {
    let office = Office::new();
    office.store_request(request(request_id(1)));
    let new = Keys::new(office.folder.path(), "new");
    let after = request(request_id(2));
    office.store(after.request_id, &new.seal(after));

    let file = |keys: &Keys| keys.private_file.display().to_string();
    let (old, new) = (file(&office.clinic), file(&new));
    let both = office.run(&["open", "--private", &new, "--private", &old]);
    assert_eq!(counts(&both), (Some(0), "2 opened, 0 failed, 0 skipped".into()));
    let one = office.run(&["open", "--private", &new]);
    assert_eq!(counts(&one), (Some(0), "1 opened, 0 failed, 1 skipped".into()));
    let exported = office.run(&["export", "--format=json", "--private", &new, "--private", &old]);
    assert_eq!(counts(&exported), (Some(0), "2 opened, 0 failed, 0 skipped".into()));
}

#[test]
fn each_key_may_have_a_passphrase_of_its_own() {
    let office = Office::new();
    let mut flags = Vec::new();
    for name in ["one", "two"] {
        let passphrase = office.path(&format!("{name}.passphrase"));
        fs::write(&passphrase, format!("the passphrase of key {name}\n")).unwrap();
        let folder = office.folder.path().display().to_string();
        let made =
            run(["key", "new", "--out", &folder, "--name", name, "--passphrase-file", &passphrase]);
        assert!(made.status.success(), "{made:?}");
        let private = office.path(&format!("{name}.private.jwk.json"));
        let public = office.path(&format!("{name}.public.jwk.json"));
        flags.extend(["--private".to_owned(), private, "--passphrase-file".to_owned(), passphrase]);
        flags.extend(["--public".to_owned(), public]);
    }
    let check = |flags: &[String]| run(["key", "check"].map(str::to_owned).iter().chain(flags));
    let checked = check(&flags);
    assert!(checked.status.success(), "{checked:?}");
    assert_eq!(texts(&checked).0.matches("A private key opens what is sealed for").count(), 2);

    // The first key alone does not open what is sealed for the second.
    let first_alone = check(&[&flags[..6], &flags[10..]].concat());
    assert!(texts(&first_alone).1.contains("no private key opens what is sealed for"));
    let uneven = check(&[&flags[..], &flags[..2], &flags[..2]].concat());
    assert!(texts(&uneven).1.contains("one for all keys, or as many as there are"), "{uneven:?}");
}

#[test]
fn an_export_is_counted_and_its_file_is_for_nobody_else() {
    let office = Office::new();
    office.store_request(request(request_id(1)));
    let stranger = Keys::new(office.folder.path(), "stranger");
    office.store(request_id(2), &stranger.seal(request(request_id(2))));
    office.store(request_id(3), &office.clinic.seal(request(request_id(4))));
    let (key, out) = (office.clinic.private_file.display().to_string(), office.path("out.csv"));
    let to_file = ["export", "--format=csv", "--private", &key, "--out", &out];
    let exported = office.run(&to_file);
    assert_eq!(counts(&exported), (Some(4), "1 opened, 1 failed, 1 skipped".into()));
    assert_eq!(texts(&exported).0, "");
    let table = fs::read_to_string(&out).unwrap();
    let reference = Reference::of(&request_id(1)).to_string();
    assert!(table.lines().nth(1).unwrap().starts_with(&reference), "{table}");
    assert_eq!(table.lines().count(), 2);
    assert_eq!(fs::metadata(&out).unwrap().permissions().mode() & 0o777, 0o600);

    let again = office.run(&to_file);
    let taken = format!("intake: {out} is there already; nothing was overwritten");
    assert_eq!(counts(&again), (Some(1), taken.clone()));
    // Before anybody types a passphrase.
    let missing = office.path("missing.jwk.json");
    let at_once = office.run(&["export", "--format=csv", "--private", &missing, "--out", &out]);
    assert_eq!(counts(&at_once), (Some(1), taken));
    assert_eq!(fs::read_to_string(&out).unwrap(), table, "nothing is overwritten");
    let one =
        office.run(&["export", "--format=fhir", "--private", &key, "--reference", &reference]);
    let bundle: Value = serde_json::from_str(&texts(&one).0).unwrap();
    assert_eq!(bundle["entry"].as_array().map(Vec::len), Some(3));
}

#[test]
fn requests_are_marked_by_their_references() {
    let office = Office::new();
    for nth in [1, 2, 3] {
        office.store_request(request(request_id(nth)));
    }
    let [one, two] = [1, 2].map(|nth| Reference::of(&request_id(nth)).to_string());
    let marked = office.run(&["mark", "closed", &one, &two.to_lowercase()]);
    assert_eq!(texts(&marked).0, format!("{one}  closed\n{two}  closed\n"), "{marked:?}");
    let states = || {
        let (table, _) = texts(&office.list());
        let state = |line: &str| line.split_whitespace().nth(3).unwrap().to_owned();
        table.lines().skip(1).map(state).collect::<Vec<_>>()
    };
    assert_eq!(states(), ["closed", "closed", "new"]);
    assert!(office.run(&["mark", "reached", &one]).status.success());
    assert_eq!(states(), ["reached", "closed", "new"]);

    let unknown = office.run(&["mark", "new", &one, "0000-0000", &two, "1111-1111"]);
    let told = "intake: no such request is stored: 0000-0000, 1111-1111";
    assert_eq!(counts(&unknown), (Some(1), told.into()));
    assert_eq!(states(), ["reached", "closed", "new"], "all are marked or none");
}
