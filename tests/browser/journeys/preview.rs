//! The preview of the site kit: whoever writes sees each save, and each mistake, in the page that is open.

use std::fs;
use std::os::unix::fs::symlink;

use crate::harness::clinic::key;
use crate::harness::engine::{Engine, in_chromium_and_firefox, in_every_engine};
use crate::harness::kit::{Kit, files};
use crate::harness::person::Person;
use crate::harness::preview::Preview;
use crate::harness::site::copy;
use rstest_reuse::apply;

const PAGE: &str = "en/pages/privacy.md";
const OLD: &str = "You can read the whole guide";
const NEW: &str = "Here you can read it all";

/// Waits until the open page holds these words.
async fn reads_of(person: &Person, words: &str) {
    person.waits_for(&format!("return document.body.textContent.includes('{words}')")).await;
}

/// Waits until the panel of the preview shows these words.
async fn is_told(person: &Person, words: &str) {
    let panel = "document.querySelector('.preview-panel')?.textContent";
    person.waits_for(&format!("return {panel}?.includes('{words}') === true")).await;
}

#[apply(in_every_engine)]
async fn a_changed_sentence_appears_in_every_open_page(engine: Engine) {
    let kit = Kit::unpacked();
    let preview = Preview::of(&kit).await;
    let person = Person::arrives(engine).await;
    person.opens(&preview.address("/privacy/")).await;
    person.opens_a_tab().await;
    person.opens(&preview.address("/privacy/#reading")).await;
    reads_of(&person, OLD).await;
    kit.rewrites(PAGE, OLD, NEW);
    reads_of(&person, NEW).await;
    person.goes_to_the_first_tab().await;
    reads_of(&person, NEW).await;
    // Nothing of the preview offends against the policy of the page.
    if engine == Engine::Chromium {
        assert_eq!(person.console().await, Vec::<String>::new());
    }
}

/// A browser has six connections to a server at most, and each open page would hold one.
#[apply(in_chromium_and_firefox)]
async fn the_seventh_page_did_not_load(engine: Engine) {
    let kit = Kit::unpacked();
    let preview = Preview::of(&kit).await;
    let person = Person::arrives(engine).await;
    for _ in 0..7 {
        person.opens(&preview.address("/privacy/")).await;
        is_told(&person, "no request can be sent").await;
        person.opens_a_tab().await;
    }
    person.goes_to_the_first_tab().await;
    kit.rewrites(PAGE, OLD, NEW);
    reads_of(&person, NEW).await;
}

#[apply(in_every_engine)]
async fn a_mistake_is_shown_above_the_page_until_it_is_mended(engine: Engine) {
    let kit = Kit::unpacked();
    let preview = Preview::of(&kit).await;
    let person = Person::arrives(engine).await;
    person.opens(&preview.address("/privacy/")).await;
    reads_of(&person, OLD).await;
    kit.rewrites(PAGE, "key-fingerprints", "key-fingerprint");
    is_told(&person, "1 mistake").await;
    let panel = person.sees(".preview-panel").await;
    let checked = kit.command(&["check"]).output().expect("it runs");
    let checked = String::from_utf8_lossy(&checked.stderr).into_owned();
    let explained = checked.lines().find(|it| it.contains(PAGE)).expect("explained");
    let (place, reason) = explained.split_once(": ").expect("a place");
    let line = place.rsplit(':').next().expect("a line").parse::<usize>();
    assert!(line.is_ok_and(|line| line > 1), "{place}");
    assert!(panel.contains(place) && panel.contains(reason), "{panel}");
    reads_of(&person, OLD).await;
    preview.prints(place).await;
    kit.rewrites(PAGE, "key-fingerprint", "key-fingerprints");
    is_told(&person, "no request can be sent").await;
    assert!(!person.has(".has-mistakes").await);
}

#[apply(in_every_engine)]
async fn a_mistake_at_the_start_stands_alone_until_it_is_mended(engine: Engine) {
    let kit = Kit::unpacked();
    kit.rewrites(PAGE, "key-fingerprints", "key-fingerprint");
    let preview = Preview::of(&kit).await;
    let person = Person::arrives(engine).await;
    person.opens(&preview.address("/privacy/")).await;
    is_told(&person, PAGE).await;
    kit.rewrites(PAGE, "key-fingerprint", "key-fingerprints");
    reads_of(&person, OLD).await;
}

