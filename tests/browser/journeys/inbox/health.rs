//! The screen of the service's health: every line, and a mark on those that somebody should look at.

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;

use rstest_reuse::apply;
use serde_json::json;

use crate::harness::engine::{Engine, in_every_engine};
use crate::harness::office::colleague::Colleague;
use crate::harness::office::requests::{Payload, seal};
use crate::harness::office::{Office, words};
use crate::harness::wait::until;

/// The lines of the screen, and if each is marked.
async fn lines(colleague: &Colleague) -> Vec<(String, String, bool)> {
    let script = "return [...document.querySelectorAll('main .rows > div')].map((it) => \
        [it.querySelector('dt').textContent, it.querySelector('dd').textContent.trim(), \
         it.classList.contains('late')])";
    serde_json::from_value(colleague.runs(script, &json!([])).await).expect("lines")
}

/// Waits for a line of this label whose text has this part, and returns `true` if it is marked, in words too.
async fn waits_for_line(colleague: &Colleague, label: &str, part: &str) -> bool {
    let (text, is_marked) = until(&format!("{label}: {part}"), async || {
        let lines = lines(colleague).await;
        let line = lines.into_iter().find(|(found, text, _)| found == label && text.contains(part));
        line.map(|(_, text, is_marked)| (text, is_marked))
    })
    .await;
    assert_eq!(text.starts_with(&words().health.attention), is_marked, "{text}");
    is_marked
}

#[apply(in_every_engine)]
async fn every_line_says_how_it_is_and_a_trial_request_goes_the_whole_way(engine: Engine) {
    let mut office = Office::open(engine).await;
    let staff = office.staff_file("First Person", "list,mark");
    let colleague = Colleague::at_work(&office, &staff).await;
    let words = &words().health;
    colleague.goes_to(&crate::harness::office::words().site.health).await;
    assert!(!waits_for_line(&colleague, &words.storing, &words.can_store).await);
    assert!(!waits_for_line(&colleague, &words.new, &words.none_new).await);
    assert!(waits_for_line(&colleague, &words.backup, &words.no_backup).await);
    assert!(waits_for_line(&colleague, &words.last_trial, &words.no_trial).await);
    assert!(!waits_for_line(&colleague, &words.key, &words.key_for_ever).await);
    assert!(!waits_for_line(&colleague, &words.refused, &words.none_refused).await);

    colleague.presses(&words.trial).await;
    colleague.waits_for_message(&words.trial_opened).await;
    assert!(!waits_for_line(&colleague, &words.last_trial, "First Person").await);
    assert_eq!(office.sql("SELECT count(*) FROM requests"), json!([[0]]), "nothing is left of it");

    office.runs(&["backup", "--done"]);
    let request = office.request("Trial Patient A");
    office.receives([request]);
    colleague.presses(&words.again).await;
    assert!(!waits_for_line(&colleague, &words.backup, "today").await);
    assert!(!waits_for_line(&colleague, &words.new, "1; ").await);
}

#[apply(in_every_engine)]
async fn what_needs_attention_is_marked(engine: Engine) {
    let mut office = Office::open(engine).await;
    let day = office.sql("SELECT date('now', '+10 days')")[0][0].clone();
    let mut key = office.public_key("clinic");
    key["expires"] = day.clone();
    let file = office.path("expires.json");
    fs::write(&file, key.to_string()).expect("written");
    office.kill();
    office.start_with(&file).await;
    let staff = office.staff_file("First Person", "list,mark");
    let request = office.request("Trial Patient A");
    office.receives([request.clone()]);
    office.dates_back(&request, 30 * 24 * 3600);
    office.runs(&["backup", "--done"]);
    office.sql("UPDATE backups SET backed_up_at = backed_up_at - 27 * 3600");
    office.sql("INSERT INTO last_trial VALUES (1, unixepoch() - 32 * 24 * 3600, 'Second Person')");
    // Sealed for a key that the service does not know, and no request at all.
    office.makes_key("other");
    let stranger = office.request("Trial Patient B");
    let id = stranger.request_id.to_string();
    let sealed = seal(&[Payload::of(stranger, vec![office.public_key("other")])]);
    assert_eq!(post(&office, &id, &sealed[0].to_string()), 422);
    assert_eq!(post(&office, &id, "{}"), 400);

    let colleague = Colleague::at_work(&office, &staff).await;
    let words = &words().health;
    colleague.goes_to(&crate::harness::office::words().site.health).await;
    assert!(waits_for_line(&colleague, &words.new, "1; ").await);
    assert!(waits_for_line(&colleague, &words.backup, "").await);
    assert!(waits_for_line(&colleague, &words.last_trial, "Second Person").await);
    assert!(
        waits_for_line(
            &colleague,
            &words.key,
            day.as_str().and_then(|it| it.get(..4)).expect("a year")
        )
        .await
    );
    let unknown = format!("1: {}", words.refused_unknown_key);
    assert!(waits_for_line(&colleague, &words.refused, &unknown).await);

    // Once it has expired it is said so.
    key["expires"] = json!("2026-01-31");
    fs::write(&file, key.to_string()).expect("written");
    office.kill();
    office.start_with(&file).await;
    colleague.presses(&words.again).await;
    assert!(waits_for_line(&colleague, &words.key, "January 31, 2026").await);
    // And no request was refused since then.
    assert!(!waits_for_line(&colleague, &words.refused, &words.none_refused).await);
}

/// Posts something as a patient's page does. Returns the status.
fn post(office: &Office, id: &str, body: &str) -> u16 {
    let length = body.len();
    let request = format!(
        "POST /v1/requests HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\
         Content-Type: application/jose+json\r\nIdempotency-Key: {id}\r\n\
         Content-Length: {length}\r\n\r\n{body}"
    );
    let mut stream = TcpStream::connect(("127.0.0.1", office.public_port())).expect("it listens");
    stream.write_all(request.as_bytes()).expect("it is sent");
    let mut response = String::new();
    stream.read_to_string(&mut response).expect("a response");
    let status = response.split(' ').nth(1).expect("a status");
    status.parse().expect("a number")
}
