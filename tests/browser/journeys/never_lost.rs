//! Exactly one request arrives, or the patient is told plainly that none did, and what to do: with
//! every failure between Send and the clinic.

use fantoccini::key::Key;
use rstest_reuse::apply;
use serde_json::json;

use crate::harness::engine::{Engine, Without, in_chromium_and_firefox, in_every_engine};
use crate::harness::line::Fate;
use crate::harness::person::ASKS_BEFORE_LEAVING;
use crate::harness::request::{Case, REQUEST};
use crate::harness::wait::until;

/// Long timers take a thirtieth of their time.
const HURRY_TIMERS: &str = include_str!("../scripts/hurry_timers.js");

impl Case {
    async fn waits_for_arrival(&self) {
        self.person.waits_to_see("#request-sent").await;
        assert!(!self.person.is_shown("#request-pending").await);
        self.one_arrived();
        self.nothing_is_kept().await;
    }

    async fn waits_for_delivery(&self) {
        self.person
            .waits_for("return document.getElementById('request-delivered').textContent !== ''")
            .await;
        self.person.waits_for("return document.getElementById('request-pending').hidden").await;
        self.one_arrived();
        self.nothing_is_kept().await;
    }

    async fn announces(&self, words: &str) {
        let said = "return document.querySelector('#request-status[role=status]').textContent";
        self.person.waits_for(&format!("{said} === {words:?}")).await;
    }

    fn one_arrived(&self) {
        let requests = self.clinic.requests();
        assert_eq!(requests.len(), 1, "{requests:#?}");
        assert_eq!(requests[0]["patient"]["name"], "Ada Test");
    }

    fn none_arrived(&self) {
        assert_eq!(self.clinic.requests().len(), 0);
    }
}

#[apply(in_chromium_and_firefox)]
async fn offline_at_send_it_is_kept_and_goes_out_when_back_online(engine: Engine) {
    let case = Case::ready(engine, Without::Nothing).await;
    case.person.is_offline(true).await;
    case.sends().await;
    case.waits_to_be_told("This device is offline.").await;
    assert!(case.person.sees("#request-pending").await.contains("kept on this device, encrypted"));
    assert_eq!(case.kept().await, 1);
    case.none_arrived();
    case.person.is_offline(false).await;
    case.waits_for_arrival().await;
}

#[apply(in_chromium_and_firefox)]
async fn a_database_that_was_deleted_while_the_patient_read_is_made_again(engine: Engine) {
    let case = Case::ready(engine, Without::Nothing).await;
    // As a browser does that clears the data of the site. It waits for every open connection to close.
    case.person
        .runs(
            "indexedDB.deleteDatabase('appointment-requests').onsuccess = () => { window.gone = true }",
        )
        .await;
    case.person.waits_for("return window.gone").await;
    case.person.is_offline(true).await;
    case.sends().await;
    case.waits_to_be_told("This device is offline.").await;
    assert!(case.person.sees("#request-pending").await.contains("kept on this device, encrypted"));
    assert_eq!(case.kept().await, 1);
    case.person.is_offline(false).await;
    case.waits_for_arrival().await;
}

#[apply(in_every_engine)]
async fn cut_off_before_it_arrived_it_is_sent_again(engine: Engine) {
    let case = Case::ready(engine, Without::Nothing).await;
    case.line.expect(&[Fate::LostBefore]);
    case.sends().await;
    case.waits_for_arrival().await;
    assert_same_bytes(&case.line.posted(), 2);
}

#[apply(in_every_engine)]
async fn cut_off_after_it_arrived_it_is_sent_again_and_stored_once(engine: Engine) {
    let case = Case::ready(engine, Without::Nothing).await;
    case.line.expect(&[Fate::LostAfter, Fate::LostAfter]);
    case.sends().await;
    case.waits_for_arrival().await;
    assert_same_bytes(&case.line.posted(), 3);
}

#[apply(in_every_engine)]
async fn without_an_answer_it_waits_and_arrives_once_there_is_one(engine: Engine) {
    let case = Case::ready_after(engine, Without::Nothing, HURRY_TIMERS, &json!([])).await;
    case.line.always(Fate::Hangs);
    case.sends().await;
    case.announces("Sending…").await;
    case.waits_to_be_told("No answer came").await;
    assert!(case.person.sees("#request-pending-heading").await.contains("We do not know"));
    // Reached while nothing passes: sent again by itself, it would be gone.
    case.person.tabs_to("[data-action=send-now]").await;
    case.line.always(Fate::Passes);
    case.person.presses(Key::Enter).await;
    case.waits_for_arrival().await;
}

