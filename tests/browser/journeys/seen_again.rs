//! A page that was left or in the background, and is seen again: everything is as it was, what waits is sent, and what
//! has changed meanwhile is noticed.

use fantoccini::key::Key;
use rstest_reuse::apply;
use serde_json::json;

use crate::harness::answers::answer_three;
use crate::harness::clinic::Clinic;
use crate::harness::engine::{Engine, Without, in_every_engine};
use crate::harness::line::{Fate, Line};
use crate::harness::person::Person;
use crate::harness::request::Case;

/// The time limits of a post and of the storage, in milliseconds: timers that begin with a try, not after it.
const TIME_LIMITS: [u32; 2] = [30_000, 3_000];

/// Goes to another page and back. Returns `true` if the page was not loaded again.
async fn leaves_and_returns(person: &Person, elsewhere: &str) -> bool {
    person.runs("window.same = true").await;
    person.opens(elsewhere).await;
    person.goes_back().await;
    person.waits_for_program().await;
    person.runs("return window.same === true").await == json!(true)
}

#[apply(in_every_engine)]
async fn restored_from_the_back_forward_cache_everything_is_as_it_was(engine: Engine) {
    let clinic = Clinic::open().await;
    let person = Person::arrives(engine).await;
    person.opens(&clinic.address("/")).await;
    person.waits_for_program().await;
    answer_three(&person).await;
    person.tabs_to("#request-name").await;
    person.types("Ada Test").await;
    assert!(leaves_and_returns(&person, &clinic.address("/privacy/")).await, "it was restored");
    assert!(person.is_shown("#assessment-question-4").await);
    // WebKit empties the form a moment later, and the loader fills it again.
    person.waits_for("return document.getElementById('request-name').value === 'Ada Test'").await;
    // The history goes on where it was.
    person.follows("[data-action=back]").await;
    person.waits_for_focus("assessment-question-2-heading").await;
}

#[apply(in_every_engine)]
async fn what_was_emptied_right_after_the_page_was_restored_came_back_into_the_form(
    engine: Engine,
) {
    let clinic = Clinic::open().await;
    let person = Person::arrives_at_the_guide(&clinic, engine).await;
    person.tabs_to("#request-name").await;
    person.types("Ada Test").await;
    // As where a request that waited arrives at once. The last of the loader's timers has run before this one.
    person
        .runs_async(
            "const persisted = { persisted: true }; \
             dispatchEvent(new PageTransitionEvent('pagehide', persisted)); \
             dispatchEvent(new PageTransitionEvent('pageshow', persisted)); \
             document.getElementById('request-form').reset(); \
             setTimeout(arguments[0], 1000)",
        )
        .await;
    assert_eq!(person.reads("return document.getElementById('request-name').value").await, "");
}

#[apply(in_every_engine)]
async fn a_request_that_waited_is_sent_when_the_page_is_restored(engine: Engine) {
    let case = waits_for_good(engine).await;
    let posted = case.line.posted().len();
    case.person.calls(include_str!("../scripts/wrong_clock.js"), &json!([1.0 / 24.0])).await;
    let privacy = case.line.address("/privacy/");
    case.line.always(Fate::Passes);
    assert!(leaves_and_returns(&case.person, &privacy).await, "it was restored");
    case.person.waits_to_see("#request-sent").await;
    assert_eq!(case.clinic.requests().len(), 1);
    assert_eq!(case.line.posted().len(), posted + 1);
}

/// A patient whose request waits, in a browser in which no pause ends any more: what is sent is sent because the page is
/// seen again.
async fn waits_for_good(engine: Engine) -> Case {
    let case = Case::ready(engine, Without::Nothing).await;
    case.line.always(Fate::LostBefore);
    case.sends().await;
    case.waits_to_be_told("No answer came").await;
    case.person.calls(include_str!("../scripts/stop_timers.js"), &json!(TIME_LIMITS)).await;
    // A try that was under way, or came after a pause that was, has failed: what is stopped now is a pause.
    case.person.waits_for("return stopped.length > 0").await;
    case
}

#[apply(in_every_engine)]
async fn after_an_hour_in_the_background_what_waited_goes_out_when_the_tab_is_seen(engine: Engine) {
    let case = waits_for_good(engine).await;
    let posted = case.line.posted().len();
    case.person.calls(include_str!("../scripts/wrong_clock.js"), &json!([1.0 / 24.0])).await;
    case.line.always(Fate::Passes);
    case.person.calls(include_str!("../scripts/see_again.js"), &json!([])).await;
    case.person.waits_to_see("#request-sent").await;
    assert_eq!(case.clinic.requests().len(), 1);
    assert_eq!(case.line.posted().len(), posted + 1);
}

#[apply(in_every_engine)]
async fn a_server_that_asked_to_wait_is_not_asked_again_because_the_tab_is_seen(engine: Engine) {
    let case = Case::ready(engine, Without::Nothing).await;
    case.line.always(Fate::later(503, 600));
    case.sends().await;
    case.waits_to_be_told("cannot take requests").await;
    case.person.calls(include_str!("../scripts/wrong_clock.js"), &json!([1.0 / 240.0])).await;
    case.person.calls(include_str!("../scripts/see_again.js"), &json!([])).await;
    case.person.settles().await;
    // The patient may.
    case.line.always(Fate::Passes);
    case.person.follows("[data-action=send-now]").await;
    case.person.waits_to_see("#request-sent").await;
    assert_eq!(case.line.posted().len(), 2);
}

#[apply(in_every_engine)]
async fn a_key_that_expired_meanwhile_is_noticed_before_anything_is_pressed(engine: Engine) {
    let mut key = json!(null);
    if let Ok(text) = std::fs::read_to_string(crate::harness::clinic::key("public")) {
        key = serde_json::from_str(&text).expect("JSON");
    }
    key["expires"] = json!("2029-12-24");
    let clinic = Clinic::open_with_key(&key).await;
    let line = Line::to(clinic.port()).await;
    let person = Person::arrives(engine).await;
    person.opens(&line.address("/#appointment-request")).await;
    person.waits_for_program().await;
    person.tabs_to("#request-name").await;
    person.types("Ada").await;
    let gone = Fate::status(503);
    line.serves("/keys.json", gone);
    person.calls(include_str!("../scripts/wrong_clock.js"), &json!([3_650])).await;
    person.calls(include_str!("../scripts/see_again.js"), &json!([])).await;
    person.waits_to_see("#request-cannot-seal").await;
    // The days that can be preferred are those of today.
    let first = "return document.getElementById('request-earliest').min";
    assert!(person.reads(first).await.as_str() > "2036", "the first day is today");
    assert!(person.has("#request-name:focus").await, "whoever types goes on typing");
    person.presses(Key::End).await;
    // The server's clock says that the key is valid: it is the device's that is wrong.
    line.serves("/keys.json", Fate::Passes);
    person.calls(include_str!("../scripts/see_again.js"), &json!([])).await;
    person.waits_for("return document.getElementById('request-cannot-seal').hidden").await;
}
