//! A request that the patient removed is never sent again, and one that waits holds up no other.

use fantoccini::key::Key;
use rstest_reuse::apply;
use serde_json::json;
use sha2::{Digest as _, Sha256};

use crate::harness::engine::{Engine, Without, in_chromium_and_firefox, in_every_engine};
use crate::harness::line::Fate;
use crate::harness::person::WITHOUT_LONG_TIMERS;
use crate::harness::request::Case;
use crate::harness::wait::until;

/// An old browser: tabs cannot tell each other anything.
const WITHOUT_CHANNELS: &str = "() => delete window.BroadcastChannel";

/// Of the next transactions of the database each ends as much later, in milliseconds, as `window.later` says.
const LATE_STORAGE: &str = "() => { window.later = []; \
    Object.defineProperty(IDBTransaction.prototype, 'oncomplete', { set(act) { \
      const time = later.shift() ?? 0; \
      this.addEventListener('complete', (event) => setTimeout(act, time, event)) } }) }";

/// Changes the name on the form, sends it as another request, and finds that it alone has arrived.
async fn only_another_request_arrives(case: &Case) {
    case.line.always(Fate::Passes);
    case.person.waits_to_see("#request-fill-in").await;
    case.person.clicks("#request-name").await;
    case.person.presses(Key::End).await;
    case.person.types("!").await;
    case.person.follows("#request-form button[type=submit]").await;
    case.person.waits_for_focus("request-check-heading").await;
    case.sends().await;
    case.person.waits_to_see("#request-sent").await;
    let requests = case.clinic.requests();
    assert_eq!(requests.len(), 1, "{requests:#?}");
    assert_eq!(requests[0]["patient"]["name"], "Ada Test!");
}

async fn removes(case: &Case) {
    case.person.follows("#request-pending summary").await;
    case.person.follows("[data-action=remove]").await;
    case.nothing_is_kept().await;
    is_told_so(case).await;
}

/// Waits until the page says that a request was removed.
async fn is_told_so(case: &Case) {
    let said = "document.querySelector('#request-delivered[role=status]').textContent";
    let removed = "A request that was waiting on this device was removed";
    case.person.waits_for(&format!("return {said}.includes({removed:?})")).await;
}

/// Waits until the focus is on the name, and both it and the notice of a removal are in view.
async fn sees_the_notice_and_the_name(case: &Case) {
    case.person.waits_for_focus("request-name").await;
    for part in ["delivered", "name"] {
        let place = format!("document.getElementById('request-{part}').getBoundingClientRect()");
        let is_seen =
            format!("const {{ top, bottom }} = {place}; return top >= 0 && bottom <= innerHeight");
        case.person.waits_for(&is_seen).await;
    }
}

#[apply(in_every_engine)]
async fn a_second_request_sat_on_sending_while_an_older_one_had_no_response(engine: Engine) {
    let case = Case::ready_after(engine, Without::Nothing, WITHOUT_LONG_TIMERS, &json!([])).await;
    case.line.always(Fate::Hangs);
    case.sends().await;
    until("the first post", async || (case.line.posted().len() == 1).then_some(())).await;
    // The next visit: the older request hangs once more, and a new one is filled in.
    case.visits_again().await;
    case.line.always(Fate::Passes);
    case.sends().await;
    case.person.waits_to_see("#request-sent").await;
    assert_eq!(case.clinic.requests().len(), 1);
    assert_eq!(case.kept().await, 1, "the older one is still on its way");
}

#[apply(in_every_engine)]
async fn removed_in_one_tab_it_was_sent_from_another(engine: Engine) {
    for first in ["() => {}", WITHOUT_CHANNELS] {
        let case = Case::ready_after(engine, Without::Nothing, first, &json!([])).await;
        case.waits_in_two_tabs(Fate::later(503, 600)).await;
        removes(&case).await;

        case.person.goes_to_the_first_tab().await;
        case.line.always(Fate::Passes);
        // In time to press it, or by a press that was on its way.
        case.person.runs("document.querySelector('[data-action=send-now]').click()").await;
        case.person.waits_for("return document.getElementById('request-pending').hidden").await;
        is_told_so(&case).await;
        only_another_request_arrives(&case).await;
    }
}

#[apply(in_every_engine)]
async fn removed_in_another_tab_while_it_was_sent_it_said_sending_for_ever(engine: Engine) {
    let case = Case::ready(engine, Without::Nothing).await;
    case.line.always(Fate::Hangs);
    case.sends().await;
    until("the first post", async || (case.line.posted().len() == 1).then_some(())).await;
    case.finds_it_in_another_tab().await;
    removes(&case).await;
    case.person.goes_to_the_first_tab().await;
    case.person.waits_to_see("#request-fill-in").await;
    is_told_so(&case).await;
    only_another_request_arrives(&case).await;
}

