//! The first question can be answered while the app is still on its way. What was chosen counts once it is there, the
//! person is not disturbed by its arrival, and nothing is lost where it never arrives.

use fantoccini::key::Key;
use rstest_reuse::apply;
use serde_json::json;

use crate::harness::answers::{answer, index_of, with};
use crate::harness::clinic::Clinic;
use crate::harness::engine::{Engine, in_every_engine, with_devtools};
use crate::harness::host::Host;
use crate::harness::line::{Fate, Line};
use crate::harness::person::Person;
use crate::harness::wait::until;

const HEADING: &str = "assessment-question-0-heading";
const NONE: &str = "input[name='answer-red-flags-now'][value='none']";
const CONTINUE: &str = "#assessment-question-0 button[type=submit]";
const CONTINUE_WAITS: &str =
    "return !!document.querySelector('#assessment-question-0 button[type=submit][aria-busy]')";

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
    person.meets_no_barrier("the first question without the app", "#self-assessment").await;
    person.chooses(NONE).await;
    person.follows(CONTINUE).await;
    person.waits_for(CONTINUE_WAITS).await;
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
    for (question, _) in with(&[]).iter().rev() {
        person.goes_back().await;
        let heading = format!("assessment-question-{}-heading", index_of(question));
        person.waits_for_focus(&heading).await;
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
async fn an_emergency_was_warned_of_only_once_the_app_was_there(engine: Engine) {
    let (_clinic, line, person) = begins(engine).await;
    let warning = "#assessment-warning-0";
    person.chooses(NONE).await;
    assert!(!person.is_shown(warning).await);
    person.chooses("#answer-red-flags-now").await;
    person.waits_to_see(warning).await;
    person.chooses("#answer-red-flags-now").await;
    person.waits_for(&format!("return document.querySelector('{warning}').hidden")).await;
    person.chooses("#answer-red-flags-now").await;
    person.waits_to_see(warning).await;
    line.release();
    person.waits_for_program().await;
    assert!(person.is_shown(warning).await);
    person.follows(CONTINUE).await;
    person.waits_for_focus("assessment-outcome-emergency-heading").await;
}

/// Both waited for the app, and Clear was forgotten where that failed.
#[apply(in_every_engine)]
async fn back_and_clear_waited_for_the_app(engine: Engine) {
    let (_clinic, line, person) = begins(engine).await;
    let (back, clear) =
        ("#assessment-question-0 [data-action=back]", "#assessment-question-0 [data-action=clear]");
    let start = "assessment-start-heading";
    person.chooses("#answer-red-flags-now").await;
    person.follows(back).await;
    person.waits_for_focus(start).await;
    person.follows("[data-action=start]").await;
    person.waits_for_focus(HEADING).await;
    assert!(person.has("#answer-red-flags-now:checked").await);
    assert!(person.is_shown("#assessment-warning-0").await);
    person.follows(clear).await;
    person.waits_for_focus(start).await;
    person.follows("[data-action=start]").await;
    person.waits_for_focus(HEADING).await;
    assert!(!person.has("#assessment-question-0 input:checked").await);
    assert!(!person.is_shown("#assessment-warning-0").await);
    person.follows(back).await;
    line.release();
    person.waits_for_program().await;
    assert!(!person.has("#assessment-question-0").await, "nobody has pressed Start since");
}

#[apply(in_every_engine)]
async fn a_press_that_waited_took_the_focus_from_somebody_who_had_gone_on(engine: Engine) {
    for scrolls in [false, true] {
        let (_clinic, line, person) = begins(engine).await;
        person.chooses(NONE).await;
        person.follows(CONTINUE).await;
        person.waits_for(CONTINUE_WAITS).await;
        let somewhere = if scrolls {
            person
                .runs("document.getElementById('studies').scrollIntoView({ behavior: 'instant' })")
                .await;
            "return scrollY"
        } else {
            person.tabs_to("#request-name").await;
            person.types("Ada").await;
            "return document.activeElement.value"
        };
        let before = person.runs(somewhere).await;
        line.release();
        person.waits_for_program().await;
        assert_eq!(person.runs(somewhere).await, before, "scrolls: {scrolls}");
        assert!(person.has("#assessment-question-0").await, "scrolls: {scrolls}");
        assert!(!person.has("#assessment-question-0 [aria-busy]").await, "scrolls: {scrolls}");
    }
}

#[apply(in_every_engine)]
async fn trying_again_in_vain_took_the_focus_from_somebody_who_typed(engine: Engine) {
    let clinic = Clinic::open().await;
    let line = Line::to(clinic.port()).await;
    line.serves(".wasm", Fate::LostBefore);
    let person = Person::arrives(engine).await;
    person.opens(&line.address("/")).await;
    person.waits_for("return document.documentElement.dataset.app === 'failed'").await;
    line.serves(".wasm", Fate::Held(500));
    person.tabs_to("#assessment-start [data-retry]").await;
    person.presses(Key::Enter).await;
    person.waits_for("return !document.documentElement.dataset.app").await;
    person.tabs_to("#request-name").await;
    person.types("Ada").await;
    line.release();
    person.waits_for("return document.documentElement.dataset.app === 'failed'").await;
    person.types(" Test").await;
    assert_eq!(person.runs("return document.activeElement.value").await, "Ada Test");
}

/// WebKit cuts off what a page fetches that it keeps for Back. Firefox keeps no page that fetches.
#[apply(in_every_engine)]
async fn a_page_left_while_the_app_was_on_its_way_said_on_return_that_it_failed(engine: Engine) {
    let (_clinic, line, person) = begins(engine).await;
    person.chooses(NONE).await;
    person.opens(&line.address("/words/")).await;
    line.serves(".wasm", Fate::Passes);
    person.goes_back().await;
    line.release();
    person.waits_for_program().await;
    assert!(!person.is_shown("#assessment-start .app-failed").await);
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
    person
        .waits_for("return document.activeElement.matches('#assessment-start [data-retry]')")
        .await;
    let seen = "const { top, bottom } = document.querySelector('#assessment-start .app-failed').getBoundingClientRect(); \
        return top >= 0 && bottom <= innerHeight";
    assert_eq!(person.runs(seen).await, json!(true));
    assert!(!person.is_shown("#assessment-progress").await);

    line.serves(".wasm", Fate::Passes);
    person.presses(Key::Enter).await;
    person.waits_for_program().await;
    assert!(!person.has("#assessment-question-0").await, "nobody has pressed Start again");
    person.follows("[data-action=start]").await;
    person.waits_for_focus(HEADING).await;
    assert!(person.has(&format!("{NONE}:checked")).await);
    assert!(!person.has("#assessment-question-0 [aria-busy]").await);
}

#[apply(in_every_engine)]
async fn a_double_press_on_start_is_one_press(engine: Engine) {
    // Comes to where Start is now.
    for under in ["label[for=answer-red-flags-now]", CONTINUE] {
        let clinic = Clinic::open().await;
        let line = Line::to(clinic.port()).await;
        line.serves(".wasm", Fate::PausesAfter("\0asm"));
        let person = Person::arrives(engine).await;
        person.opens(&line.address("/")).await;
        person.calls(include_str!("../scripts/move_under_press.js"), &json!([under])).await;
        person.double_clicks("[data-action=start]").await;
        person.waits_for("return !!document.getElementById('assessment-question-0')").await;
        person.settles().await;
        assert!(
            !person.has("#assessment-question-0 :is(input:checked, [aria-busy])").await,
            "{under}"
        );
        line.release();
        person.waits_for_program().await;
        assert!(!person.has("#assessment-question-0 input:checked").await, "{under}");
        assert!(!person.is_shown("#answer-red-flags-now-error").await, "{under}");
    }
}

#[apply(in_every_engine)]
async fn a_press_right_after_scrolling_was_ignored(engine: Engine) {
    let (_clinic, _line, person) = begins(engine).await;
    // Whatever is in one place of the window, pressed there, scrolled away by a wheel, and pressed there again.
    let pressed = "const [one, other] = document.querySelectorAll('#assessment-question-0 input'); \
        const press = (it) => { \
            const box = it.labels[0].getBoundingClientRect(); \
            const at = { bubbles: true, cancelable: true, detail: 1, clientX: box.x + 9, clientY: box.y + 9 }; \
            it.labels[0].dispatchEvent(new PointerEvent('pointerdown', at)); \
            it.labels[0].dispatchEvent(new MouseEvent('click', at)); return box.y }; \
        const before = press(one); \
        if (arguments[0]) dispatchEvent(new WheelEvent('wheel')); \
        scrollBy({ top: other.labels[0].getBoundingClientRect().y - before, behavior: 'instant' }); \
        press(other); return [one.checked, other.checked]";
    let press = |scrolls: bool| format!("return ((...arguments) => {{ {pressed} }})({scrolls})");
    assert_eq!(person.runs(&press(false)).await, json!([true, false]), "the page moved by itself");
    person.runs("document.getElementById('assessment-question-0').reset()").await;
    person.follows("#request-name").await;
    assert_eq!(person.runs(&press(true)).await, json!([true, true]));
}

/// Then only half of the request was there to be hydrated.
#[apply(in_every_engine)]
async fn an_app_that_arrived_before_the_end_of_the_page_left_the_request_out(engine: Engine) {
    let clinic = Clinic::open().await;
    let line = Line::to(clinic.port()).await;
    line.serves("/?", Fate::PausesAfter("id=\"request-form\""));
    // Presses Start as soon as it is there, and tells when the app has come.
    let function = "() => { \
        const arrived = () => performance.getEntriesByType('resource') \
            .some((it) => it.name.includes('.wasm') && it.responseEnd); \
        const look = (frames) => { \
            if (!document.getElementById('assessment-question-0')) \
                document.querySelector('[data-action=start]')?.click(); \
            if (frames > 9) fetch('/arrived'); \
            else requestAnimationFrame(() => look(arrived() ? frames + 1 : 0)); }; \
        look(0) }";
    line.calls_first(function, &json!([]));
    let person = Person::arrives(engine).await;
    let address = line.address("/?half");
    let rest = async {
        let told = async || line.requests().iter().any(|it| it.contains("/arrived")).then_some(());
        until("the app arrives", told).await;
        line.release();
    };
    tokio::join!(person.opens(&address), rest);
    person.waits_for_program().await;
    assert!(person.has("#assessment-question-0").await);
    person.follows("#request-form button[type=submit]").await;
    person.waits_for_focus("request-errors-heading").await;
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
