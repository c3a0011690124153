//! A request can be read with the clinic's key, by any JOSE library, and nowhere else.

use std::fs;
use std::path::Path;
use std::process::Command;

use base64ct::{Base64UrlUnpadded, Encoding as _};
use fantoccini::key::Key;
use rstest_reuse::apply;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::harness::clinic::{self, Clinic};
use crate::harness::engine::{Engine, Without, in_every_engine};
use crate::harness::line::{Fate, Line};
use crate::harness::person::Person;
use crate::harness::request::Case;

/// Texts for every field, each with something that nothing else holds.
const TYPED: [(&str, &str); 10] = [
    ("filled-in-by", "Barnabas Wexcombe"),
    ("name", "Quendalina Farthingale"),
    ("phone", "972 555 0147"),
    ("email", "quendalina@farthingale.example"),
    ("carrier", "Zephyrine Mutual"),
    ("member-number", "ZM-8675309-Q"),
    ("policyholder-name", "Ottoline Farthingale"),
    ("needs-language", "Upper Sorbian"),
    ("needs-words", "Nothing that smells of lavender."),
    ("message", "Thunderous auras since the equinox."),
];

/// Everything that the browser stores or shows of the page, as text.
const EVERYTHING_KEPT: &str = include_str!("../scripts/everything_kept.js");

/// Counts the envelopes that the browser encrypts.
const COUNTS_ENVELOPES: &str = "() => { \
    window.envelopes = 0; \
    const { encrypt } = SubtleCrypto.prototype; \
    SubtleCrypto.prototype.encrypt = function (...all) { \
      envelopes += 1; return encrypt.apply(this, all) } }";

#[apply(in_every_engine)]
async fn send_only_posts_what_was_encrypted_while_it_was_read(engine: Engine) {
    let case = Case::ready_after(engine, Without::Nothing, COUNTS_ENVELOPES, &json!([])).await;
    case.person.waits_for("return envelopes === 1").await;
    // Something is changed: it is encrypted anew.
    case.person.clicks("[data-action='change name']").await;
    case.person.waits_for_focus("request-name").await;
    case.person.types("!").await;
    case.person.follows("#request-form button[type=submit]").await;
    case.person.waits_for_focus("request-check-heading").await;
    case.person.waits_for("return envelopes === 2").await;
    case.sends().await;
    case.person.waits_to_see("#request-sent").await;
    assert_eq!(case.person.runs("return envelopes").await, 2);
    let requests = case.clinic.requests();
    assert_eq!(requests.len(), 1);
    assert_eq!(requests[0]["patient"]["name"], "Ada Test!");
}

#[apply(in_every_engine)]
async fn what_was_typed_is_readable_nowhere_on_its_way(engine: Engine) {
    let clinic = Clinic::open().await;
    let line = Line::to(clinic.port()).await;
    let person = Person::arrives(engine).await;
    person.opens(&line.address("/")).await;
    person.waits_for_program().await;
    fill_in_everything(&person).await;
    person.follows("#request-form button[type=submit]").await;
    person.waits_for_focus("request-check-heading").await;
    line.always(Fate::status(503));
    person.follows("#request-send").await;
    person.waits_for_focus("request-pending-heading").await;

    // While it waits it is stored, sealed.
    let left = person.calls(EVERYTHING_KEPT, &json!([])).await;
    let left = left.as_str().expect("a text");
    assert!(left.contains("ciphertext"), "the sealed request is among what was looked through");
    nothing_readable("what the browser keeps", left);

    // Reached while nothing passes: sent again by itself, it would be gone.
    person.tabs_to("[data-action=send-now]").await;
    line.always(Fate::Passes);
    person.presses(Key::Enter).await;
    person.waits_to_see("#request-sent").await;
    let left = person.calls(EVERYTHING_KEPT, &json!([])).await;
    nothing_readable("what the browser keeps", left.as_str().expect("a text"));
    if engine == Engine::Chromium {
        nothing_readable("the console", &person.console().await.join("\n"));
    }
    let requests = line.requests();
    assert!(requests.len() > 5 && line.posted().len() > 1, "all requests are looked through");
    nothing_readable("the requests", &requests.join("\n"));

    // And the clinic reads all of it.
    let opened = clinic.requests()[0].to_string();
    for (field, typed) in TYPED {
        assert!(opened.contains(typed), "{field}");
    }
}

