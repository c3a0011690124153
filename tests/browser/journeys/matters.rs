//! What matters to a patient: weighed by one press each, listed in their order beside what the compared options offer,
//! and known to nobody else.

use std::collections::BTreeSet;

use fantoccini::key::Key;
use rstest_reuse::apply;
use serde_json::{Value, json};

use crate::harness::clinic::Clinic;
use crate::harness::engine::{Engine, in_every_engine};
use crate::harness::line::Line;
use crate::harness::person::Person;

/// The names of what is listed, in its order.
const LISTED: &str = "return [...document.querySelectorAll('#matters-list h4')] \
    .filter((it) => it.checkVisibility()).map((it) => it.textContent)";

async fn weighs(person: &Person, matter: &str, answer: &str) {
    person.picks(&format!("matter-{matter}"), answer).await;
}

#[apply(in_every_engine)]
async fn what_matters_is_listed_in_the_patients_order_beside_what_is_compared(engine: Engine) {
    let clinic = Clinic::open().await;
    let person = Person::arrives(engine).await;
    person.opens(&clinic.address("/compare/")).await;
    assert!(!person.is_shown("#matters-summary").await);
    weighs(&person, "proof", "some").await;
    assert_eq!(person.runs(LISTED).await, json!(["Good evidence from trials"]));
    assert!(person.is_shown("#matters-none-compared").await, "nothing is compared yet");
    weighs(&person, "cost", "much").await;
    weighs(&person, "fewer-days", "much").await;
    let (days, cost, proof) =
        ("Fewer migraine days", "A cost that I can bear", "Good evidence from trials");
    assert_eq!(person.runs(LISTED).await, json!([cost, days, proof]));
    assert!(person.sees("#matters-status").await.contains("has 3 so far"));

    // Beside it, in the words of the options, what is compared.
    person.chooses("#options-choose input[value=topiramate]").await;
    person.chooses("#options-choose input[value=ketamine]").await;
    assert!(!person.is_shown("#matters-none-compared").await);
    let offers = "return [...document.querySelectorAll('#matters-list li:first-of-type dl > div')] \
        .map((it) => [it.querySelector('dt').textContent, it.querySelector('dd').textContent])";
    let offers = person.runs(offers).await;
    let said = |id: &str| {
        format!("return document.querySelector('#option-{id} [data-row=cost] dd').textContent")
    };
    for (nth, id, name) in [(0, "topiramate", "Topiramate"), (1, "ketamine", "Ketamine")] {
        assert!(offers[nth][0].as_str().expect("a name").starts_with(name), "{offers}");
        let said = person.reads(&said(id)).await;
        assert_eq!(offers[nth][1], json!(format!("Cost: {said}")));
    }
    let days_of = person.sees("#matters-list li:nth-of-type(2) dl > div:nth-of-type(2)").await;
    assert!(days_of.contains("Not known"), "no number of ketamine's is made up: {days_of}");
    assert!(person.sees("#matters-list li").await.contains("Ask: What will I pay in all"));
    person.meets_no_barrier_in_any_theme("what matters", "#matters").await;

    // In the patient's order.
    person.follows("#matters-list li:nth-of-type(2) button").await;
    assert_eq!(person.runs(LISTED).await, json!([days, cost, proof]));
    assert_eq!(person.reads("return document.activeElement.textContent").await, days);
    weighs(&person, "driving", "some").await;
    assert_eq!(
        person.runs(LISTED).await,
        json!([days, cost, proof, "Being able to drive on the same day"])
    );
    // Above one that weighs more, too, and it stays there.
    person.follows("#matters-list li:nth-of-type(3) button").await;
    weighs(&person, "soon", "some").await;
    let listed = person.runs(LISTED).await;
    assert_eq!([&listed[0], &listed[1], &listed[2]], [days, proof, cost], "{listed}");
    person.follows("#matters-list li:nth-of-type(3) button").await;

    // The list alone is printed.
    person.runs("window.print = () => {}").await;
    person.follows("[data-action=matters-print]").await;
    let printed = "return ['html', '#matters'].every((it) => document.querySelector(it).hasAttribute('data-printed')) \
        && !document.getElementById('matters-summary').hasAttribute('data-printed')";
    assert_eq!(person.runs(printed).await, json!(true));
    if engine == Engine::Chromium {
        person.looks_at("print").await;
        assert!(person.is_shown("#matters-list li").await && !person.is_shown("#options").await);
        person.looks_at("screen").await;
    }
    person.runs("window.dispatchEvent(new Event('afterprint'))").await;
    assert!(!person.has("[data-printed]").await);

    // A point that weighs less goes behind.
    weighs(&person, "fewer-days", "little").await;
    assert_eq!(person.runs(LISTED).await[0], json!(cost));

    person.follows("[data-action=matters-clear]").await;
    assert!(!person.is_shown("#matters-summary").await);
    assert_eq!(person.sees("#matters-status").await, "Your list is empty.");
    let ticked = "return document.querySelectorAll('#matters-form input:checked').length";
    assert_eq!(person.runs(ticked).await, json!(0));
}

#[apply(in_every_engine)]
async fn on_a_phone_no_answer_is_broken_into_letters(engine: Engine) {
    let clinic = Clinic::open().await;
    let person = Person::arrives(engine).await;
    person.has_window(360, 780).await;
    person.opens(&clinic.address("/compare/")).await;
    let lines = "return [...document.querySelectorAll('#matters-form .row label')].map((it) => { \
        const words = document.createRange(); words.selectNodeContents(it); \
        return words.getClientRects().length })";
    let lines = person.runs(lines).await;
    let lines = lines.as_array().expect("a list");
    assert!(lines.len() == 30 && lines.iter().all(|it| *it == json!(1)), "{lines:?}");
}

/// All that is kept, told or asked for where these matter.
async fn left_by(
    engine: Engine,
    clinic: &Clinic,
    answers: &[(&str, &str)],
) -> (Value, BTreeSet<String>) {
    let line = Line::to(clinic.port()).await;
    let person = Person::arrives(engine).await;
    person.opens(&line.address("/compare/")).await;
    for (matter, answer) in answers {
        weighs(&person, matter, answer).await;
    }
    person.presses(Key::Tab).await;
    let kept = "const done = arguments[arguments.length - 1]; \
        indexedDB.databases().then(async (all) => done([all, { ...localStorage }, { ...sessionStorage }, \
          document.cookie, location.pathname + location.hash, history.state, document.title, \
          window.name, await caches.keys()]))";
    let kept = person.runs_async(kept).await;
    let asked = line.requests();
    // Without their order: several are under way at once.
    (kept, asked.iter().filter_map(|it| it.lines().next().map(str::to_owned)).collect())
}

#[apply(in_every_engine)]
async fn nothing_that_is_kept_or_sent_tells_what_matters(engine: Engine) {
    let clinic = Clinic::open().await;
    let one = left_by(engine, &clinic, &[("pregnancy", "much"), ("cost", "some")]).await;
    let other = left_by(engine, &clinic, &[("no-needles", "some"), ("driving", "much")]).await;
    assert_eq!(one, other);
}
