//! On the narrowest screen (320 CSS pixels: a desktop of 1280 at 400 %), with the largest text and
//! with wider spacing, nothing is cut and nothing scrolls sideways (WCAG 1.4.10 and 1.4.12).

use fantoccini::key::Key;
use rstest_reuse::apply;
use serde_json::json;

use crate::harness::answers::{Given, answer, index_of, with};
use crate::harness::clinic::Clinic;
use crate::harness::engine::{Engine, in_every_engine};
use crate::harness::person::Person;

/// Elements that do not fit.
const CUT_OFF: &str = include_str!("../scripts/cut_off.js");
/// What hides the focus.
const HIDDEN_FOCUS: &str = include_str!("../scripts/hidden_focus.js");
/// The size of the smallest word in a drawing, as it is shown.
const SMALLEST: &str = "return Math.min(...[...document.querySelectorAll('figure svg text')].map((it) => \
    parseFloat(getComputedStyle(it).fontSize) * it.getScreenCTM().a))";

#[apply(in_every_engine)]
async fn nothing_is_cut_on_the_narrowest_screen(engine: Engine) {
    let clinic = Clinic::open().await;
    let person = Person::arrives(engine).await;
    for path in ["/", "/articles/what-ketamine-is/", "/not-here"] {
        person.has_screen(320, 256).await;
        person.opens(&clinic.address(path)).await;
        if path == "/" {
            person.waits_for_program().await;
            let smallest = person.runs(SMALLEST).await.as_f64().expect("a size");
            assert!(smallest >= 14.0, "words in a drawing are {smallest} px");
        }
        person.calls(include_str!("../scripts/show_all_screens.js"), &json!([])).await;
        assert_eq!(person.calls(CUT_OFF, &json!([])).await, json!([]), "{path}");
        person.runs("document.documentElement.dataset.textSize = '2'").await;
        assert_eq!(
            person.calls(CUT_OFF, &json!([])).await,
            json!([]),
            "{path} in the largest text"
        );
        person.runs("delete document.documentElement.dataset.textSize").await;
        person.calls(include_str!("../scripts/widen_spacing.js"), &json!([])).await;
        let spaced = "return getComputedStyle(document.body).letterSpacing !== 'normal'";
        assert_eq!(person.runs(spaced).await, json!(true));
        assert_eq!(person.calls(CUT_OFF, &json!([])).await, json!([]), "{path} with wider spacing");
        person.runs("document.documentElement.dataset.textSize = '2'").await;
        assert_eq!(
            person.calls(CUT_OFF, &json!([])).await,
            json!([]),
            "{path} in the largest text with wider spacing"
        );
    }
    // An element that is too wide is found.
    person.runs("document.querySelector('h1').style.inlineSize = '400px'").await;
    assert_ne!(person.calls(CUT_OFF, &json!([])).await, json!([]));
}

#[apply(in_every_engine)]
async fn the_display_menu_stays_on_the_narrowest_screen(engine: Engine) {
    let clinic = Clinic::open().await;
    let person = Person::arrives(engine).await;
    person.has_screen(320, 256).await;
    for size in ["", "1", "2"] {
        for wider in [false, true] {
            person.opens(&clinic.address("/")).await;
            person
                .runs(&format!(
                    "document.documentElement.dataset.textSize = '{size}'; \
                     document.querySelector('.display').open = true"
                ))
                .await;
            if wider {
                person.calls(include_str!("../scripts/widen_spacing.js"), &json!([])).await;
            }
            let sides = "const { left, right, height } = document.querySelector('.display-menu').getBoundingClientRect(); \
                return [left >= 0, right <= document.documentElement.clientWidth, height > 150]";
            assert_eq!(person.runs(sides).await, json!([true, true, true]), "{size} {wider}");
            assert_eq!(person.calls(CUT_OFF, &json!([])).await, json!([]), "{size} {wider}");
        }
    }
}

/// Goes by Tab through all controls of the question of this index. Each is in view, and nothing hides it.
async fn tabs_through(person: &Person, index: usize) {
    person.waits_for_focus(&format!("assessment-question-{index}-heading")).await;
    let last = format!("#assessment-question-{index} [data-action=clear]");
    let there = format!("return document.activeElement.matches({last:?})");
    while person.runs(&there).await != json!(true) {
        person.presses(Key::Tab).await;
        let focused = person.reads("return document.activeElement.outerHTML.slice(0, 120)").await;
        let hidden = person.calls(HIDDEN_FOCUS, &json!([false])).await;
        assert_eq!(hidden, json!(""), "it hides {focused}");
    }
}

/// WCAG 2.4.11. The bar with Continue, and the crisis note, must not hide what the focus is on.
#[apply(in_every_engine)]
async fn nothing_hides_the_focus_in_a_low_window(engine: Engine) {
    let clinic = Clinic::open().await;
    let person = Person::arrives(engine).await;
    let answers = with(&[("mood", Given::Several(&["cannot-go-on"]))]);
    for (width, height) in [(360, 780), (360, 645), (360, 420), (320, 256)] {
        person.has_screen(width, height).await;
        person.opens(&clinic.address("/")).await;
        person.waits_for_program().await;
        person.follows("[data-action=start]").await;
        for (question, given) in &answers {
            let index = index_of(question);
            if ["red-flags-ever", "mood", "plan"].contains(question) {
                tabs_through(&person, index).await;
                // Around the panel, to the question again.
                person
                    .runs(&format!(
                        "document.getElementById('assessment-question-{index}-heading').focus()"
                    ))
                    .await;
            }
            answer(&person, &[(*question, *given)]).await;
        }
        person.waits_for_focus("assessment-check-heading").await;
    }
    // Something that hides it is found.
    person.tabs_to("#assessment-check [data-action=finish]").await;
    person.runs("document.activeElement.parentElement.style.pointerEvents = 'none'").await;
    assert_ne!(person.calls(HIDDEN_FOCUS, &json!([false])).await, json!(""));
}
