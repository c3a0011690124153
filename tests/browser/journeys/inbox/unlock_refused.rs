//! Whatever does not open the inbox is named, and the right file opens it after that.

use std::fs;

use clinic_core::file_kind::FileKind;
use rstest_reuse::apply;
use serde_json::json;

use crate::harness::engine::{Engine, in_every_engine};
use crate::harness::office::colleague::Colleague;
use crate::harness::office::requests::{Payload, seal};
use crate::harness::office::{Office, PASSPHRASE, words};

/// A file that is none of the staff's.
struct WrongFile {
    name: &'static str,
    kind: FileKind,
    bytes: Vec<u8>,
}

/// The sentence about a file of this kind; `None` for a staff file.
fn sentence(kind: FileKind) -> Option<&'static str> {
    let words = &words().unlock;
    Some(match kind {
        FileKind::StaffFile => return None,
        FileKind::SealedPrivateKey | FileKind::PrivateKey | FileKind::KeyShare => {
            &words.private_key
        }
        FileKind::PublicKey | FileKind::PublicKeys => &words.public_key,
        FileKind::Request | FileKind::Note => &words.sealed_request,
        FileKind::OpenStaffFile | FileKind::Other => &words.wrong_file,
    })
}

/// A file of every kind but the right one.
fn wrong_files(office: &mut Office) -> Vec<WrongFile> {
    let public = office.public_key("clinic");
    let read = |name, half| fs::read(office.key_file(name, half)).expect("the key was made");
    let (public_file, private_file) = (read("clinic", "public"), read("clinic", "private"));
    let passphrase = office.path("passphrase");
    fs::write(&passphrase, PASSPHRASE).expect("written");
    let [keys, passphrase] =
        [office.path("keys"), passphrase].map(|path| path.to_str().expect("UTF-8").to_owned());
    office.makes(&[
        "key",
        "new",
        "--name",
        "sealed",
        "--passphrase-file",
        &passphrase,
        "--out",
        &keys,
    ]);
    let sealed = fs::read(office.key_file("sealed", "private")).expect("the key was made");
    let id = office.new_id();
    let request = seal(&[Payload { id, text: "{}".to_owned(), keys: vec![public.clone()] }]);
    // {"typ":"request-note+jwe"}
    let note = json!({ "protected": "eyJ0eXAiOiJyZXF1ZXN0LW5vdGUrandlIn0" });
    let file = |name, kind, bytes| WrongFile { name, kind, bytes };
    vec![
        file("public.json", FileKind::PublicKey, public_file),
        file("keys.json", FileKind::PublicKeys, json!({ "keys": [public] }).to_string().into()),
        file("private.json", FileKind::PrivateKey, private_file),
        file("sealed.json", FileKind::SealedPrivateKey, sealed),
        file("share.json", FileKind::KeyShare, br#"{"splitting":"1","share":"2"}"#.to_vec()),
        file("request.json", FileKind::Request, request[0].to_string().into()),
        file("note.json", FileKind::Note, note.to_string().into()),
        file("open.json", FileKind::OpenStaffFile, br#"{"schema":"staff-file/1"}"#.to_vec()),
        file("text.json", FileKind::Other, b"Not a file of ours".to_vec()),
        file("empty.json", FileKind::Other, Vec::new()),
        file("picture.json", FileKind::Other, vec![0xff, 0xd8, 0xff, 0x00]),
    ]
}

#[apply(in_every_engine)]
async fn each_wrong_file_is_named_before_the_right_one_opens(engine: Engine) {
    let mut office = Office::open(engine).await;
    office.puts_trials(1);
    let staff = office.staff_file("First Person", "list,mark");
    let colleague = Colleague::arrives(&office, &staff).await;

    colleague.presses(&words().unlock.open).await;
    colleague.waits_for_message(&words().unlock.no_file).await;
    colleague.person.waits_for_focus("file").await;

    for WrongFile { name, kind, bytes } in wrong_files(&mut office) {
        assert_eq!(FileKind::of(&bytes), kind, "{name}");
        let file = office.path(name);
        fs::write(&file, bytes).expect("written");
        colleague.tries_to_unlock(&file, PASSPHRASE).await;
        colleague.waits_for_message(sentence(kind).expect(name)).await;
        colleague.person.waits_for_focus("file").await;
    }

    // Larger than any file of ours: it is not even read.
    let large = office.path("large.json");
    fs::write(&large, vec![b' '; 2_000_000]).expect("written");
    colleague.chooses_file(&staff.file).await;
    let field = colleague.find("#file").await;
    field.send_keys(large.to_str().expect("UTF-8")).await.expect("it can be chosen");
    colleague.waits_for_message(&words().unlock.wrong_file).await;

    colleague.unlocks().await;
    colleague.waits_for_rows(1).await;
}

#[apply(in_every_engine)]
async fn a_wrong_passphrase_is_told_and_the_right_one_opens(engine: Engine) {
    let office = Office::open(engine).await;
    office.puts_trials(1);
    let staff = office.staff_file("First Person", "list,mark");
    let colleague = Colleague::arrives(&office, &staff).await;
    colleague.chooses_file(&staff.file).await;
    colleague.presses(&words().unlock.open).await;
    colleague.waits_for_message(&words().unlock.no_passphrase).await;
    colleague.person.waits_for_focus("passphrase").await;
    for wrong in ["not this one, it is another", &PASSPHRASE.to_uppercase(), &PASSPHRASE[1..]] {
        colleague.fills_in("passphrase", wrong).await;
        colleague.presses(&words().unlock.open).await;
        colleague.waits_for_message(&words().unlock.wrong_passphrase).await;
        colleague.person.waits_for_focus("passphrase").await;
        assert!(!colleague.person.has("ul.requests").await);
    }

    // A file that was changed passes for a wrong passphrase.
    let whole = fs::read_to_string(&staff.file).expect("a file");
    let (before, after) = whole.split_once("\"ciphertext\"").expect("it has one");
    let changed = office.path("staff-changed.json");
    let letter = after.find(['A', 'B', 'C', 'D']).expect("any of them stands in it");
    let mut after = after.to_owned();
    after.replace_range(letter..=letter, "_");
    fs::write(&changed, format!("{before}\"ciphertext\"{after}")).expect("written");
    colleague.tries_to_unlock(&changed, PASSPHRASE).await;
    colleague.waits_for_message(&words().unlock.wrong_passphrase).await;

    colleague.unlocks().await;
    colleague.waits_for_rows(1).await;
}

#[apply(in_every_engine)]
async fn a_token_that_is_revoked_or_expired_and_a_service_that_is_down_are_told(engine: Engine) {
    let mut office = Office::open(engine).await;
    office.puts_trials(1);
    let [first, second, third] = ["First Person", "Second Person", "Third Person"]
        .map(|it| office.staff_file(it, "list,mark"));
    let colleague = Colleague::arrives(&office, &third).await;
    office.runs(&["token", "revoke", "First Person"]);
    colleague.tries_to_unlock(&first.file, PASSPHRASE).await;
    colleague.waits_for_message(&words().unlock.revoked).await;
    office.sql("UPDATE tokens SET expires = '2026-01-31' WHERE name = 'Second Person'");
    colleague.tries_to_unlock(&second.file, PASSPHRASE).await;
    colleague.waits_for_message(&words().unlock.expired).await;
    office.kill();
    colleague.tries_to_unlock(&third.file, PASSPHRASE).await;
    colleague.waits_for_message(&words().unlock.down).await;
    if engine.can_be_offline() {
        colleague.person.is_offline(true).await;
        colleague.presses(&words().unlock.open).await;
        colleague.waits_for_message(&words().unlock.offline).await;
        colleague.person.is_offline(false).await;
    }
    office.start().await;
    colleague.presses(&words().unlock.open).await;
    colleague.waits_for_requests().await;
    colleague.waits_for_rows(1).await;
}
