//! Two islands and one history: Back, Change and Forward lead the island that they are of, and no
//! other; and after a reload Back leads away.

use rstest_reuse::apply;
use serde_json::json;

use crate::harness::answers::{answer_all_at_once, answer_three, continue_from};
use crate::harness::clinic::Clinic;
use crate::harness::engine::{Engine, in_chromium_and_firefox, in_every_engine};
use crate::harness::host::guide_and_host;
use crate::harness::person::Person;
use crate::harness::request::fill_in;

/// Fills in the request, and goes on to "Check your request".
async fn check_request(person: &Person) {
    fill_in(person).await;
    person.follows("#request-form button[type=submit]").await;
    person.waits_for_focus("request-check-heading").await;
}

/// Asserts which question is shown, and which screen of the request.
async fn shown(person: &Person, question: usize, screen: &str) {
    person.settles().await;
    assert_eq!(
        person
            .runs(
                "return [document.querySelector('#assessment-asked form')?.id ?? '', \
                   ...['request-fill-in', 'request-check'].filter((it) => \
                     !document.getElementById(it).hidden)]"
            )
            .await,
        json!([format!("assessment-question-{question}"), screen]),
    );
}

#[apply(in_every_engine)]
async fn change_of_the_request_leaves_the_self_assessment_where_it_is(engine: Engine) {
    let clinic = Clinic::open().await;
    let person = Person::arrives_at_the_guide(&clinic, engine).await;
    check_request(&person).await;
    answer_three(&person).await;
    person.follows("#request-check [data-action='change name']").await;
    person.waits_for_focus("request-name").await;
    shown(&person, 4, "request-fill-in").await;

    // Back takes them in turn.
    person.goes_back().await;
    person.waits_for_focus("request-check-heading").await;
    shown(&person, 4, "request-check").await;
    for question in [2, 1, 0] {
        person.goes_back().await;
        person.waits_for_focus(&format!("assessment-question-{question}-heading")).await;
        shown(&person, question, "request-check").await;
    }
    person.goes_back().await;
    person.waits_for_focus("assessment-start-heading").await;
    person.goes_back().await;
    person.waits_for_focus("request-name").await;
    for _ in 0..2 {
        person.goes_forward().await;
    }
    person.waits_for_focus("assessment-question-0-heading").await;
    shown(&person, 0, "request-check").await;
}

#[apply(in_every_engine)]
async fn back_of_the_self_assessment_leaves_the_request_where_it_is(engine: Engine) {
    let clinic = Clinic::open().await;
    let person = Person::arrives_at_the_guide(&clinic, engine).await;
    answer_three(&person).await;
    check_request(&person).await;
    // Each leads one question back, whatever lies between in the browser's history.
    for (question, before) in [(4, 2), (2, 1), (1, 0)] {
        person.follows(&format!("#assessment-question-{question} [data-action=back]")).await;
        person.waits_for_focus(&format!("assessment-question-{before}-heading")).await;
        shown(&person, before, "request-check").await;
    }
    person.follows("#request-check [data-action='change name']").await;
    person.waits_for_focus("request-name").await;
    shown(&person, 0, "request-fill-in").await;
}

#[apply(in_every_engine)]
async fn back_after_an_emergency_keeps_the_focus_in_the_self_assessment(engine: Engine) {
    let clinic = Clinic::open().await;
    let person = Person::arrives_at_the_guide(&clinic, engine).await;
    answer_all_at_once(&person).await;
    person.follows("[data-action=finish]").await;
    person.waits_for_focus("assessment-outcome-worth-asking-heading").await;
    fill_in(&person).await;
    person.chooses("#request-include-assessment").await;
    person.follows("#request-form button[type=submit]").await;
    person.waits_for_focus("request-check-heading").await;
    person.follows("#assessment-result [data-action=review]").await;
    person.waits_for_focus("assessment-check-heading").await;
    person.follows("button[data-action='change 0']").await;
    person.waits_for_focus("assessment-question-0-heading").await;
    person.chooses("input[name='answer-red-flags-now'][value='seizure']").await;
    continue_from(&person, 0).await;
    person.waits_for_focus("assessment-outcome-emergency-heading").await;
    // There is no result any more that could be sent.
    assert!(person.is_shown("#request-fill-in").await);
    person.goes_back().await;
    person.waits_for("return !!document.getElementById('assessment-question-0')").await;
    shown(&person, 0, "request-fill-in").await;
    assert_eq!(
        person.reads("return document.activeElement.id").await,
        "assessment-question-0-heading"
    );
}