#[apply(in_every_engine)]
async fn refused_in_one_tab_another_said_that_it_was_kept(engine: Engine) {
    let case = Case::ready(engine, Without::Nothing).await;
    case.waits_in_two_tabs(Fate::later(503, 600)).await;
    case.person.goes_to_the_first_tab().await;
    case.line.always(Fate::status(400));
    case.person.follows("[data-action=send-now]").await;
    case.person.waits_to_see("#request-check").await;
    case.person.goes_to_the_last_tab().await;
    case.person.waits_for("return document.getElementById('request-pending').hidden").await;
    is_told_so(&case).await;
}

#[apply(in_every_engine)]
async fn removed_during_the_proof_of_work_it_was_sent_all_the_same(engine: Engine) {
    let case = Case::ready(engine, Without::Nothing).await;
    let (salt, number) = ("5a17?expires=4102444800&", 3_000_000);
    let challenge = Sha256::digest(format!("{salt}{number}"));
    let challenge = base16ct::lower::encode_string(&challenge);
    let problem = json!({
        "status": 429,
        "challenge": {
            "algorithm": "SHA-256", "challenge": challenge, "salt": salt,
            "signature": "signed", "maxnumber": 4_000_000,
        },
    });
    let asks_for_work = Fate::Responded(429, String::new(), problem.to_string());
    case.line.always(Fate::later(503, 600));
    case.sends().await;
    case.waits_to_be_told("cannot take requests at the moment").await;
    case.line.always(asks_for_work);
    case.person.follows("[data-action=send-now]").await;
    case.person.waits_to_see("#request-work").await;
    removes(&case).await;
    case.person.waits_for("return document.getElementById('request-work').hidden").await;
    only_another_request_arrives(&case).await;
    let proved = |post: &String| post.to_ascii_lowercase().contains("proof-of-work:");
    assert!(!case.line.posted().iter().any(proved), "nothing was sent with a proof");
}

#[apply(in_every_engine)]
async fn on_a_phone_the_notice_of_a_removal_was_out_of_view(engine: Engine) {
    let case = Case::ready(engine, Without::Nothing).await;
    case.person.has_screen(360, 780).await;
    case.line.always(Fate::later(503, 600));
    case.sends().await;
    case.waits_to_be_told("cannot take requests at the moment").await;
    removes(&case).await;
    sees_the_notice_and_the_name(&case).await;
}

#[apply(in_chromium_and_firefox)]
async fn on_a_phone_the_notice_of_two_removals_was_out_of_view(engine: Engine) {
    let case = Case::ready_after(engine, Without::Nothing, LATE_STORAGE, &json!([])).await;
    case.person.has_screen(360, 780).await;
    case.waits_in_two_tabs(Fate::later(503, 600)).await;
    case.fills_in().await;
    case.sends().await;
    case.waits_to_be_told("cannot take requests at the moment").await;
    case.person.goes_to_the_first_tab().await;
    let listed = "document.getElementById('request-pending-references').textContent";
    case.person.waits_for(&format!("return {listed}.includes(', ')")).await;
    // The form is there again before the second one is removed.
    case.person.runs("later = [0, 500]").await;
    removes(&case).await;
    case.person.waits_for("return document.getElementById('request-pending').hidden").await;
    sees_the_notice_and_the_name(&case).await;
}

#[apply(in_chromium_and_firefox)]
async fn sent_again_after_a_removal_it_was_still_said_to_be_removed(engine: Engine) {
    let case = Case::ready(engine, Without::Nothing).await;
    case.waits_in_two_tabs(Fate::later(503, 600)).await;
    removes(&case).await;
    case.person.goes_to_the_first_tab().await;
    is_told_so(&case).await;
    case.person.follows("#request-form button[type=submit]").await;
    case.person.waits_for_focus("request-check-heading").await;
    case.sends().await;
    case.waits_to_be_told("cannot take requests at the moment").await;
    case.person.goes_to_the_last_tab().await;
    case.person.waits_to_see("#request-pending").await;
    let said = "return document.getElementById('request-delivered').textContent === ''";
    case.person.waits_for(said).await;
}

#[apply(in_every_engine)]
async fn removed_and_then_reloaded_it_is_not_there_any_more(engine: Engine) {
    let case = Case::ready(engine, Without::Nothing).await;
    case.line.always(Fate::later(503, 600));
    case.sends().await;
    case.waits_to_be_told("cannot take requests at the moment").await;
    removes(&case).await;
    let posted = case.line.posted().len();
    case.visits_again().await;
    assert!(!case.person.is_shown("#request-pending").await);
    assert_eq!(case.line.posted().len(), posted);
    case.line.always(Fate::Passes);
    case.sends().await;
    case.person.waits_to_see("#request-sent").await;
    assert_eq!(case.clinic.requests().len(), 1);
}