#[apply(in_every_engine)]
async fn every_way_of_saving_is_noticed(engine: Engine) {
    let kit = Kit::unpacked();
    let preview = Preview::of(&kit).await;
    let person = Person::arrives(engine).await;
    person.opens(&preview.address("/privacy/")).await;
    let file = kit.path("content").join(PAGE);
    let text = fs::read_to_string(&file).expect("readable");
    let with = |words: &str| text.replacen(OLD, words, 1);
    // A new file takes the place of the old one.
    let beside = kit.path("content/en/pages/.privacy.md.new");
    fs::write(&beside, with("Saved by a new file")).expect("written");
    fs::rename(&beside, &file).expect("moved");
    reads_of(&person, "Saved by a new file").await;
    // The old one is moved away first.
    fs::rename(&file, &beside).expect("moved");
    fs::write(&file, with("Saved in two steps")).expect("written");
    fs::remove_file(&beside).expect("removed");
    reads_of(&person, "Saved in two steps").await;
    // Quickly, and in parts.
    for round in 0..20 {
        fs::write(&file, "").expect("written");
        fs::write(&file, with(&format!("Saved {round} times"))).expect("written");
    }
    reads_of(&person, "Saved 19 times").await;
    // The folder is replaced by another.
    fs::rename(kit.path("content"), kit.path("away")).expect("moved");
    is_told(&person, "cannot be read").await;
    copy(&kit.path("away"), &kit.path("content"));
    is_told(&person, "no request can be sent").await;
    fs::write(&file, with("Saved in another folder")).expect("written");
    reads_of(&person, "Saved in another folder").await;
    // The folder is a link to another from now on: no file of it causes an event.
    copy(&kit.path("content"), &kit.path("linked"));
    fs::write(kit.path("linked").join(PAGE), with("Saved behind a link")).expect("written");
    fs::rename(kit.path("content"), kit.path("away again")).expect("moved");
    symlink("linked", kit.path("content")).expect("linked");
    reads_of(&person, "Saved behind a link").await;
}

#[apply(in_every_engine)]
async fn an_article_comes_and_goes(engine: Engine) {
    let kit = Kit::unpacked();
    let preview = Preview::of(&kit).await;
    let person = Person::arrives(engine).await;
    let article = kit.path("content/en/articles/what-is-new.md");
    person.opens(&preview.address("/articles/what-is-new/")).await;
    is_told(&person, "no request can be sent").await;
    let text = "+++\ntitle = \"What is new\"\ndescription = \"A new article.\"\nlede = \"A new article.\"\ndate = 2026-11-01\n\
                reviewed-by = \"\"\n+++\n\n\
                ## The news {#the-news}\n\nIt is this.\n";
    fs::write(&article, text).expect("written");
    reads_of(&person, "It is this.").await;
    fs::remove_file(&article).expect("removed");
    person.waits_for("return !document.body.textContent.includes('It is this.')").await;
    person.waits_for("return document.querySelector('.preview-panel') !== null").await;
}

/// A site whose name leads to this computer can send requests to it from a browser here (DNS rebinding).
#[tokio::test(flavor = "multi_thread")]
async fn a_draft_is_not_readable_by_another_host() {
    let kit = Kit::unpacked();
    let preview = Preview::of(&kit).await;
    let port = preview.port();
    let paths = ["/privacy/", "/.preview/events", "/no-such-page/"];
    for host in [
        "attacker.example".to_owned(),
        format!("attacker.example:{port}"),
        format!("127.0.0.1.attacker.example:{port}"),
        "127.0.0.1".to_owned(),
        format!("127.0.0.1:{}", port ^ 1),
        String::new(),
    ] {
        for path in paths {
            let response = preview.responds("GET", &host, path);
            assert!(response.starts_with("HTTP/1.1 421 "), "{host}{path}: {response}");
            assert!(!response.contains("guide.html") && response.len() < 600, "{response}");
        }
    }
    for host in [format!("127.0.0.1:{port}"), format!("localhost:{port}")] {
        let response = preview.responds("GET", &host, "/privacy/");
        assert!(response.starts_with("HTTP/1.1 200 ") && response.contains(OLD), "{response}");
        // No other site may frame it, or load a part of it.
        let head = response.split("\r\n\r\n").next().expect("a head").to_lowercase();
        assert!(head.contains("frame-ancestors 'self'") && head.contains("same-origin"), "{head}");
        assert!(!head.contains("access-control"), "{head}");
    }
}

