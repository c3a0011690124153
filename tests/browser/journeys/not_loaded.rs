//! Where the app is blocked, cut off, damaged, or forbidden, the page can be read, says that the self-assessment and
//! the request cannot be used and what to do, and nothing that was typed is lost.

use fantoccini::key::Key;
use rstest_reuse::apply;

use crate::harness::answers::answer_all_at_once;
use crate::harness::clinic::Clinic;
use crate::harness::engine::{Engine, in_every_engine};
use crate::harness::line::{Fate, Line};
use crate::harness::person::Person;
use crate::harness::request::{REQUEST, fill_in};

/// A response that is no script and no WebAssembly.
fn damaged(kind: &str, body: &str) -> Fate {
    Fate::Responded(200, format!("Content-Type: {kind}\r\n"), body.to_owned())
}

/// Reads the article, is told what cannot be used, and finds what was typed.
async fn can_read_and_is_told(person: &Person, what: &str) {
    let guide = person.sees("main").await;
    assert!(guide.contains("Migraine is more than a headache"), "{what}");
    let said = person.sees("#assessment-start .app-failed").await;
    assert!(said.contains("could not be loaded") && said.contains("reload"), "{what}: {said}");
    assert_eq!(person.links("#assessment-start .app-failed a").await, ["./questions/"], "{what}");
    let said = person.sees("#request-fill-in .app-failed").await;
    assert!(said.contains("Nothing has been sent"), "{what}: {said}");
    for selector in ["[data-action=start]", "#request-form button[type=submit]"] {
        assert!(!person.is_shown(selector).await, "{what}: {selector} is offered in vain");
    }
}

/// Types a name before the app is there, is told that it fails, tries again once everything passes, and goes on to
/// "Check your request" with the name as it was typed.
async fn fails_and_works_once_it_passes(engine: Engine, file: &str, fate: Fate) {
    let what = format!("{file} {fate:?}");
    let clinic = Clinic::open().await;
    let line = Line::to(clinic.port()).await;
    line.serves(file, fate);
    let person = Person::arrives(engine).await;
    person.opens(&line.address("/")).await;
    person.waits_for("return document.documentElement.dataset.app === 'failed'").await;
    can_read_and_is_told(&person, &what).await;
    person.tabs_to("#request-message").await;
    person.types("Typed before").await;

    // Reached while it fails: the app would start by itself as the focus comes near.
    person.tabs_to("#assessment-start [data-retry]").await;
    line.serves(file, Fate::Passes);
    person.presses(Key::Enter).await;
    person.waits_for_program().await;
    assert!(!person.is_shown("#assessment-start .app-failed").await, "{what}");
    fill_in(&person).await;
    person.follows("#request-form button[type=submit]").await;
    person.waits_for_focus("request-check-heading").await;
    assert_eq!(person.sees("#request-row-message-value").await, "Typed before", "{what}");
}

#[apply(in_every_engine)]
async fn an_app_that_did_not_come_whole_works_once_it_does(engine: Engine) {
    let glue = "/migraine-guide-";
    for fate in [Fate::LostBefore, Fate::CutInHalf, Fate::status(404)] {
        fails_and_works_once_it_passes(engine, "_bg.wasm", fate).await;
    }
    fails_and_works_once_it_passes(engine, "_bg.wasm", damaged("application/wasm", "\0asm")).await;
    // The sign-in page of a network, and a script that was cut by a cache.
    for fate in [Fate::CutInHalf, damaged("text/html", "<p>Welcome</p>")] {
        fails_and_works_once_it_passes(engine, glue, fate).await;
    }
    fails_and_works_once_it_passes(engine, glue, damaged("text/javascript", "export default ("))
        .await;
}

#[apply(in_every_engine)]
async fn without_its_loader_the_page_offered_what_nothing_carried_out(engine: Engine) {
    let loader = "/loader-";
    let cut = damaged("text/javascript", "const root = document.documentElement; const");
    for fate in [Fate::LostBefore, Fate::status(404), Fate::CutInHalf, cut] {
        fails_and_works_once_it_passes(engine, loader, fate).await;
    }
}

/// A policy of a release before: it knows neither today's inline scripts and style nor WebAssembly.
#[apply(in_every_engine)]
async fn under_the_policy_of_an_older_release_the_page_can_be_read_and_says_what_fails(
    engine: Engine,
) {
    let clinic = Clinic::open().await;
    let line = Line::to(clinic.port()).await;
    let old = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
        connect-src 'self'; form-action 'none'; base-uri 'none'";
    line.serves("/?", Fate::UnderPolicy(old.to_owned()));
    let person = Person::arrives(engine).await;
    person.opens(&line.address("/?old")).await;
    // WebKit runs WebAssembly whatever the policy says.
    if engine == Engine::WebKit {
        return person.waits_for_program().await;
    }
    person.waits_for("return document.documentElement.dataset.app === 'failed'").await;
    let guide = person.sees("main").await;
    for words in
        ["Migraine is more than a headache", "could not be loaded", "Nothing has been sent"]
    {
        assert!(guide.contains(words), "{words}");
    }
    person.runs("document.getElementById('request-form').requestSubmit()").await;
    assert_eq!(line.posted().len(), 0);
    // With the policy of its own release the same page works.
    person.opens(&line.address("/")).await;
    person.waits_for_program().await;
    answer_all_at_once(&person).await;
    person.meets_no_barrier_in_any_theme("the guide under its own policy", REQUEST).await;
}
