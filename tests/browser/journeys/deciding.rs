//! What people do with the page Compare beside what it is made for: they press twice, press early, go back, print late.

use rstest_reuse::apply;
use serde_json::json;

use super::matters::{LISTED, asks, continues, sends, weighs};
use crate::harness::clinic::Clinic;
use crate::harness::engine::{Engine, in_every_engine, with_devtools};
use crate::harness::line::Line;
use crate::harness::person::Person;
use crate::harness::request::fill_in;

/// Puts an element where the button is that is pressed next.
const MOVES: &str = include_str!("../scripts/move_under_press.js");

const CHOSEN: &str =
    "return [...document.querySelectorAll('[name=option]:checked')].map((it) => it.value)";

#[apply(in_every_engine)]
async fn a_double_press_on_check_your_request_sent_it_unread(engine: Engine) {
    let clinic = Clinic::open().await;
    let line = Line::to(clinic.port()).await;
    let person = asks(engine, &line, &[("cost", "much")]).await;
    // Send comes to where the pressed button is now.
    let send = json!(["#request-send"]);
    person.calls(MOVES, &send).await;
    person.double_clicks("#request-form button[type=submit]").await;
    person.waits_for_focus("request-check-heading").await;
    person.settles().await;
    assert!(person.is_shown("#request-check").await);
    assert_eq!(line.posted().len(), 0);
}

#[apply(in_every_engine)]
async fn a_double_press_on_clear_weighed_another_point(engine: Engine) {
    let clinic = Clinic::open().await;
    let person = Person::arrives(engine).await;
    person.opens(&clinic.address("/compare/#matters")).await;
    weighs(&person, "cost", "much").await;
    let (clear, answer) = ("[data-action=matters-clear]", "label[for=matter-soon-some]");
    person.calls(MOVES, &json!([answer])).await;
    person.double_clicks(clear).await;
    person
        .waits_for(
            "return document.querySelector('[for=matter-soon-some]').style.position === 'fixed'",
        )
        .await;
    person.settles().await;
    assert_eq!(person.runs(LISTED).await, json!([]));
    assert!(!person.has("#matters-form input:checked").await);
}

#[apply(in_every_engine)]
async fn a_double_press_on_move_up_moved_it_back(engine: Engine) {
    let clinic = Clinic::open().await;
    let person = Person::arrives(engine).await;
    person.opens(&clinic.address("/compare/#matters")).await;
    for matter in ["cost", "soon", "driving"] {
        weighs(&person, matter, "much").await;
    }
    person.double_clicks("#matters-list li:nth-of-type(3) button").await;
    person.settles().await;
    let (cost, soon, driving) =
        ("A cost that I can bear", "Help that comes soon", "Being able to drive on the same day");
    assert_eq!(person.runs(LISTED).await, json!([cost, driving, soon]));
    assert!(person.sees("#matters-status").await.contains(driving));
}

#[apply(in_every_engine)]
async fn what_was_weighed_while_the_page_loaded_was_not_listed(engine: Engine) {
    let clinic = Clinic::open().await;
    let line = Line::to(clinic.port()).await;
    line.calls_first(
        "() => new MutationObserver((_, looks) => { \
           const answer = document.getElementById('matter-cost'); \
           if (answer) { looks.disconnect(); answer.click(); } \
         }).observe(document, { childList: true, subtree: true })",
        &json!([]),
    );
    let person = Person::arrives(engine).await;
    person.opens(&line.address("/compare/")).await;
    person.waits_for("return document.querySelectorAll('#matters-list h4').length === 1").await;
    assert!(person.is_shown("#matters-summary").await);
}

#[apply(in_every_engine)]
async fn going_back_in_the_request_undid_a_choice(engine: Engine) {
    let clinic = Clinic::open().await;
    let line = Line::to(clinic.port()).await;
    let person = Person::arrives(engine).await;
    person.opens(&line.address("/compare/#options=topiramate+ketamine")).await;
    person.waits_for_program().await;
    weighs(&person, "cost", "much").await;
    weighs(&person, "soon", "much").await;
    person.follows("#next a[href='#appointment-request']").await;
    // The address still keeps the choice.
    person.waits_for("return location.hash === '#options=topiramate+ketamine'").await;
    fill_in(&person).await;
    person.chooses("#request-include-matters").await;
    continues(&person).await;
    person.chooses("#options-choose input[value=waiting]").await;
    let all = json!(["waiting", "topiramate", "ketamine"]);
    assert_eq!(person.runs(CHOSEN).await, all);
    // The form comes back, since the list is another: the choice stays, and so does the focus.
    person.follows("#matters-list li:nth-of-type(2) button").await;
    person.waits_to_see("#request-form").await;
    person.waits_for("return location.hash === '#options=waiting+topiramate+ketamine'").await;
    assert_eq!(person.runs(CHOSEN).await, all);
    assert_eq!(
        person.reads("return document.activeElement.textContent").await,
        "Help that comes soon"
    );
    // Back and Forward of the request.
    person.chooses("#request-include-matters").await;
    continues(&person).await;
    person.goes_back().await;
    person.waits_to_see("#request-form").await;
    assert_eq!(person.runs(CHOSEN).await, all);
}

#[apply(with_devtools)]
async fn the_list_printed_nothing_once_a_request_had_arrived(engine: Engine) {
    let clinic = Clinic::open().await;
    let line = Line::to(clinic.port()).await;
    let person = asks(engine, &line, &[("cost", "much")]).await;
    continues(&person).await;
    sends(&person).await;
    person.runs("window.print = () => {}").await;
    person.looks_at("print").await;
    assert!(person.is_shown("#request-sent").await && !person.is_shown("#options").await);
    for (button, shown) in [("matters-print", "#matters-list li"), ("print", "#options-list")] {
        person.runs(&format!("document.querySelector('[data-action={button}]').click()")).await;
        assert!(person.is_shown(shown).await, "{button}");
        person.runs("window.dispatchEvent(new Event('afterprint'))").await;
        assert!(!person.is_shown(shown).await, "the confirmation alone");
    }
}
