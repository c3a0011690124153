//! A staff file and its passphrase open the inbox, and nothing of them is sent.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use rstest_reuse::apply;
use serde_json::{Value, json};

use crate::harness::engine::{Engine, in_every_engine};
use crate::harness::line::Line;
use crate::harness::office::colleague::Colleague;
use crate::harness::office::{Office, PASSPHRASE, words};

#[apply(in_every_engine)]
async fn a_staff_file_that_is_dropped_opens_the_inbox(engine: Engine) {
    let office = Office::open(engine).await;
    office.puts_trials(3);
    let staff = office.staff_file("First Person", "list,mark");
    let colleague = Colleague::arrives(&office, &staff).await;
    drop_file(&colleague, &staff.file).await;
    let name = staff.file.file_name().expect("a name").to_string_lossy().into_owned();
    colleague.waits_for_text(".chosen", &name).await;
    colleague.person.waits_for_focus("passphrase").await;
    colleague.fills_in("passphrase", PASSPHRASE).await;
    colleague.presses(&words().unlock.open).await;
    colleague.waits_for_rows(3).await;
    assert_eq!(colleague.texts(".who").await, [staff.name]);
}

/// Drags a file from outside of the browser over the field, and drops it there.
async fn drop_file(colleague: &Colleague, file: &Path) {
    if colleague.person.engine().kind != Engine::Chromium {
        // Only DevTools drag a file into the window. Elsewhere the page is given what a drop gives it.
        let text = fs::read_to_string(file).expect("a staff file");
        let name = file.file_name().expect("a name").to_string_lossy();
        let drop = include_str!("../../scripts/drop_file.js");
        colleague.person.calls(drop, &json!([".drop", name, text])).await;
        return;
    }
    let middle = "const box = document.querySelector('.drop').getBoundingClientRect(); \
        return [box.x + box.width / 2, box.y + 10]";
    let middle = colleague.runs(middle, &json!([])).await;
    for kind in ["dragEnter", "dragOver", "drop"] {
        let data = json!({ "items": [], "files": [file], "dragOperationsMask": 1 });
        let event = json!({ "type": kind, "x": middle[0], "y": middle[1], "data": data });
        colleague.person.devtools("Input.dispatchDragEvent", event).await;
    }
}

/// Two people, two files, two passphrases: the service receives the same from both but for the token.
#[apply(in_every_engine)]
async fn nothing_of_the_file_or_the_passphrase_is_sent_but_the_token(engine: Engine) {
    let office = Office::open(engine).await;
    office.puts_trials(2);
    let private = fs::read_to_string(office.key_file("clinic", "private")).expect("a key");
    let private: Value = serde_json::from_str(&private).expect("JSON");
    let mut received = Vec::new();
    for name in ["First Person", "Second Person"] {
        let staff = office.staff_file(name, "list,mark");
        let line = Line::to(office.operations_port()).await;
        let colleague = Colleague::arrives_at(&office, &line.address("/"), &staff).await;
        colleague.tries_to_unlock(&staff.file, "another one altogether").await;
        colleague.waits_for_message(&words().unlock.wrong_passphrase).await;
        assert!(!line.requests().concat().contains("/v1/"), "nothing was asked before it opened");
        colleague.unlocks().await;
        colleague.waits_for_rows(2).await;
        let requests = line.requests();
        let all = requests.join("\n");
        let file: Value =
            serde_json::from_slice(&fs::read(&staff.file).expect("a file")).expect("JSON");
        let parts = [&file["ciphertext"], &file["iv"], &file["tag"], &private["d"]];
        for part in parts.map(|it| it.as_str().expect("a text")) {
            assert!(!all.contains(part), "{part} was sent");
        }
        for secret in [PASSPHRASE, "another one altogether", "staff-first", name] {
            assert!(!all.contains(secret), "{secret} was sent");
        }
        received.push((bearer(&requests), up_to_the_list(&requests, line.address(""))));
    }
    let [(first_token, first), (second_token, second)] = received.as_slice() else {
        panic!("there are two")
    };
    assert_eq!((first_token.len(), second_token.len()), (1, 1), "one token each");
    assert_ne!(first_token, second_token);
    assert_eq!(first, second);
}

/// The tokens that requests were made with.
fn bearer(requests: &[String]) -> BTreeSet<String> {
    let lines = requests.iter().flat_map(|request| request.lines());
    let value = |line: &str| Some(line.to_lowercase().strip_prefix("authorization: ")?.to_owned());
    lines.filter_map(value).collect()
}

/// The requests up to the first for the list, without the token and the port.
fn up_to_the_list(requests: &[String], address: String) -> BTreeSet<String> {
    let last = requests.iter().position(|it| it.starts_with("GET /v1/requests?before=end"));
    let last = last.expect("the list was asked for");
    let port = address.rsplit(':').next().expect("a port").to_owned();
    let plain = |request: &String| {
        let lines =
            request.lines().filter(|line| !line.to_lowercase().starts_with("authorization"));
        lines.collect::<Vec<_>>().join("\n").replace(&port, "PORT")
    };
    requests[..=last].iter().map(plain).collect()
}
