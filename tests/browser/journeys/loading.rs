//! Before the program has arrived, and where it does not arrive.

use fantoccini::key::Key;
use serde_json::json;

use crate::harness::clinic::Clinic;
use crate::harness::engine::Without;
use crate::harness::person::Person;

/// Never lets the page become idle; unless `near`, nothing ever comes near the window either.
async fn busy(person: &Person, near: bool) {
    let function = "(near) => { window.requestIdleCallback = () => {}; \
        if (!near) window.IntersectionObserver = class { observe() {} disconnect() {} } }";
    person.watches(function, &json!([near])).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_press_before_the_program_is_there_is_honored_when_it_arrives() {
    let clinic = Clinic::open().await;
    let person = Person::arrives(Without::Nothing).await;
    busy(&person, false).await;
    person.opens(&clinic.address("/#self-assessment")).await;
    person.waits_for("return document.readyState === 'complete'").await;
    assert_eq!(person.runs("return document.documentElement.dataset.app ?? ''").await, "");
    assert!(person.is_shown("[data-action=start]").await);
    person.clicks("[data-action=start]").await;
    person.waits_for_focus("assessment-question-0-heading").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_press_waits_for_its_own_island_only() {
    let clinic = Clinic::open().await;
    let person = Person::arrives(Without::Nothing).await;
    busy(&person, false).await;
    person.opens(&clinic.address("/#self-assessment")).await;
    person.waits_for("return document.readyState === 'complete'").await;
    // Notes how far the program was when the first question appeared.
    person
        .runs(
            "new MutationObserver(() => { window.then ??= document.documentElement.dataset.app ?? 'starting' }) \
             .observe(document.getElementById('assessment-asked'), { childList: true })",
        )
        .await;
    person.clicks("[data-action=start]").await;
    person.waits_for_focus("assessment-question-0-heading").await;
    assert_eq!(person.runs("return window.then").await, "starting");
    person.waits_for_program().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn coming_near_fetches_the_program() {
    let clinic = Clinic::open().await;
    let person = Person::arrives_by_phone().await;
    busy(&person, true).await;
    person.opens(&clinic.address("/")).await;
    person.waits_for("return document.readyState === 'complete'").await;
    assert_eq!(person.runs("return document.documentElement.dataset.app ?? ''").await, "");
    person.runs("document.getElementById('self-assessment').scrollIntoView()").await;
    person.waits_for_program().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_could_not_be_loaded_can_be_tried_again() {
    let clinic = Clinic::open().await;
    let person = Person::arrives(Without::Nothing).await;
    let engine = person.engine();
    engine.devtools("Network.enable", json!({})).await;
    for blocked in ["*migraine-guide-*.js", "*.wasm"] {
        let of = |urls: &[&str]| json!({ "urls": urls });
        engine.devtools("Network.setBlockedURLs", of(&[blocked])).await;
        person.opens(&clinic.address("/")).await;
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
        engine.devtools("Network.setBlockedURLs", of(&[])).await;
        person.presses(Key::Enter).await;
        person.waits_for_program().await;
        assert!(!person.is_shown("#assessment-start .app-failed").await);
        person.waits_for("return document.activeElement.dataset.action === 'start'").await;
        person.presses(Key::Enter).await;
        person.waits_for_focus("assessment-question-0-heading").await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_questions_can_be_had_on_paper_without_script() {
    let clinic = Clinic::open().await;
    let person = Person::arrives(Without::Script).await;
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