/// The page for addresses that are not there links to where the guide will be.
#[tokio::test(flavor = "multi_thread")]
async fn a_guide_below_a_path_is_found_there_too() {
    let kit = Kit::unpacked();
    kit.rewrites("clinic.toml", "guide.example.org/", "clinic.example.org/guide/");
    let preview = Preview::of(&kit).await;
    let host = format!("localhost:{}", preview.port());
    for path in ["/guide/privacy/", "/privacy/"] {
        let response = preview.responds("GET", &host, path);
        assert!(response.starts_with("HTTP/1.1 200 ") && response.contains(OLD), "{path}");
    }
    assert!(preview.responds("GET", &host, "/other/privacy/").starts_with("HTTP/1.1 404 "));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_build_after_a_preview_is_the_same_as_without() {
    let kit = Kit::unpacked();
    assert!(kit.guide(&["build"]).status.success());
    let before = files(&kit.path("dist"));
    let mut preview = Preview::of(&kit).await;
    let page = preview.responds("GET", &format!("127.0.0.1:{}", preview.port()), "/privacy/");
    assert!(page.contains("/.preview/preview.js"));
    kit.rewrites(PAGE, OLD, NEW);
    preview.prints("no request can be sent").await;
    kit.rewrites(PAGE, NEW, OLD);
    assert!(kit.guide(&["build"]).status.success());
    assert!(before == files(&kit.path("dist")));
    preview.gets("INT");
    assert!(kit.guide(&["build"]).status.success());
    assert!(before == files(&kit.path("dist")));
    for (file, bytes) in before {
        let text = String::from_utf8_lossy(&bytes);
        assert!(!text.contains("/.preview/"), "{}", file.display());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_taken_port_is_said_with_what_to_do() {
    let kit = Kit::unpacked();
    let preview = Preview::of(&kit).await;
    let refused = kit.guide(&["preview", "--port", &preview.port().to_string()]);
    assert_eq!(refused.status.code(), Some(1));
    let said = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(said.contains(&format!("port {} is taken", preview.port())), "{said}");
    assert!(said.contains("--port"), "{said}");
}

#[apply(in_every_engine)]
async fn once_stopped_it_leaves_nothing_and_open_pages_say_so(engine: Engine) {
    let kit = Kit::unpacked();
    let person = Person::arrives(engine).await;
    for signal in ["INT", "TERM", "HUP"] {
        let mut preview = Preview::of(&kit).await;
        person.opens(&preview.address("/")).await;
        is_told(&person, "no request can be sent").await;
        assert!(fs::read_dir(kit.path("tmp")).expect("readable").next().is_some());
        assert!(preview.gets(signal).success(), "{signal}");
        is_told(&person, "The preview was stopped").await;
        assert!(fs::read_dir(kit.path("tmp")).expect("readable").next().is_none(), "{signal}");
    }
}

/// The content of the project has no key, and an address that is an example.
#[apply(in_every_engine)]
async fn without_a_key_the_text_is_shown_and_what_is_missing_said(engine: Engine) {
    let kit = Kit::unpacked();
    let preview = Preview::of(&kit).await;
    let person = Person::arrives(engine).await;
    person.opens(&preview.address("/#appointment-request")).await;
    is_told(&person, "no request can be sent").await;
    is_told(&person, "Before it can be built").await;
    is_told(&person, "no public key").await;
    reads_of(&person, "This is a trial copy of the guide").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn with_a_key_nobody_takes_a_request() {
    let kit = Kit::unpacked();
    let public = fs::read_to_string(key("public")).expect("readable");
    let public: serde_json::Value = serde_json::from_str(&public).expect("JSON");
    let member = |name: &str| format!("{name} = {}\n", public[name]);
    let entry: String = ["kty", "crv", "x", "y", "kid", "alg", "use"].map(member).concat();
    let file = kit.path("content/clinic.toml");
    let clinic = fs::read_to_string(&file).expect("readable");
    fs::write(&file, format!("{clinic}\n[[keys]]\n{entry}")).expect("written");
    let preview = Preview::of(&kit).await;
    let host = format!("127.0.0.1:{}", preview.port());
    let page = preview.responds("GET", &host, "/");
    assert!(page.contains("This is a trial copy of the guide"));
    let refused = preview.responds("POST", &host, "/v1/requests");
    assert!(refused.starts_with("HTTP/1.1 405 "), "{refused}");
}
