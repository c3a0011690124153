//! Before the program has arrived, and where it does not arrive.

use fantoccini::key::Key;
use rstest_reuse::apply;
use serde_json::json;

use crate::harness::clinic::Clinic;
use crate::harness::engine::{Engine, Without, in_chromium_and_firefox, in_every_engine};
use crate::harness::line::{Fate, Line};
use crate::harness::person::Person;

/// Never lets the page become idle; unless `near`, nothing ever comes near the window either.
fn busy(line: &Line, near: bool) {
    let function = "(near) => { window.requestIdleCallback = () => {}; \
        if (!near) window.IntersectionObserver = class { observe() {} disconnect() {} } }";
    line.calls_first(function, &json!([near]));
}

#[apply(in_every_engine)]
async fn a_press_before_the_program_is_there_is_honored_when_it_arrives(engine: Engine) {
    let clinic = Clinic::open().await;
    let line = Line::to(clinic.port()).await;
    busy(&line, false);
    let person = Person::arrives(engine).await;
    person.opens(&line.address("/#self-assessment")).await;
    person.waits_for("return document.readyState === 'complete'").await;
    assert_eq!(person.runs("return document.documentElement.dataset.app ?? ''").await, "");
    person.clicks("#request-form button[type=submit]").await;
    person.waits_for_focus("request-errors-heading").await;
}

#[apply(in_every_engine)]
async fn a_press_waits_for_its_own_island_only(engine: Engine) {
    let clinic = Clinic::open().await;
    let line = Line::to(clinic.port()).await;
    busy(&line, false);
    let person = Person::arrives(engine).await;
    person.opens(&line.address("/#self-assessment")).await;
    person.waits_for("return document.readyState === 'complete'").await;
    // Notes how far the program was when the errors appeared.
    person
        .runs(
            "new MutationObserver(() => { window.then ??= document.documentElement.dataset.app ?? 'starting' }) \
             .observe(document.getElementById('request-errors'), { attributeFilter: ['hidden'] })",
        )
        .await;
    person.clicks("#request-form button[type=submit]").await;
    person.waits_for_focus("request-errors-heading").await;
    assert_eq!(person.runs("return window.then").await, "starting");
    person.waits_for_program().await;
}

#[apply(in_every_engine)]
async fn coming_near_fetches_the_program(engine: Engine) {
    let clinic = Clinic::open().await;
    let line = Line::to(clinic.port()).await;
    busy(&line, true);
    let person = Person::arrives(engine).await;
    person.opens(&line.address("/")).await;
    person.waits_for("return document.readyState === 'complete'").await;
    assert_eq!(person.runs("return document.documentElement.dataset.app ?? ''").await, "");
    person.runs("document.getElementById('self-assessment').scrollIntoView()").await;
    person.waits_for_program().await;
}

#[apply(in_every_engine)]
async fn what_could_not_be_loaded_can_be_tried_again(engine: Engine) {
    let clinic = Clinic::open().await;
    let line = Line::to(clinic.port()).await;
    for lost in ["/migraine-guide-", ".wasm"] {
        line.serves(lost, Fate::LostBefore);
        let person = Person::arrives(engine).await;
        person.opens(&line.address("/")).await;
        person.waits_for("return document.documentElement.dataset.app === 'failed'").await;
        person.meets_no_barrier_in_any_theme("what could not be loaded", "#self-assessment").await;
        let said = person.sees("#assessment-start .app-failed").await;
        assert!(said.contains("could not be loaded"), "{said}");
        assert!(!person.is_shown("[data-action=start]").await, "nothing is offered that fails");
        let paper = person.links("#assessment-start .app-failed a").await;
        assert_eq!(paper, ["./questions/"]);

        // In vain: the focus comes back to where it can be tried again.
        person.follows("#assessment-start [data-retry]").await;
        person
            .waits_for("return document.activeElement.matches('[data-retry]') && document.documentElement.dataset.app === 'failed'")
            .await;
        line.serves(lost, Fate::Passes);
        person.presses(Key::Enter).await;
        person.waits_for_program().await;
        assert!(!person.is_shown("#assessment-start .app-failed").await);
        person.waits_for("return document.activeElement.dataset.action === 'start'").await;
        // Not by itself as the focus came back, so that "Try again" stays under the person.
        let tried =
            |nth: &str| line.requests().iter().any(|it| it.contains(lost) && it.contains(nth));
        assert!(tried("?3") && !tried("?4"), "{lost}");
        person.presses(Key::Enter).await;
        person.waits_for_focus("assessment-question-0-heading").await;
    }
}

#[apply(in_chromium_and_firefox)]
async fn the_questions_can_be_had_on_paper_without_script(engine: Engine) {
    let clinic = Clinic::open().await;
    let person = Person::arrives_without(engine, Without::Script).await;
    person.opens(&clinic.address("/")).await;
    let paper = "#self-assessment a[href='./questions/']";
    assert!(person.is_shown(paper).await);
    person.opens(&clinic.address("/questions/")).await;
    let questions = person.sees(".printed").await;
    for words in
        ["Call 911 now.", "Has a clinician told you", "A whole number from 0 to 31.", "988"]
    {
        assert!(questions.contains(words), "{words} is missing");
    }
}
