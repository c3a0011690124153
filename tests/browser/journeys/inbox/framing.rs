//! The inbox speaks to its own origin alone, and is in no frame.

use std::collections::BTreeSet;

use fantoccini::key::Key;
use rstest_reuse::apply;
use serde_json::Value;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

use crate::harness::engine::{Engine, in_every_engine, with_devtools};
use crate::harness::office::colleague::Colleague;
use crate::harness::office::{Office, words};
use crate::harness::person::Person;
use crate::harness::wait::free_port;

/// Addresses that a browser asked for since the last look, up to their paths.
async fn origins(person: &Person) -> BTreeSet<String> {
    let mut origins = BTreeSet::new();
    for entry in person.engine().log("performance").await {
        let message = entry["message"].as_str().unwrap_or_default();
        let message: Value = serde_json::from_str(message).expect("JSON");
        if message["message"]["method"] == "Network.requestWillBeSent" {
            let address = message["message"]["params"]["request"]["url"].as_str().expect("a URL");
            let end = address
                .find("://")
                .and_then(|at| address[at + 3..].find('/').map(|length| at + 3 + length));
            origins.insert(address[..end.unwrap_or(address.find(':').unwrap_or(0))].to_owned());
        }
    }
    origins
}

/// DevTools see each request, also one that no page would tell of.
#[apply(with_devtools)]
async fn no_request_goes_to_another_origin(engine: Engine) {
    let office = Office::open(engine).await;
    office.puts_trials(8);
    let staff = office.staff_file("First Person", "admin");
    let person = Person::starts(engine).await;
    let colleague = Colleague::opens_as(person, &office.address(), &staff).await;
    colleague.unlocks().await;
    let downloads = colleague.saves_files();
    colleague.opens_request("Trial Patient 4").await;
    colleague.does(&words().actions.claim, &words().states.done_claimed).await;
    colleague.fills_in("note", "Left voicemail").await;
    colleague.does(&words().request.add_note, &words().request.note_added).await;
    colleague.unfolds(&words().export.title).await;
    colleague.presses(&words().export.table).await;
    downloads.waits_for(".csv").await;
    colleague.goes_to(&words().site.people).await;
    colleague.waits_for_text("h1", &words().people.title).await;
    colleague.goes_to(&words().site.health).await;
    colleague.waits_for_text("h1", &words().health.title).await;
    colleague.person.presses(Key::Escape).await;
    colleague.locks().await;

    let own = office.address().trim_end_matches('/').to_owned();
    // The browser shows its own page first, and a file that is saved is made in the page.
    let mut origins = origins(&colleague.person).await;
    origins.retain(|it| !["chrome", "blob", "data"].iter().any(|scheme| it.starts_with(scheme)));
    assert_eq!(origins, BTreeSet::from([own]));
}

/// Serves one page at a port of its own, until the test ends.
async fn serves(page: String) -> u16 {
    let port = free_port();
    let listener = TcpListener::bind(("127.0.0.1", port)).await.expect("it is free");
    tokio::spawn(async move {
        while let Ok((mut browser, _)) = listener.accept().await {
            let response = format!(
                "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {}\r\n\
                 Connection: close\r\n\r\n{page}",
                page.len()
            );
            // Chromium opens connections that it does not use yet; the others do not wait for them.
            tokio::spawn(async move {
                let mut request = [0; 4096];
                let _ = browser.read(&mut request).await;
                let _ = browser.write_all(response.as_bytes()).await;
            });
        }
    });
    port
}

#[apply(in_every_engine)]
async fn the_inbox_is_in_no_frame(engine: Engine) {
    let office = Office::open(engine).await;
    let address = office.address();
    let page = format!(
        "<!doctype html><title>Host</title>\
         <iframe src='{address}' onload='this.dataset.loaded = 1'></iframe>\
         <iframe sandbox='allow-scripts' src='{address}' onload='this.dataset.loaded = 1'></iframe>"
    );
    let port = serves(page).await;
    let person = Person::arrives(engine).await;
    // Another origin, and another host.
    for host in ["localhost", "127.0.0.1"] {
        if engine == Engine::Chromium {
            person.console().await;
        }
        person.opens(&format!("http://{host}:{port}/")).await;
        person.waits_for("return document.querySelectorAll('[data-loaded]').length === 2").await;
        if engine == Engine::Chromium {
            let console = person.console().await.join("\n");
            let refused = console.matches("frame-ancestors 'none'").count();
            assert_eq!(refused, 2, "{console}");
        }
        for nth in [1, 2] {
            person
                .enters_frame(&format!(
                    "return document.querySelector('iframe:nth-of-type({nth})')"
                ))
                .await;
            assert!(!person.has("#file").await && !person.has("main").await);
            person.leaves_frame().await;
        }
    }
    // By itself it is shown: the frame is what is refused.
    person.opens(&address).await;
    person.waits_for("return !!document.querySelector('#file')").await;
}