#[apply(in_every_engine)]
async fn turned_away_by_429_it_waits_as_long_as_it_is_asked_to(engine: Engine) {
    let case = Case::ready_after(engine, Without::Nothing, HURRY_TIMERS, &json!([])).await;
    case.line.always(Fate::later(429, 300));
    case.sends().await;
    case.waits_to_be_told("cannot take requests at the moment").await;
    assert!(case.person.sees("#request-pending-heading").await.contains("has not arrived yet"));
    case.line.always(Fate::Passes);
    case.waits_for_arrival().await;
    // After each try at least the five minutes that were asked for, at most a second more.
    let pauses =
        case.person.runs("return pauses.filter((it) => it >= 300000 && it <= 301000)").await;
    let turned_away = case.line.posted().len() - 1;
    assert_eq!(pauses.as_array().expect("a list").len(), turned_away, "{pauses}");
}

#[apply(in_every_engine)]
async fn through_a_minute_of_503_it_goes_on_trying_by_itself(engine: Engine) {
    let case = Case::ready_after(engine, Without::Nothing, HURRY_TIMERS, &json!([])).await;
    case.line.always(Fate::later(503, 5));
    case.sends().await;
    case.waits_to_be_told("cannot take requests at the moment").await;
    // A minute of 503 with five seconds between two tries.
    until("twelve tries", async || (case.line.posted().len() >= 12).then_some(())).await;
    case.none_arrived();
    // A patient who reads on meanwhile is told, and the focus stays.
    case.person.runs("document.querySelector('.brand').focus()").await;
    case.line.always(Fate::Passes);
    case.waits_for_arrival().await;
    case.announces("Your request has arrived").await;
    assert!(case.person.has(".brand:focus").await);
    let posted = case.line.posted();
    assert_same_bytes(&posted, posted.len());
}

#[apply(in_every_engine)]
async fn pressed_twice_it_is_sent_once(engine: Engine) {
    let case = Case::ready(engine, Without::Nothing).await;
    case.person
        .runs("const send = document.getElementById('request-send'); send.click(); send.click()")
        .await;
    case.waits_for_arrival().await;
    assert_eq!(case.line.posted().len(), 1);
}

#[apply(in_every_engine)]
async fn two_tabs_send_what_waits_and_it_is_stored_once(engine: Engine) {
    let case = Case::ready_after(engine, Without::Nothing, HURRY_TIMERS, &json!([])).await;
    case.waits_in_two_tabs(Fate::status(503)).await;
    // Both send it now. Reached while nothing passes: sent again by itself, it would be gone.
    case.person.tabs_to("[data-action=send-now]").await;
    case.line.always(Fate::Passes);
    case.person.presses(Key::Enter).await;
    case.waits_for_delivery().await;
    case.person.goes_to_the_first_tab().await;
    // Where it has not been told yet that there is nothing left to send.
    case.person.runs("document.querySelector('[data-action=send-now]')?.click()").await;
    case.waits_for_arrival().await;
}

#[apply(in_every_engine)]
async fn what_another_tab_sent_vanished_and_nothing_was_said(engine: Engine) {
    let case = Case::ready_after(engine, Without::Nothing, HURRY_TIMERS, &json!([])).await;
    case.waits_in_two_tabs(Fate::status(503)).await;
    case.person.goes_to_the_first_tab().await;
    case.line.always(Fate::Passes);
    // By itself, or when asked, from either tab.
    case.person.runs("document.querySelector('[data-action=send-now]')?.click()").await;
    case.waits_for_arrival().await;
    case.person.goes_to_the_last_tab().await;
    case.waits_for_delivery().await;
}

#[apply(in_chromium_and_firefox)]
async fn what_a_closed_tab_left_waited_until_a_page_was_loaded_anew(engine: Engine) {
    let case = Case::ready(engine, Without::Nothing).await;
    case.person.opens_a_tab().await;
    case.opens().await;
    case.person.goes_to_the_first_tab().await;
    case.line.always(Fate::later(503, 600));
    case.sends().await;
    case.waits_to_be_told("cannot take requests at the moment").await;
    case.line.always(Fate::Passes);
    case.person.closes_the_tab().await;
    case.waits_for_delivery().await;
}

#[apply(in_every_engine)]
async fn reloaded_while_it_is_sent_it_arrives_all_the_same(engine: Engine) {
    let case = Case::ready_after(engine, Without::Nothing, HURRY_TIMERS, &json!([])).await;
    case.line.always(Fate::Hangs);
    case.sends().await;
    until("it to be on its way", async || (case.line.posted().len() == 1).then_some(())).await;
    case.person.reloads().await;
    case.person.waits_for_program().await;
    case.person.waits_to_see("#request-pending").await;
    case.person.meets_no_barrier_in_any_theme("a request of an earlier visit", REQUEST).await;
    case.none_arrived();
    // Reached while nothing passes: sent again by itself, it would be gone.
    case.person.tabs_to("[data-action=send-now]").await;
    case.line.always(Fate::Passes);
    case.person.presses(Key::Enter).await;
    case.waits_for_delivery().await;
    let delivered = case.person.sees("#request-delivered").await;
    assert!(delivered.contains("has arrived"), "{delivered}");
}

