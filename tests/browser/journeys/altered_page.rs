//! Browsers and their extensions alter the page while it is used: they translate it, and insert elements of their own.
//! The self-assessment, its result and the request go on working.

use rstest_reuse::apply;
use serde_json::json;

use crate::harness::answers::{ANSWERS, answer_at_once, continue_from, index_of};
use crate::harness::clinic::Clinic;
use crate::harness::engine::{Engine, in_every_engine};
use crate::harness::line::Line;
use crate::harness::person::Person;
use crate::harness::request::fill_in;

const TRANSLATE: &str = include_str!("../scripts/translate.js");
const INSERT: &str = include_str!("../scripts/insert_everywhere.js");

/// Goes the whole way, back and forward too, on a page that this function alters: before the app has started, or in
/// the middle of the self-assessment.
async fn goes_the_whole_way(engine: Engine, alter: &str, early: bool) {
    let clinic = Clinic::open().await;
    let line = Line::to(clinic.port()).await;
    let person = Person::arrives(engine).await;
    if early {
        let watched = format!(
            "() => addEventListener('DOMContentLoaded', () => {{ ({alter}\n)(); window.altered = true }})"
        );
        line.calls_first(&watched, &json!([]));
    }
    person.opens(&line.address("/")).await;
    person.waits_for_program().await;
    if early {
        assert_eq!(person.runs("return window.altered").await, true);
        person.follows("[data-action=start]").await;
        answer_at_once(&person, &ANSWERS).await;
    } else {
        person.follows("[data-action=start]").await;
        let (before, after) = ANSWERS.split_at(5);
        answer_at_once(&person, before).await;
        person.calls(alter, &json!([])).await;
        // Back to the question before, with its answer, and on.
        let last = index_of(before[4].0);
        person.follows("#assessment-asked [data-action=back]").await;
        person.waits_for_focus(&format!("assessment-question-{last}-heading")).await;
        let typed = "return document.getElementById('answer-headache-days').value";
        assert_eq!(person.reads(typed).await, "20");
        continue_from(&person, last).await;
        answer_at_once(&person, after).await;
    }
    person.waits_for_focus("assessment-check-heading").await;
    person.follows("[data-action=finish]").await;
    person.waits_for_focus("assessment-outcome-worth-asking-heading").await;
    let points = person.sees("#assessment-criterion-frequent-disabling-points").await;
    assert!(points.contains("4 of 4"), "{points}");

    fill_in(&person).await;
    person.tabs_to("#request-message").await;
    person.types("As typed").await;
    person.chooses("#request-include-assessment").await;
    person.follows("#request-form button[type=submit]").await;
    person.waits_for_focus("request-check-heading").await;
    for (row, words) in [
        ("name", "Ada Test"),
        ("contact-by", "E-mail me"),
        ("message", "As typed"),
        ("include-assessment", "Yes"),
    ] {
        let said = person.sees(&format!("#request-row-{row}-value")).await;
        assert!(said.contains(words), "{row}: {said}");
    }
    person.goes_back().await;
    person.waits_to_see("#request-form").await;
    person.goes_forward().await;
    person.waits_to_see("#request-check").await;
    person.follows("#request-send").await;
    person.waits_for_focus("request-sent-heading").await;
    let requests = clinic.requests();
    let request = &requests[0];
    assert_eq!(requests.len(), 1);
    assert_eq!(request["patient"]["name"], "Ada Test");
    assert_eq!(request["message"], "As typed");
    assert_eq!(request["assessment"]["answers"]["headache-days"], 20);
    let reference = person.sees("#request-reference").await;
    assert_eq!(reference.trim_matches(['«', '»']).len(), "XXXX-XXXX".len(), "{reference}");
}

#[apply(in_every_engine)]
async fn translated_before_the_app_starts_everything_works(engine: Engine) {
    goes_the_whole_way(engine, TRANSLATE, true).await;
}

#[apply(in_every_engine)]
async fn translated_in_the_middle_of_the_assessment_everything_works(engine: Engine) {
    goes_the_whole_way(engine, TRANSLATE, false).await;
}

#[apply(in_every_engine)]
async fn elements_of_extensions_before_the_app_starts_break_nothing(engine: Engine) {
    goes_the_whole_way(engine, INSERT, true).await;
}

#[apply(in_every_engine)]
async fn elements_of_extensions_in_the_middle_of_the_assessment_break_nothing(engine: Engine) {
    goes_the_whole_way(engine, INSERT, false).await;
}
