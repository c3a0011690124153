//! `intake staff-file`: a token and the clinic's keys, sealed under a person's passphrase.

use std::fs;

use clinic_core::staff_file::{CONTENT_TYPE, StaffFile};
use intake::store::{STORE_TIMEOUT, Store};
use intake::tokens;
use josekit::jwe::{self, PBES2_HS512_A256KW};

use crate::harness::clinic::{Keys, request, request_id};
use crate::harness::office::Office;
use crate::harness::program::{run, texts};
use crate::harness::wait_for;
use crate::key_files::mode;

const PASSPHRASE: &str = "correct horse battery staple";

/// An office with a database, and a passphrase in a file.
fn office() -> (Office, String) {
    let office = Office::new();
    office.store_request(request(request_id(1)));
    let passphrase = office.path("passphrase");
    fs::write(&passphrase, PASSPHRASE).unwrap();
    (office, passphrase)
}

fn make(office: &Office, passphrase: &str, out: &str, more: &[&str]) -> std::process::Output {
    let key = office.clinic.private_file.display().to_string();
    let flags =
        ["staff-file", "--private", &key, "--new-passphrase-file", passphrase, "--out", out];
    office.run(&[&flags[..], more].concat())
}

/// The content of a staff file, and the type in its header.
fn opened(file: &str, passphrase: &str) -> Option<(StaffFile, String)> {
    let json = fs::read_to_string(file).unwrap();
    let decrypter = PBES2_HS512_A256KW.decrypter_from_bytes(passphrase).unwrap();
    let (content, header) = jwe::deserialize_json(&json, &decrypter).ok()?;
    let content_type = header.content_type().unwrap().to_owned();
    Some((StaffFile::from_json(&content).unwrap(), content_type))
}

#[test]
fn it_holds_a_token_that_works_and_the_keys_in_their_order() {
    let (office, passphrase) = office();
    let older = Keys::new(office.folder.path(), "older");
    let out = office.path("staff.json");
    let second = older.private_file.display().to_string();
    let more = ["--private", &second, "--scope", "list,delete", "First Person"];
    let made = make(&office, &passphrase, &out, &more);
    assert!(made.status.success(), "{}", texts(&made).1);
    assert_eq!(mode(&out), 0o600);
    let (content, content_type) = opened(&out, PASSPHRASE).unwrap();
    assert_eq!((content.name(), &*content_type), ("First Person", CONTENT_TYPE));
    let keys: Vec<&str> = content.keys().iter().map(|key| key.public().kid.as_str()).collect();
    assert_eq!(keys, [&office.clinic.public.kid, &older.public.kid]);
    assert!(opened(&out, "correct horse battery stapler").is_none());
    // Nothing of it is readable in the file, nor printed.
    let (printed, said) = texts(&made);
    let file = fs::read_to_string(&out).unwrap();
    assert!(![printed, said, file].iter().any(|text| text.contains(content.token())));
    wait_for(async {
        let store = Store::open_for_reading(&office.database, STORE_TIMEOUT).await.unwrap();
        let token = store.token(&tokens::hash(content.token())).await.unwrap().unwrap();
        assert_eq!((&*token.name, &*token.scopes.to_string()), ("First Person", "list,delete"));
        assert!(token.expires.is_some());
        store.close().await;
    });
}

#[test]
fn a_name_that_is_taken_leaves_no_file_and_no_second_token() {
    let (office, passphrase) = office();
    let (first, second) = (office.path("first.json"), office.path("second.json"));
    assert!(make(&office, &passphrase, &first, &["First Person"]).status.success());
    let refused = make(&office, &passphrase, &second, &["First Person"]);
    assert!(!refused.status.success());
    assert!(texts(&refused).1.contains("First Person already"), "{}", texts(&refused).1);
    assert!(!fs::exists(&second).unwrap());
    let (list, _) = texts(&run(["token", "list", "--database", &office.database()]));
    assert_eq!(list.lines().count(), 2, "{list}");
}

#[test]
fn a_file_that_is_there_is_never_overwritten_and_makes_no_token() {
    let (office, passphrase) = office();
    let out = office.path("staff.json");
    fs::write(&out, "somebody's").unwrap();
    assert!(!make(&office, &passphrase, &out, &["First Person"]).status.success());
    assert_eq!(fs::read_to_string(&out).unwrap(), "somebody's");
    let (list, _) = texts(&run(["token", "list", "--database", &office.database()]));
    assert_eq!(list.lines().count(), 1, "{list}");
}

#[test]
fn what_cannot_be_used_is_named_before_anything_is_made() {
    let (office, passphrase) = office();
    let out = office.path("staff.json");
    let short = office.path("short");
    fs::write(&short, "too short").unwrap();
    let public = office.clinic.public_file.display().to_string();
    let flags = |key: &str, passphrase: &str, name: &str| {
        let flags =
            ["staff-file", "--private", key, "--new-passphrase-file", passphrase, "--out", &out];
        office.run(&[&flags[..], &[name]].concat())
    };
    let private = office.clinic.private_file.display().to_string();
    for (output, words) in [
        (flags(&public, &passphrase, "First Person"), "no private key"),
        (flags(&private, &short, "First Person"), "at least 15 characters"),
        (flags(&private, &passphrase, " "), "one line of text"),
    ] {
        assert!(!output.status.success());
        assert!(texts(&output).1.contains(words), "{}", texts(&output).1);
        assert!(!fs::exists(&out).unwrap());
    }
    let (list, _) = texts(&run(["token", "list", "--database", &office.database()]));
    assert_eq!(list.lines().count(), 1, "{list}");
}
