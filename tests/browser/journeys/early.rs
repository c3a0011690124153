//! An early result: offered once the outcome is settled, and never older than the answers.

use rstest_reuse::apply;
use serde_json::json;

use crate::harness::answers::Given::Several;
use crate::harness::answers::{answer, continue_from, with};
use crate::harness::clinic::Clinic;
use crate::harness::engine::{Engine, in_every_engine};
use crate::harness::person::Person;
use crate::harness::request::fill_in;

const EARLY: &str = "#assessment-asked [data-action=early]";
const GO_ON: &str = "#assessment-early [data-action=finish]";
const DOCTOR: &str = "assessment-outcome-see-doctor-first-heading";

/// Arrives, and answers up to the headache days. The answers so far settle that a warning sign comes first.
async fn settled(engine: Engine, clinic: &Clinic) -> Person {
    let person = Person::arrives_at_the_guide(clinic, engine).await;
    person.follows("[data-action=start]").await;
    let answers = with(&[("red-flags-ever", Several(&["strain"]))]);
    answer(&person, &answers[..1]).await;
    person.waits_for_focus("assessment-question-1-heading").await;
    person.chooses("input[name='answer-red-flags-ever'][value='strain']").await;
    // Only from the next screen on.
    assert!(!person.is_shown(EARLY).await);
    continue_from(&person, 1).await;
    person.waits_for_focus("assessment-question-2-heading").await;
    assert!(person.is_shown(EARLY).await);
    answer(&person, &answers[2..4]).await;
    person.waits_for_focus("assessment-question-5-heading").await;
    person
}

#[apply(in_every_engine)]
async fn an_early_result_says_that_it_is_one_and_leads_on(engine: Engine) {
    let clinic = Clinic::open().await;
    let person = settled(engine, &clinic).await;
    let entries = person.runs("return history.length").await;
    person.follows(EARLY).await;
    person.waits_for_focus(DOCTOR).await;
    assert!(person.sees("#assessment-early").await.contains("not complete"));
    person.meets_no_barrier_in_any_theme("an early result", "#assessment-result").await;
    // One step more, and nothing of the answers in it.
    let added = "return history.length";
    assert_eq!(person.runs(added).await.as_u64(), entries.as_u64().map(|it| it + 1));
    let unknown = "return [...document.querySelectorAll('.criteria .grade')].map((it) => it.innerText.trim())";
    assert_eq!(person.runs(unknown).await, json!(vec!["not all asked yet"; 5]));
    let shown = "return [...document.querySelectorAll('#assessment-result .flag:not([hidden])')].map((it) => it.id)";
    assert_eq!(
        person.runs(shown).await,
        json!(["assessment-early", "assessment-flag-prompt-check"])
    );
    assert!(!person.is_shown("#assessment-result .criteria details").await);

    // It goes on at the first open question; Back and Forward lead between both.
    person.follows(GO_ON).await;
    person.waits_for_focus("assessment-question-5-heading").await;
    person.goes_back().await;
    person.waits_for_focus(DOCTOR).await;
    person.goes_back().await;
    person.waits_for_focus("assessment-question-5-heading").await;
    person.goes_forward().await;
    person.waits_for_focus(DOCTOR).await;

    // On paper it says so, too.
    if person.can_look_at_paper() {
        person.looks_at("print").await;
        assert!(person.sees("#assessment-early").await.contains("not complete"));
        assert!(!person.is_shown(GO_ON).await);
        person.looks_at("screen").await;
    }

    // All answered, it is a result like any other.
    person.follows(GO_ON).await;
    let answers = with(&[("red-flags-ever", Several(&["strain"]))]);
    answer(&person, &answers[4..]).await;
    person.waits_for_focus("assessment-check-heading").await;
    person.follows("#assessment-check [data-action=finish]").await;
    person.waits_for_focus(DOCTOR).await;
    assert!(!person.is_shown("#assessment-early").await);
    assert_eq!(person.sees("#assessment-criterion-frequent-disabling-points").await, "(4 of 4)");
    person.follows("#assessment-result [data-action=clear]").await;
    person.waits_for_focus("assessment-start-heading").await;
    assert_eq!(person.calls(include_str!("../scripts/shown_answers.js"), &json!([])).await, "");
}

#[apply(in_every_engine)]
async fn an_early_result_goes_with_the_answer_that_settled_it(engine: Engine) {
    let clinic = Clinic::open().await;
    let person = settled(engine, &clinic).await;
    person.follows(EARLY).await;
    person.waits_for_focus(DOCTOR).await;
    person.follows("#assessment-result [data-action=review]").await;
    person.waits_for_focus("assessment-check-heading").await;
    person.follows("button[data-action='change 1']").await;
    person.waits_for_focus("assessment-question-1-heading").await;
    assert!(person.is_shown(EARLY).await);
    // As soon as it is taken back, before Continue.
    person.chooses("input[name='answer-red-flags-ever'][value='none']").await;
    person
        .waits_for(&format!("return document.querySelector(\"{EARLY}\").offsetHeight === 0"))
        .await;
    assert!(!person.is_shown("#request-offer").await);
    continue_from(&person, 1).await;
    person.waits_for_focus("assessment-question-5-heading").await;
    assert!(!person.is_shown(EARLY).await);
    // Back to the step of the early result leads to the list of answers.
    for _ in 0..3 {
        person.goes_back().await;
        person.settles().await;
    }
    person.waits_for_focus("assessment-check-heading").await;
    assert!(!person.is_shown("#assessment-result").await);
}

#[apply(in_every_engine)]
async fn an_emergency_leaves_no_way_to_an_early_result(engine: Engine) {
    let clinic = Clinic::open().await;
    let person = settled(engine, &clinic).await;
    for _ in 0..4 {
        person.follows("#assessment-asked [data-action=back]").await;
        person.settles().await;
    }
    person.waits_for_focus("assessment-question-0-heading").await;
    assert!(person.is_shown(EARLY).await);
    person.chooses("input[name='answer-red-flags-now'][value='eye']").await;
    person.waits_to_see("#assessment-warning-0").await;
    assert!(!person.is_shown(EARLY).await);
}

#[apply(in_every_engine)]
async fn a_request_with_an_early_result_says_so(engine: Engine) {
    let clinic = Clinic::open().await;
    let person = settled(engine, &clinic).await;
    person.tabs_to("#answer-headache-days").await;
    person.types("9").await;
    person.follows(EARLY).await;
    person.waits_for_focus(DOCTOR).await;
    assert!(person.is_shown("#request-offer").await);
    person.runs("document.querySelector('#request-offer details').open = true").await;
    let sent = person.sees("#request-offer details").await;
    assert!(sent.contains("not complete") && sent.contains("9 days"), "{sent}");
    assert!(!sent.contains("Not answered"), "{sent}");

    fill_in(&person).await;
    person.chooses("#request-include-assessment").await;
    person.follows("#request-form button[type=submit]").await;
    person.waits_for_focus("request-check-heading").await;
    person.follows("[data-action=send]").await;
    person.waits_for_focus("request-sent-heading").await;
    let requests = clinic.requests();
    let included = &requests[0]["assessment"];
    assert_eq!(included["complete"], json!(false));
    assert_eq!(included["outcome"], "see-doctor-first");
    assert_eq!(included["answers"].as_object().map(|it| it.len()), Some(5), "{included}");
}