#[apply(in_every_engine)]
async fn the_browsers_envelope_opens_with_other_libraries_and_is_padded(engine: Engine) {
    let clinic = Clinic::open().await;
    let line = Line::to(clinic.port()).await;
    let person = Person::arrives(engine).await;
    person.opens(&line.address("/")).await;
    person.waits_for_program().await;
    fill_in_everything(&person).await;
    person.follows("#request-form button[type=submit]").await;
    person.waits_for_focus("request-check-heading").await;
    person.follows("#request-send").await;
    person.waits_for_focus("request-sent-heading").await;

    let posted = line.posted().remove(0);
    let (head, envelope) = posted.split_once("\r\n\r\n").expect("head and body");
    let folder = TempDir::new().expect("a folder");
    let file = folder.path().join("request.jwe.json");
    fs::write(&file, envelope).expect("written");

    let tests = clinic::root().join("tests/jose");
    let python = clinic::tools().join("venv/bin/python");
    let node = opened(Path::new("node"), &tests.join("open.mjs"), &file);
    let python = opened(&python, &tests.join("open.py"), &file);
    assert_eq!(node, python);
    let read: Value = serde_json::from_slice(&node).expect("JSON");
    for (field, typed) in TYPED {
        assert!(read.to_string().contains(typed), "{field}");
    }
    let id = read["request_id"].as_str().expect("an id");
    assert!(head.to_ascii_lowercase().contains(&format!("idempotency-key: {id}")));
    // Intake's own reader takes it from a file, too.
    assert_eq!(clinic::opened_file(&file)["patient"], read["patient"]);

    assert_eq!(node.len() % 1024, 0, "padded");
    let sealed: Value = serde_json::from_str(envelope).expect("JSON");
    let ciphertext = Base64UrlUnpadded::decode_vec(sealed["ciphertext"].as_str().expect("a text"));
    assert_eq!(ciphertext.expect("base64url").len(), node.len());
}

/// Returns the output of a program that opens an envelope with the clinic's key.
fn opened(program: &Path, script: &Path, envelope: &Path) -> Vec<u8> {
    let run = Command::new(program)
        .arg(script)
        .arg(clinic::key("private"))
        .arg(envelope)
        .output()
        .expect("node and `make test`'s Python start");
    let errors = String::from_utf8_lossy(&run.stderr);
    assert!(run.status.success(), "{}: {errors}", program.display());
    run.stdout
}

async fn fill_in_everything(person: &Person) {
    person
        .runs("document.querySelectorAll('#request-form details').forEach((it) => it.open = true)")
        .await;
    for (field, typed) in TYPED {
        // The choice that asks for it.
        match field {
            "filled-in-by" => person.chooses("#request-for-another").await,
            "carrier" => person.picks("coverage", "insurance").await,
            "policyholder-name" => person.picks("policyholder", "other").await,
            "needs-language" => person.chooses("[name=needs][value=interpreter]").await,
            _ => {}
        }
        person.tabs_to(&format!("[name={field}]")).await;
        person.types(typed).await;
    }
    person.chooses("#request-consent").await;
    // The radios are before what was filled in by now: round once more.
    person.picks("contact-by", "text").await;
}

#[track_caller]
fn nothing_readable(place: &str, text: &str) {
    for (field, typed) in TYPED {
        for form in forms(typed) {
            assert!(!text.contains(&form), "{place}: {field} is readable as {form}");
        }
    }
}

/// A text as it stands, as addresses have it, and as base64 has its middle, which is another for
/// each place that it can begin at.
fn forms(typed: &str) -> Vec<String> {
    let shifted = |by: usize| {
        let encoded =
            Base64UrlUnpadded::encode_string([&b"..."[..by], typed.as_bytes()].concat().as_slice());
        encoded[4..encoded.len() - 4].to_owned()
    };
    let mut forms: Vec<String> = (0..3).map(shifted).collect();
    forms.extend([typed.to_owned(), typed.replace(' ', "%20"), typed.replace(' ', "+")]);
    forms
}
