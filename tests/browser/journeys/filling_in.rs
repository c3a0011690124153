//! Filling in the appointment request: by a browser, before the program, with slips, by touch.

use fantoccini::key::Key;
use rstest_reuse::apply;
use serde_json::json;

use crate::harness::clinic::Clinic;
use crate::harness::engine::{Engine, in_every_engine, with_devtools};
use crate::harness::line::Line;
use crate::harness::person::Person;
use crate::harness::request::fill_in;

/// Fills in what is needed without an event.
const FILL_IN_SILENTLY: &str = include_str!("../scripts/fill_in_silently.js");

async fn at_the_form(engine: Engine, clinic: &Clinic) -> Person {
    let person = Person::arrives(engine).await;
    person.opens(&clinic.address("/#appointment-request")).await;
    person.waits_for_program().await;
    person
}

#[apply(in_every_engine)]
async fn what_a_browser_fills_in_is_read(engine: Engine) {
    let clinic = Clinic::open().await;
    let person = at_the_form(engine, &clinic).await;
    person.calls(FILL_IN_SILENTLY, &json!([])).await;
    person.follows("#request-form button[type=submit]").await;
    person.waits_for_focus("request-check-heading").await;
    assert_eq!(person.sees("#request-row-name-value").await, "Ada Test");
    assert_eq!(person.sees("#request-row-phone-value").await, "972 555 0123");
    assert_eq!(person.sees("#request-row-email-value").await, "ada@example.com");
    // The fields have the names by which a browser knows their values.
    let known = person
        .runs("return ['name', 'phone', 'email'].map((it) => document.getElementById(`request-${it}`).autocomplete)")
        .await;
    assert_eq!(known, json!(["name", "tel", "email"]));
}

#[apply(in_every_engine)]
async fn what_was_typed_before_the_program_came_stays(engine: Engine) {
    let clinic = Clinic::open().await;
    let line = Line::to(clinic.port()).await;
    let person = Person::arrives(engine).await;
    let early = format!(
        "() => addEventListener('DOMContentLoaded', () => {{ \
           window.early = document.documentElement.dataset.app !== 'started'; \
           ({FILL_IN_SILENTLY})() }})"
    );
    line.calls_first(&early, &json!([]));
    person.opens(&line.address("/#appointment-request")).await;
    person.waits_for_program().await;
    assert_eq!(person.runs("return early").await, true);
    person.follows("#request-form button[type=submit]").await;
    person.waits_for_focus("request-check-heading").await;
    assert_eq!(person.sees("#request-row-name-value").await, "Ada Test");
}

#[apply(in_every_engine)]
async fn a_slip_in_the_address_is_offered_a_correction_and_never_changed_unasked(engine: Engine) {
    let clinic = Clinic::open().await;
    let person = at_the_form(engine, &clinic).await;
    person.tabs_to("#request-email").await;
    person.types("ada@gmial.com").await;
    person.presses(Key::Tab).await;
    person.waits_to_see("#request-suggestion").await;
    assert_eq!(person.sees("#request-suggestion-text").await, "Did you mean ada@gmail.com?");
    let announced =
        person.reads("return document.getElementById('request-suggestion-text').role").await;
    assert_eq!(announced, "status");
    person.meets_no_barrier("a suggestion", "#request-fill-in").await;
    let value = "return document.getElementById('request-email').value";
    assert_eq!(person.reads(value).await, "ada@gmial.com");
    person.follows("[data-action=take-suggestion]").await;
    person.waits_for_focus("request-email").await;
    assert_eq!(person.reads(value).await, "ada@gmail.com");
    assert!(!person.is_shown("#request-suggestion").await);
}

