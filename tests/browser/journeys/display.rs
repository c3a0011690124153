//! The Display settings, and the way back to the quick links.

use fantoccini::key::Key;
use rstest_reuse::apply;
use serde_json::json;

use crate::harness::clinic::Clinic;
use crate::harness::engine::{Engine, Without, in_chromium_and_firefox, in_every_engine};
use crate::harness::person::Person;

/// The choices kept on the device, as JSON with sorted keys.
const KEPT: &str = "return JSON.stringify(Object.fromEntries(Object.entries(localStorage).sort()))";
/// Theme and size as the page wears them.
const WORN: &str = "const { theme, textSize } = document.documentElement.dataset; \
    return [theme ?? '', textSize ?? ''].join(' ')";
/// The part of the article that is read, by the bar above the quick links.
const READ: &str = "new DOMMatrix(getComputedStyle( \
    document.querySelector('.reading-progress'), '::before').transform).a";
const IS_CLOSED: &str = "return !document.querySelector('.display').open";

#[apply(in_chromium_and_firefox)]
async fn where_nothing_can_be_stored_a_choice_lasts_until_the_page_is_left(engine: Engine) {
    let clinic = Clinic::open().await;
    let person = Person::arrives_without(engine, Without::Storage).await;
    person.opens(&clinic.address("/")).await;
    let denied = "try { return localStorage.length === -1 } catch { return true }";
    assert_eq!(person.runs(denied).await, true, "nothing can be stored here");
    person.follows(".display summary").await;
    person.picks("theme", "calm").await;
    assert_eq!(person.reads(WORN).await, "calm ");
    person.waits_for_program().await;
    person.reloads().await;
    assert_eq!(person.reads(WORN).await, " ");
}

#[apply(in_every_engine)]
async fn what_was_chosen_is_there_after_a_reload_before_the_first_paint(engine: Engine) {
    let clinic = Clinic::open().await;
    let person = Person::arrives(engine).await;
    person.opens(&clinic.address("/")).await;
    assert_eq!(person.reads(KEPT).await, "{}", "nothing is kept unless one chooses");
    person.follows(".display summary").await;
    person.picks("theme", "calm").await;
    person.picks("text-size", "2").await;
    assert_eq!(person.reads(WORN).await, "calm 2");

    // On another page, too.
    for path in ["/", "/articles/what-ketamine-is/"] {
        person.opens(&clinic.address(path)).await;
        assert_eq!(person.reads(WORN).await, "calm 2");
        // It stands in the page, above the style, and the first paint waits for nothing else.
        person
            .waits_for("return performance.getEntriesByName('first-contentful-paint').length > 0")
            .await;
        let early =
            person.calls(include_str!("../scripts/display_before_paint.js"), &json!([])).await;
        assert_eq!(early, json!([true, []]));
        let shifts = person
            .runs(
                "const seen = new PerformanceObserver(() => {}); \
                 seen.observe({ type: 'layout-shift', buffered: true }); \
                 return seen.takeRecords().length",
            )
            .await;
        assert_eq!(shifts, json!(0));
        let checked = "return [...document.querySelectorAll('.display :checked')].map((it) => it.value).join(' ')";
        assert_eq!(person.reads(checked).await, "calm 2");
    }
    assert_eq!(person.reads(KEPT).await, r#"{"text-size":"2","theme":"calm"}"#);
    assert_eq!(person.reads("return document.cookie").await, "");

    // Back to what the system asks for, nothing is kept.
    person.follows(".display summary").await;
    person.picks("theme", "").await;
    person.picks("text-size", "").await;
    assert_eq!(person.reads(WORN).await, " ");
    assert_eq!(person.reads(KEPT).await, "{}");
}

#[apply(in_every_engine)]
async fn the_menu_has_no_barrier_in_any_theme(engine: Engine) {
    let clinic = Clinic::open().await;
    let person = Person::arrives(engine).await;
    person.opens(&clinic.address("/")).await;
    person.follows(".display summary").await;
    person.meets_no_barrier("the menu", "header").await;
    for theme in ["light", "dark", "calm", ""] {
        person.picks("theme", theme).await;
        person.waits_for("return document.getAnimations().length <= 1").await;
        person.has_contrast(&format!("the menu in the theme {theme:?}")).await;
        let bar = person
            .runs(
                "const shown = [...document.querySelectorAll('meta[name=theme-color]')] \
                   .filter((it) => matchMedia(it.media).matches); \
                 const page = getComputedStyle(document.documentElement) \
                   .getPropertyValue('--page').trim(); \
                 return shown.length === 1 && shown[0].content === page",
            )
            .await;
        assert_eq!(bar, json!(true), "the bar of the browser in the theme {theme:?}");
    }
}

#[apply(in_every_engine)]
async fn the_menu_closes_by_escape_and_by_going_elsewhere(engine: Engine) {
    let clinic = Clinic::open().await;
    let person = Person::arrives(engine).await;
    person.opens(&clinic.address("/")).await;
    person.follows(".display summary").await;
    person.tabs_to("#display-theme-own").await;
    person.presses(Key::Escape).await;
    person.waits_for(IS_CLOSED).await;
    assert_eq!(person.reads("return document.activeElement.localName").await, "summary");

    person.presses(Key::Enter).await;
    person.waits_for("return document.querySelector('.display').open").await;
    person.tabs_to(".actions a").await;
    person.waits_for(IS_CLOSED).await;

    person.follows(".display summary").await;
    person.waits_for("return document.querySelector('.display').open").await;
    person.runs("document.querySelector('h1').click()").await;
    person.waits_for(IS_CLOSED).await;
}

#[apply(in_every_engine)]
async fn on_a_phone_contents_leads_to_the_quick_links_even_without_script(engine: Engine) {
    let clinic = Clinic::open().await;
    for &without in engine.with_and_without_script() {
        let person = Person::arrives_without(engine, without).await;
        person.has_window(500, 800).await;
        person.opens(&clinic.address("/#studies")).await;
        assert!(person.is_shown(".contents a").await);
        assert!(!person.is_shown(".quick-links li a").await, "they are folded");
        assert_eq!(person.is_shown(".display").await, without == Without::Nothing);
        person.clicks(".contents a").await;
        person.waits_to_see(".quick-links li a").await;
    }
}

#[apply(in_every_engine)]
async fn in_a_wide_window_the_quick_links_are_always_there(engine: Engine) {
    let clinic = Clinic::open().await;
    for &without in engine.with_and_without_script() {
        let person = Person::arrives_without(engine, without).await;
        person.opens(&clinic.address("/")).await;
        // WebDriver takes everything in closed details for hidden; the browser knows better.
        let shown = "return document.querySelector('.quick-links li a').checkVisibility()";
        assert_eq!(person.runs(shown).await, json!(true));
        assert!(!person.is_shown(".quick-links summary").await, "there is nothing to unfold");
        assert!(!person.is_shown(".contents a").await);
        // Where no animation follows the scrolling, there is no bar.
        let follows = "return CSS.supports('animation-timeline', 'scroll()')";
        if person.runs(follows).await != json!(true) {
            assert!(!person.is_shown(".reading-progress").await);
            continue;
        }
        // Reading has not begun; at the end it is done.
        person.waits_for(&format!("return {READ} === 0")).await;
        person.runs("scrollTo(0, document.body.scrollHeight)").await;
        person.waits_for(&format!("return {READ} === 1")).await;
    }
}