#[apply(in_every_engine)]
async fn with_a_clock_that_is_wrong_by_a_day_it_arrives(engine: Engine) {
    for days in [-1, 1] {
        let clock = include_str!("../scripts/wrong_clock.js");
        let case = Case::ready_after(engine, Without::Nothing, clock, &json!([days])).await;
        case.sends().await;
        case.waits_for_arrival().await;
    }
}

#[apply(in_chromium_and_firefox)]
async fn where_nothing_can_be_stored_it_arrives_or_says_that_the_page_must_stay_open(
    engine: Engine,
) {
    let case = Case::ready(engine, Without::Storage).await;
    let stores = "const done = arguments[0]; try { \
        const opening = indexedDB.open('anything'); opening.onsuccess = () => done(true); \
        opening.onerror = () => done(false) } catch { done(false) }";
    assert_eq!(case.person.runs_async(stores).await, false, "nothing can be stored here");
    case.line.always(Fate::LostBefore);
    case.sends().await;
    case.waits_to_be_told("does not let the page keep it").await;
    case.none_arrived();
    assert_eq!(case.person.runs(ASKS_BEFORE_LEAVING).await, true, "it asks before it is left");
    case.line.always(Fate::Passes);
    case.person.waits_to_see("#request-sent").await;
    case.one_arrived();
    assert_eq!(case.person.runs(ASKS_BEFORE_LEAVING).await, false, "then it does not ask any more");
}

#[apply(in_every_engine)]
async fn where_storage_is_full_it_arrives_or_says_that_the_page_must_stay_open(engine: Engine) {
    let full = include_str!("../scripts/full_storage.js");
    let case = Case::ready(engine, Without::Nothing).await;
    case.person.calls(full, &json!([])).await;
    case.line.always(Fate::LostBefore);
    case.sends().await;
    case.waits_to_be_told("does not let the page keep it").await;
    assert_eq!(case.kept().await, 0);
    case.none_arrived();
    case.line.always(Fate::Passes);
    case.person.waits_to_see("#request-sent").await;
    case.one_arrived();

    // Where nothing fails on the way, nobody notices.
    case.visits_again().await;
    case.person.calls(full, &json!([])).await;
    case.sends().await;
    case.person.waits_for_focus("request-sent-heading").await;
    assert_eq!(case.clinic.requests().len(), 2);
}

#[apply(in_every_engine)]
async fn what_waits_can_be_removed_and_the_form_is_as_it_was(engine: Engine) {
    let case = Case::ready(engine, Without::Nothing).await;
    case.line.always(Fate::status(503));
    case.sends().await;
    case.waits_to_be_told("cannot take requests at the moment").await;
    case.person.follows("#request-pending summary").await;
    case.person.follows("[data-action=remove]").await;
    case.person.waits_for_focus("request-name").await;
    assert_eq!(case.person.reads("return document.activeElement.value").await, "Ada Test");
    case.nothing_is_kept().await;

    // Changed and sent, it is another request, and the only one.
    case.person.presses(Key::End).await;
    case.person.types("!").await;
    case.line.always(Fate::Passes);
    case.person.follows("#request-form button[type=submit]").await;
    case.person.waits_for_focus("request-check-heading").await;
    case.sends().await;
    case.person.waits_to_see("#request-sent").await;
    let requests = case.clinic.requests();
    assert_eq!(requests.len(), 1, "{requests:#?}");
    assert_eq!(requests[0]["patient"]["name"], "Ada Test!");
}

#[track_caller]
fn assert_same_bytes(posted: &[String], times: usize) {
    assert_eq!(posted.len(), times);
    let body = |request: &String| request.split_once("\r\n\r\n").map(|(_, body)| body.to_owned());
    assert!(posted.iter().all(|request| body(request) == body(&posted[0])));
}

#[apply(in_every_engine)]
async fn what_is_stored_was_not_yet_on_the_disk_when_the_page_said_so(engine: Engine) {
    let case = Case::ready_after(
        engine,
        Without::Nothing,
        include_str!("../scripts/durability.js"),
        &json!([]),
    )
    .await;
    case.line.always(Fate::later(503, 600));
    case.sends().await;
    case.waits_to_be_told("cannot take requests at the moment").await;
    case.person.follows("#request-pending summary").await;
    case.person.follows("[data-action=remove]").await;
    case.nothing_is_kept().await;
    let written = case.person.runs("return [...new Set(written)]").await;
    assert_eq!(written, json!(["strict"]));
}