#[apply(in_every_engine)]
async fn a_slip_in_the_field_changed_last_is_shown_before_it_is_sent(engine: Engine) {
    let clinic = Clinic::open().await;
    for by_mouse in [false, true] {
        let person = at_the_form(engine, &clinic).await;
        person.calls(FILL_IN_SILENTLY, &json!([])).await;
        person.runs("document.getElementById('request-email').value = ''").await;
        person.tabs_to("#request-email").await;
        person.types("ada@gmial.com").await;
        if by_mouse {
            person.clicks("#request-form button[type=submit]").await;
        } else {
            person.presses(Key::Enter).await;
        }
        person.waits_to_see("#request-suggestion").await;
        person.waits_for_focus("request-email").await;
        assert_eq!(person.sees("#request-suggestion-text").await, "Did you mean ada@gmail.com?");
        assert!(!person.is_shown("#request-check").await);
        // It may be right all the same, and is not asked twice.
        person.presses(Key::Enter).await;
        person.waits_for_focus("request-check-heading").await;
        assert_eq!(person.sees("#request-row-email-value").await, "ada@gmial.com");
    }
}

#[apply(in_every_engine)]
async fn characters_are_counted_at_every_key_and_announced_seldom(engine: Engine) {
    let clinic = Clinic::open().await;
    let person = at_the_form(engine, &clinic).await;
    let said = "return document.getElementById('request-message-count-status').textContent";
    // Every text that is announced.
    person
        .runs(
            "window.said = []; new MutationObserver(() => said.push( \
               document.getElementById('request-message-count-status').textContent)) \
               .observe(document.getElementById('request-message-count-status'), { childList: true })",
        )
        .await;
    person.tabs_to("#request-message").await;
    person.types("Light hurts.").await;
    assert_eq!(person.sees("#request-message-count").await, "Characters left: 988");
    person.runs("document.activeElement.value = 'x'.repeat(990)").await;
    person.types("yyyy").await;
    assert_eq!(person.sees("#request-message-count").await, "Characters left: 6");
    person.waits_for(&format!("{said} === 'Characters left: 6'")).await;
    person.types("zzzzzzz").await;
    person.waits_for(&format!("{said} === 'Characters too many: 1'")).await;
    let all = person.runs("return said.filter((it) => it !== '')").await;
    let all = all.as_array().expect("a list").len();
    assert!(all <= 4, "announced {all} times for eleven keys");
}

/// A preferred time stands open, though it is optional; the rest of what is optional is folded.
#[apply(in_every_engine)]
async fn on_a_desktop_who_and_when_fit_on_one_screen(engine: Engine) {
    let clinic = Clinic::open().await;
    let person = at_the_form(engine, &clinic).await;
    person.has_screen(1440, 900).await;
    let heights = person
        .runs(
            "const box = (it) => document.querySelector(it).getBoundingClientRect(); \
             const form = box('#request-form'); \
             return [box('.preferred').bottom - form.top, form.height]",
        )
        .await;
    let [who_and_when, all] = [0, 1].map(|nth| heights[nth].as_f64().expect("a number"));
    assert!(who_and_when > 300.0 && who_and_when <= 900.0, "{who_and_when} pixels");
    assert!(all <= 1.4 * 900.0, "{all} pixels");
}

#[apply(in_every_engine)]
async fn what_is_folded_unfolds_for_a_mistake_and_for_a_change(engine: Engine) {
    let clinic = Clinic::open().await;
    let person = at_the_form(engine, &clinic).await;
    fill_in(&person).await;
    person.runs("document.querySelector('[name=coverage][value=insurance]').checked = true").await;
    person.runs("document.getElementById('request-date-of-birth').value = '2999-01-01'").await;
    person.runs("document.getElementById('request-form').requestSubmit()").await;
    person.waits_for_focus("request-errors-heading").await;
    assert!(person.is_shown("#request-date-of-birth-error").await);
    person.follows("#request-errors a[href='#request-date-of-birth']").await;
    person.waits_for_focus("request-date-of-birth").await;
    person.runs("document.activeElement.value = ''").await;
    person.runs("document.getElementById('request-form').requestSubmit()").await;
    person.waits_for_focus("request-check-heading").await;
    person.follows("[data-action='change coverage']").await;
    person.waits_for_focus("request-coverage").await;
}