#[apply(in_every_engine)]
async fn clearing_the_answers_leaves_the_request_where_it_is(engine: Engine) {
    let clinic = Clinic::open().await;
    let person = Person::arrives_at_the_guide(&clinic, engine).await;
    answer_three(&person).await;
    check_request(&person).await;
    person.follows("#assessment-question-4 [data-action=clear]").await;
    person.waits_for_focus("assessment-start-heading").await;
    person.settles().await;
    assert!(person.is_shown("#request-check").await);
    // The cleared answers are not in the way: the request's own step comes next.
    person.goes_back().await;
    person.waits_for_focus("request-name").await;
    assert!(person.is_shown("#assessment-start").await);
}

#[apply(in_every_engine)]
async fn after_a_reload_back_leads_away_at_once(engine: Engine) {
    let clinic = Clinic::open().await;
    let person = Person::arrives_at_the_guide(&clinic, engine).await;
    check_request(&person).await;
    person.reloads().await;
    person.waits_for_program().await;
    goes_away(&person).await;

    let person = Person::arrives_at_the_guide(&clinic, engine).await;
    answer_three(&person).await;
    check_request(&person).await;
    person.reloads().await;
    person.waits_for_program().await;
    goes_away(&person).await;
}

#[apply(in_every_engine)]
async fn after_a_link_and_a_reload_back_passes_what_shows_nothing_any_more(engine: Engine) {
    let clinic = Clinic::open().await;
    let person = Person::arrives_at_the_guide(&clinic, engine).await;
    answer_three(&person).await;
    person.runs("location.hash = '#studies'").await;
    person.reloads().await;
    person.waits_for_program().await;
    person.goes_back().await;
    person.waits_for("return location.hash === ''").await;
    goes_away(&person).await;
}

/// One Back leads to the page before the guide.
async fn goes_away(person: &Person) {
    // A run that was reloaded is left behind by the guide itself.
    person.waits_for("return !(history.state?.['migraine-guide']?.[2] > 0)").await;
    person.goes_back().await;
    person.waits_for("return location.pathname === '/privacy/'").await;
}

/// A driven WebKitGTK hangs when it goes back from a page whose frame was loaded anew.
#[apply(in_chromium_and_firefox)]
async fn in_a_frame_that_was_loaded_anew_or_moved_back_leads_away_at_once(engine: Engine) {
    let (clinic, host) = guide_and_host().await;
    for again in ["location.reload()", "document.body.append(document.getElementById('guide'))"] {
        let person = Person::arrives(engine).await;
        person.opens(&clinic.address("/privacy/")).await;
        person.opens(&host.address("plain")).await;
        person.waits_for_guide("guide").await;
        person.enters_guide("guide").await;
        person.waits_for_program().await;
        answer_three(&person).await;
        person.leaves_frame().await;
        person.runs(&format!("heard.length = 0; window.before = true; {again}")).await;
        person.waits_for("return window.heard?.some((it) => it.type === 'ready') ?? false").await;
        person.waits_for_guide("guide").await;
        person.enters_guide("guide").await;
        person.waits_for_program().await;
        person.leaves_frame().await;
        person.goes_back().await;
        person.waits_for("return location.pathname === '/privacy/'").await;
    }
}

#[apply(in_every_engine)]
async fn in_a_frame_the_steps_of_the_page_around_it_are_not_passed(engine: Engine) {
    let (clinic, host) = guide_and_host().await;
    let person = Person::arrives(engine).await;
    person.opens(&clinic.address("/privacy/")).await;
    person.opens(&host.address("plain")).await;
    person.waits_for_guide("guide").await;
    person.enters_guide("guide").await;
    person.waits_for_program().await;
    answer_three(&person).await;
    person.leaves_frame().await;
    // A router of the host goes on, and its page is put together anew.
    person
        .runs(
            "history.pushState('next', '', '?next'); heard.length = 0; \
             document.body.append(document.getElementById('guide'))",
        )
        .await;
    person.waits_for_guide("guide").await;
    person.enters_guide("guide").await;
    person.waits_for_program().await;
    person.settles().await;
    person.leaves_frame().await;
    assert_eq!(person.reads("return history.state + location.search").await, "next?next");
}
