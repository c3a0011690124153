//! `intake list` and `intake open`.

use std::fs;
use std::process::Output;

use guide_core::request::payload::AppointmentRequest;
use guide_core::request::reference::Reference;
use intake::settings::Database;
use intake::store::{Kept, PATIENCE, Store};
use serde_json::{Value, json};
use tempfile::TempDir;
use uuid::Uuid;

use crate::harness::clinic::{Keys, request, request_id, request_of};
use crate::harness::database;
use crate::harness::program::{run, texts};
use crate::harness::wait_for;

/// A clinic's folder with some sealed requests stored.
struct Office {
    folder: TempDir,
    clinic: Keys,
    database: Database,
}

impl Office {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let clinic = Keys::new(folder.path(), "clinic");
        let database = database::fresh(folder.path());
        Self { folder, clinic, database }
    }

    fn database(&self) -> String {
        database::word(&self.database)
    }

    fn store(&self, id: Uuid, envelope: &[u8]) {
        wait_for(async {
            let store = Store::open(&self.database, PATIENCE).await.unwrap();
            assert!(matches!(store.keep(id, envelope).await.unwrap(), Kept::Now(_)));
            store.close().await;
        });
    }

    fn store_request(&self, request: AppointmentRequest) {
        self.store(request.request_id, &self.clinic.seal(request));
    }

    fn list(&self) -> Output {
        run(["list", "--database", &self.database()])
    }

    /// Opens with the clinic's key.
    fn open(&self, flags: &[&str]) -> Output {
        let key = self.clinic.private_file.display().to_string();
        let database = self.database();
        let command = ["open", "--database", &database, "--private", &key];
        run(command.iter().chain(flags))
    }
}

fn counts(output: &Output) -> (Option<i32>, String) {
    let (_, stderr) = texts(output);
    (output.status.code(), stderr.lines().last().unwrap().to_owned())
}

#[test]
fn a_list_has_a_line_for_each_request() {
    let office = Office::new();
    for nth in [2, 1] {
        office.store_request(request(request_id(nth)));
    }
    let (table, _) = texts(&office.list());
    let rows: Vec<Vec<&str>> =
        table.lines().map(|line| line.split_whitespace().collect()).collect();
    assert_eq!(rows[0], ["id", "reference", "received_at", "state", "bytes"]);
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
fn a_request_is_printed_in_labelled_lines() {
    let office = Office::new();
    let id = request_id(1);
    office.store_request(request(id));
    let opened = office.open(&[]);
    let (page, _) = texts(&opened);
    let (heading, lines) = page.split_once('\n').unwrap();
    let reference = Reference::of(&id);
    assert!(heading.starts_with(&format!("{reference}  received 20")), "{heading}");
    assert_eq!(
        lines,
        format!(
            "  Name:             Ann Example
  Phone:            (555) 010-0100
  Contact by:       call
  Been here before: no
  Location:         main
  Days:             mon, thu
  Times:            any
  Coverage:         insurance
  Carrier:          Acme Health
  Message:
    | Mornings are best.
  Language:         en
  Consent text:     1
  Written at:       2026-11-23T09:30:00-05:00
  Request:          {id}

"
        )
    );
    assert_eq!(counts(&opened), (Some(0), "1 opened, 0 failed, 0 skipped".into()));
}

#[test]
fn an_included_self_assessment_is_printed_with_its_answers() {
    let office = Office::new();
    let mut request = request_of(request_id(1), "Ann Example", "");
    let assessment = json!({
        "version": "3", "answers": {"days": 12, "aura": "yes", "signs": ["light", "sound"]},
        "criteria": {"duration": 2, "pain": 1}, "total": 3, "flags": ["overuse"],
        "outcome": "likely",
    });
    request.assessment = Some(serde_json::from_value(assessment).unwrap());
    office.store_request(request);
    let (page, _) = texts(&office.open(&[]));
    let expected = "  Self-assessment:  likely
  Score:            total 3, duration 2, pain 1
  Flags:            overuse
  Question set:     3
  Answers:
    | aura: yes
    | days: 12
    | signs: light, sound
";
    assert!(page.contains(expected), "{page}");
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
    office.store_request(request_of(request_id(1), name, message));
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
    wait_for(async { Store::open(&office.database, PATIENCE).await.unwrap() });
    let nobody = office.open(&["--reference", "0000-0000"]);
    assert_eq!(counts(&nobody), (Some(1), "intake: no such request is stored".into()));
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
    assert_eq!(counts(&nobody), (Some(1), "intake: no such request is stored".into()));
    let missing = office.open(&["--file", "missing.json"]);
    assert!(texts(&missing).1.starts_with("intake: missing.json: No such file"), "{missing:?}");
}

#[test]
fn what_fails_is_counted_and_told_and_the_rest_is_printed() {
    let office = Office::new();
    let sealed = String::from_utf8(office.clinic.seal(request(request_id(1)))).unwrap();
    let (before, tag) = sealed.split_once(r#""tag":""#).unwrap();
    let other_tag = if tag.starts_with('A') { "B" } else { "A" };
    let altered = format!(r#"{before}"tag":"{other_tag}{}"#, &tag[1..]);
    office.store(request_id(1), altered.as_bytes());
    office.store(request_id(2), &office.clinic.seal(request(request_id(3))));
    let stranger = Keys::new(office.folder.path(), "stranger");
    office.store(request_id(4), &stranger.seal(request(request_id(4))));
    office.store_request(request_of(request_id(5), "Ann Intact", ""));

    let opened = office.open(&[]);
    let (page, told) = texts(&opened);
    assert!(page.contains("Ann Intact") && page.matches("Name:").count() == 1, "{page}");
    assert_eq!(counts(&opened), (Some(1), "1 opened, 2 failed, 1 skipped".into()));
    let reasons: Vec<&str> =
        told.lines().filter_map(|line| line.split_once("Z: ").map(|(_, reason)| reason)).collect();
    assert_eq!(
        reasons,
        [
            "altered after it was sealed",
            "the id inside is not the id outside; it may have been swapped for another request",
            "sealed for other keys than those given",
        ]
    );
}

#[test]
fn the_wrong_key_alone_is_a_failure() {
    let office = Office::new();
    office.store_request(request(request_id(1)));
    let stranger = Keys::new(office.folder.path(), "stranger").private_file.display().to_string();
    let opened = run(["open", "--database", &office.database(), "--private", &stranger]);
    assert_eq!(counts(&opened), (Some(1), "0 opened, 0 failed, 1 skipped".into()));
}