/// Only DevTools play a phone.
#[apply(with_devtools)]
async fn by_touch_on_a_phone_in_every_theme(engine: Engine) {
    let clinic = Clinic::open().await;
    for (nth, theme) in ["light", "dark", "calm"].into_iter().enumerate() {
        let person = Person::arrives(engine).await;
        person.is_a_phone(360, 780).await;
        person.watches("(theme) => localStorage.setItem('theme', theme)", &json!([theme])).await;
        person.opens(&clinic.address("/#appointment-request")).await;
        person.waits_for_program().await;
        assert_eq!(person.reads("return document.documentElement.dataset.theme").await, theme);
        let at = |screen: &str| format!("{screen}, theme {theme}");

        person.touches("#request-form button[type=submit]").await;
        person.waits_for_focus("request-errors-heading").await;
        person.meets_no_barrier(&at("the error summary"), "#request-fill-in").await;
        person.touches("#request-errors a[href='#request-name']").await;
        person.waits_for_focus("request-name").await;
        person.types("Ada Test").await;
        person.touches("#request-email").await;
        person.types("ada@example.com").await;
        person.touches("label[for=request-contact-by-email]").await;
        person.touches("label[for=request-days-tue]").await;
        person.touches("#request-consent-field label").await;
        person.meets_no_barrier(&at("the form"), "#request-fill-in").await;
        let wide = "return document.documentElement.scrollWidth <= innerWidth";
        assert_eq!(person.runs(wide).await, true, "nothing sticks out");
        person.touches("#request-form button[type=submit]").await;
        person.waits_for_focus("request-check-heading").await;
        person.meets_no_barrier(&at("check your request"), "#request-check").await;
        person.touches("#request-send").await;
        person.waits_for_focus("request-sent-heading").await;
        person.meets_no_barrier(&at("the confirmation"), "#request-sent").await;
        let requests = clinic.requests();
        assert_eq!(requests.len(), nth + 1);
        assert_eq!(requests[nth]["preferred"]["days"], json!(["tue"]));
    }
}

#[apply(in_every_engine)]
async fn a_line_of_text_with_an_error_looked_like_any_other(engine: Engine) {
    let clinic = Clinic::open().await;
    let person = at_the_form(engine, &clinic).await;
    person.follows("#request-form button[type=submit]").await;
    person.waits_for_focus("request-errors-heading").await;
    let border = |of: &str| {
        format!("return getComputedStyle(document.querySelector('{of}')).borderInlineStartColor")
    };
    // The rule beside the field is in the color of errors.
    let wrong = person.reads(&border("#request-name-field")).await;
    // Colors change within a moment.
    let same = format!(
        "return ['name-field', 'name'].map((it) => getComputedStyle(document.getElementById( \
           'request-' + it)).borderInlineStartColor).every((it) => it === '{wrong}')"
    );
    person.waits_for(&same).await;
    assert_ne!(person.reads(&border("#request-message")).await, wrong);
}

#[apply(in_every_engine)]
async fn the_first_day_to_prefer_is_the_clinics_with_and_without_temporal(engine: Engine) {
    let clinic = Clinic::open().await;
    for first in ["() => {}", "() => delete window.Temporal", "() => { window.Temporal = {} }"] {
        let line = Line::to(clinic.port()).await;
        line.calls_first(first, &json!([]));
        let person = Person::arrives(engine).await;
        person.opens(&line.address("/#appointment-request")).await;
        person.waits_for_program().await;
        // Around midnight in Texas, in winter and in summer.
        for (moment, day) in [
            ("2026-12-01T05:59:59Z", "2026-11-30"),
            ("2026-12-01T06:00:00Z", "2026-12-01"),
            ("2027-07-01T04:59:59Z", "2027-06-30"),
            ("2027-07-01T05:00:00Z", "2027-07-01"),
        ] {
            let reads_clock = "dispatchEvent(new Event('online'))";
            person
                .runs(&format!("window.Date.now = () => Date.parse('{moment}'); {reads_clock}"))
                .await;
            let earliest = "document.getElementById('request-earliest').min";
            person.waits_for(&format!("return {earliest} === '{day}'")).await;
        }
    }
}
