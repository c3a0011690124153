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
use crate::harness::request::{REQUEST, fill_in};

/// The names of what is listed, in its order.
pub const LISTED: &str = "return [...document.querySelectorAll('#matters-list h4')] \
    .filter((it) => it.checkVisibility()).map((it) => it.textContent)";

/// Weighs a matter.
pub async fn weighs(person: &Person, matter: &str, answer: &str) {
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
    if person.can_look_at_paper() {
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
    assert!(lines.len() == 33 && lines.iter().all(|it| *it == json!(1)), "{lines:?}");
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
    person.waits_for_program().await;
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

/// Somebody to whom these matter, with a request that is filled in.
pub async fn asks(engine: Engine, line: &Line, answers: &[(&str, &str)]) -> Person {
    let person = Person::arrives(engine).await;
    person.opens(&line.address("/compare/#matters")).await;
    person.waits_for_program().await;
    for (matter, answer) in answers {
        weighs(&person, matter, answer).await;
    }
    person.follows("#next a[href='#appointment-request']").await;
    fill_in(&person).await;
    person
}

/// Goes on to "Check your request".
pub async fn continues(person: &Person) {
    person.follows("#request-form button[type=submit]").await;
    person.waits_for_focus("request-check-heading").await;
}

/// Sends it, and waits until it has arrived.
pub async fn sends(person: &Person) {
    person.follows("#request-send").await;
    person.waits_to_see("#request-sent").await;
}

#[apply(in_every_engine)]
async fn a_request_includes_what_matters_where_that_is_ticked(engine: Engine) {
    let clinic = Clinic::open().await;
    let line = Line::to(clinic.port()).await;
    let person = asks(engine, &line, &[("cost", "much"), ("driving", "some")]).await;
    person.chooses("#request-include-matters").await;
    person.follows("#request-matters-offer summary").await;
    let (cost, driving) =
        ("A cost that I can bear: A lot", "Being able to drive on the same day: Some");
    let shown = "return [...document.querySelectorAll('#request-matters li')] \
        .map((it) => it.textContent)";
    assert_eq!(person.runs(shown).await, json!([cost, driving]));
    person.meets_no_barrier_in_any_theme("a request with what matters", REQUEST).await;
    continues(&person).await;
    assert_eq!(person.sees("#request-row-include-matters-value").await, "Yes");

    // Another order was not agreed to: it is not sent.
    person.follows("#matters-list li:nth-of-type(2) button").await;
    person.waits_to_see("#request-form").await;
    assert!(!person.has("#request-include-matters:checked").await);
    let told = person.sees("#matters-status").await;
    assert!(
        told.contains("number 1 of your list") && told.contains("no longer includes it"),
        "{told}"
    );
    assert!(person.sees("#request-matters-status").await.contains("no longer includes it"));
    assert_eq!(person.runs(shown).await, json!([driving, cost]));
    person.chooses("#request-include-matters").await;
    assert_eq!(person.sees("#request-matters-status").await, "");
    continues(&person).await;
    sends(&person).await;

    let requests = clinic.requests();
    assert_eq!(requests.len(), 1);
    assert_eq!(requests[0]["schema"], "appointment-request/3");
    let version = person.reads("return document.getElementById('matters-form').dataset.version");
    assert_eq!(requests[0]["matters"]["version"], json!(version.await));
    assert_eq!(
        requests[0]["matters"]["weighed"],
        json!([{ "matter": "driving", "weight": "some" }, { "matter": "cost", "weight": "much" }])
    );
    // It is still on the page, and is offered for another request.
    assert_eq!(person.runs(LISTED).await.as_array().map(Vec::len), Some(2));
}

#[apply(in_every_engine)]
async fn a_list_that_was_cleared_after_it_was_ticked_is_not_sent(engine: Engine) {
    let clinic = Clinic::open().await;
    let line = Line::to(clinic.port()).await;
    let person = asks(engine, &line, &[("cost", "much")]).await;
    person.chooses("#request-include-matters").await;
    continues(&person).await;
    person.follows("[data-action=matters-clear]").await;
    person.waits_to_see("#request-form").await;
    assert!(!person.is_shown("#request-matters-offer").await, "there is nothing to include");
    continues(&person).await;
    assert!(!person.is_shown("#request-row-include-matters").await);
    sends(&person).await;
    let requests = clinic.requests();
    assert_eq!(requests.len(), 1);
    assert_eq!(
        (&requests[0]["matters"], &requests[0]["schema"]),
        (&Value::Null, &json!("appointment-request/2"))
    );
}

/// What two patients sent to whom these matter: the length of each post, and what the clinic reads without what is of one
/// request alone.
async fn sent_by(
    engine: Engine,
    of_both: [&[(&str, &str)]; 2],
    included: bool,
) -> [(usize, Value); 2] {
    let clinic = Clinic::open().await;
    let mut all = Vec::new();
    for answers in of_both {
        let line = Line::to(clinic.port()).await;
        let person = asks(engine, &line, answers).await;
        if included {
            person.chooses("#request-include-matters").await;
        }
        continues(&person).await;
        sends(&person).await;
        let posted = line.posted();
        let (_, body) = posted[0].split_once("\r\n\r\n").expect("a body");
        all.push((posted.len(), body.len()));
    }
    let requests = clinic.requests();
    assert_eq!((requests.len(), all[0].0, all[1].0), (2, 1, 1));
    let read = |nth: usize| {
        let mut request = requests[nth].clone();
        for own in ["request_id", "created_at", "pad", "reference"] {
            request.as_object_mut().expect("an object").remove(own);
        }
        (all[nth].1, request)
    };
    [read(0), read(1)]
}

#[apply(in_every_engine)]
async fn a_request_that_does_not_include_what_matters_tells_nothing_of_it(engine: Engine) {
    let of_both: [&[(&str, &str)]; 2] = [
        &[("pregnancy", "much")],
        &[("no-needles", "some"), ("driving", "much"), ("soon", "some")],
    ];
    let [one, other] = sent_by(engine, of_both, false).await;
    assert_eq!(one, other);
}

#[apply(in_every_engine)]
async fn nobody_on_the_way_can_tell_what_matters_by_the_length(engine: Engine) {
    let of_both: [&[(&str, &str)]; 2] = [
        &[("pregnancy", "much")],
        &[("no-needles", "some"), ("driving", "much"), ("soon", "some")],
    ];
    let [(one, first), (other, second)] = sent_by(engine, of_both, true).await;
    assert_eq!(one, other);
    assert_ne!(first["matters"], second["matters"], "the clinic can");
}
