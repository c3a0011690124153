//! The first question can be answered while the app is still on its way. What was chosen counts once it is there, the
//! person is not disturbed by its arrival, and nothing is lost where it never arrives.

use fantoccini::key::Key;
use rstest_reuse::apply;
use serde_json::json;

use crate::harness::answers::{answer, with};
use crate::harness::clinic::Clinic;
use crate::harness::engine::{Engine, in_every_engine, with_devtools};
use crate::harness::host::Host;
use crate::harness::line::{Fate, Line};
use crate::harness::person::Person;

const HEADING: &str = "assessment-question-0-heading";
const NONE: &str = "input[name='answer-red-flags-now'][value='none']";
const CONTINUE: &str = "#assessment-question-0 button[type=submit]";

/// Somebody who has pressed Start, and a line that lets no more of the app through than its first bytes, until it is
/// released.
async fn begins(engine: Engine) -> (Clinic, Line, Person) {
    let clinic = Clinic::open().await;
    let line = Line::to(clinic.port()).await;
    line.serves(".wasm", Fate::PausesAfter("\0asm"));
    let person = Person::arrives(engine).await;
    opens_and_starts(&person, &line).await;
    (clinic, line, person)
}

async fn opens_and_starts(person: &Person, line: &Line) {
    person.opens(&line.address("/")).await;
    person.follows("[data-action=start]").await;
    person.waits_for_focus(HEADING).await;
    assert!(!person.is_shown("#assessment-start").await);
}

#[apply(in_every_engine)]
async fn the_first_question_is_answered_while_the_app_is_on_its_way(engine: Engine) {
    let (_clinic, line, person) = begins(engine).await;
    let progress = person.sees("#assessment-progress").await;
    assert!(progress.starts_with("Question 1 of "), "{progress}");
    person.meets_no_barrier("the first question without the app").await;
    person.chooses(NONE).await;
    person.follows(CONTINUE).await;
    let busy = format!("return document.querySelector('{CONTINUE}').ariaBusy === 'true'");
    person.waits_for(&busy).await;
    assert_eq!(person.runs("return document.documentElement.dataset.app ?? ''").await, "");

    line.release();
    person.waits_for_focus("assessment-question-1-heading").await;
    let total = progress.trim_start_matches("Question 1 of ");
    let progress = person.sees("#assessment-progress").await;
    assert_eq!(progress, format!("Question 2 of {total}"));
    person.waits_for_program().await;
    // The answer counts: it is not asked for again.
    answer(&person, &with(&[])[1..]).await;
    person.waits_for_focus("assessment-check-heading").await;
    assert_eq!(person.sees("#assessment-row-answer-red-flags-now").await, "None of these");
    // And the start lies one step before the first question.
    while !person.has("#assessment-question-0").await {
        person.goes_back().await;
        person.settles().await;
    }
    assert!(person.has(&format!("{NONE}:checked")).await);
    person.goes_back().await;
    person.waits_for_focus("assessment-start-heading").await;
}

#[apply(in_every_engine)]
async fn the_arrival_of_the_app_disturbs_nobody(engine: Engine) {
    let (_clinic, line, person) = begins(engine).await;
    person.chooses(NONE).await;
    person.tabs_to("#request-name").await;
    person.types("Ada").await;
    let place = person.runs("return scrollY").await;
    line.release();
    person.waits_for_program().await;
    person.types(" Test").await;
    assert_eq!(person.runs("return document.activeElement.value").await, "Ada Test");
    assert_eq!(person.runs("return scrollY").await, place);
    assert!(person.is_shown("#assessment-question-0").await);
    assert!(person.has(&format!("{NONE}:checked")).await);
    person.follows(CONTINUE).await;
    person.waits_for_focus("assessment-question-1-heading").await;
}

#[apply(with_devtools)]
async fn nothing_moves_as_the_app_arrives(engine: Engine) {
    let clinic = Clinic::open().await;
    let line = Line::to(clinic.port()).await;
    line.serves(".wasm", Fate::PausesAfter("\0asm"));
    let person = Person::arrives(engine).await;
    person.watches(include_str!("../scripts/layout_shifts.js"), &json!([])).await;
    opens_and_starts(&person, &line).await;
    person.runs("moved.length = 0").await;
    line.release();
    person.waits_for_program().await;
    person.settles().await;
    assert_eq!(person.runs("return moved").await, json!([]));
}

#[apply(in_every_engine)]
async fn an_emergency_chosen_before_is_warned_of_as_soon_as_the_app_is_there(engine: Engine) {
    let (_clinic, line, person) = begins(engine).await;
    person.chooses("#answer-red-flags-now").await;
    assert!(!person.is_shown("#assessment-warning-0").await);
    line.release();
    person.waits_to_see("#assessment-warning-0").await;
}

#[apply(in_every_engine)]
async fn where_the_app_does_not_arrive_it_is_said_and_the_answer_stays(engine: Engine) {
    let clinic = Clinic::open().await;
    let line = Line::to(clinic.port()).await;
    line.serves(".wasm", Fate::Held(500));
    let person = Person::arrives(engine).await;
    opens_and_starts(&person, &line).await;
    person.chooses(NONE).await;
    person.follows(CONTINUE).await;
    line.release();
    person.waits_for_focus("assessment-start-heading").await;
    assert!(person.is_shown("#assessment-start .app-failed").await);
    assert!(!person.is_shown("#assessment-progress").await);

    line.serves(".wasm", Fate::Passes);
    person.tabs_to("#assessment-start [data-retry]").await;
    person.presses(Key::Enter).await;
    person.waits_for_program().await;
    assert!(!person.has("#assessment-question-0").await, "nobody has pressed Start again");
    person.follows("[data-action=start]").await;
    person.waits_for_focus(HEADING).await;
    assert!(person.has(&format!("{NONE}:checked")).await);
    assert!(!person.has("#assessment-question-0 [aria-busy]").await);
}

#[apply(in_every_engine)]
async fn a_double_press_on_start_answers_nothing(engine: Engine) {
    let clinic = Clinic::open().await;
    let line = Line::to(clinic.port()).await;
    line.serves(".wasm", Fate::PausesAfter("\0asm"));
    let person = Person::arrives(engine).await;
    person.opens(&line.address("/")).await;
    // The first option comes to where Start is now.
    let option = json!(["label[for=answer-red-flags-now]"]);
    person.calls(include_str!("../scripts/move_under_press.js"), &option).await;
    person.double_clicks("[data-action=start]").await;
    person.waits_to_see("#assessment-question-0").await;
    person.settles().await;
    assert!(!person.has("#assessment-question-0 input:checked").await);
    line.release();
    person.waits_for_program().await;
    assert!(!person.has("#assessment-question-0 input:checked").await);
}

/// There the panel takes the height that it keeps before anything can be chosen.
#[apply(in_every_engine)]
async fn in_a_frame_the_first_question_comes_with_the_app(engine: Engine) {
    let port = Host::port();
    let clinic = Clinic::open_to(&format!("'self' {}", Host::origin(port))).await;
    let line = Line::to(clinic.port()).await;
    line.serves(".wasm", Fate::PausesAfter("\0asm"));
    let host = Host::open(port, line.address("").as_str()).await;
    let person = Person::arrives(engine).await;
    person.opens(&host.address("plain")).await;
    person.waits_for_guide("guide").await;
    person.enters_guide("guide").await;
    person.follows("[data-action=start]").await;
    person
        .waits_for("return document.querySelector('[data-action=start]').ariaBusy === 'true'")
        .await;
    assert!(person.is_shown("#assessment-start").await);
    line.release();
    person.waits_for_focus(HEADING).await;
}
