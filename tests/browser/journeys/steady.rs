//! Nothing on the page moves by itself: not while it loads, not when the program starts, not while
//! one reads. In Chromium alone: no other engine tells what moved.

use rstest_reuse::apply;
use serde_json::json;

use crate::harness::clinic::Clinic;
use crate::harness::engine::{Engine, with_devtools};
use crate::harness::line::{Fate, Line};
use crate::harness::person::{Person, WITHOUT_LONG_TIMERS};
use crate::harness::wait::until;

#[apply(with_devtools)]
async fn nothing_moves_while_a_page_loads_and_is_read(engine: Engine) {
    let clinic = Clinic::open().await;
    let person = Person::arrives(engine).await;
    person.watches(include_str!("../scripts/layout_shifts.js"), &json!([])).await;
    for (width, height) in [(360, 780), (1280, 900)] {
        person.has_screen(width, height).await;
        for path in ["/", "/#studies", "/#appointment-request", "/articles/what-ketamine-is/"] {
            // Not from one place of the page to another: each is loaded.
            person.opens("about:blank").await;
            person.opens(&clinic.address(path)).await;
            person.waits_for_program().await;
            person.calls(include_str!("../scripts/read_to_the_end.js"), &json!([])).await;
            let moved = person.runs("return moved").await;
            assert_eq!(moved, json!([]), "{path} at {width} pixels");
        }
    }
    // A shift made on purpose is seen.
    person
        .runs("scrollTo(0, 0); document.querySelector('.opening').style.marginBlockStart = '99px'")
        .await;
    person.waits_for("return moved.length > 0").await;
}

/// Of the Display menu, its element had come, and its button not yet: the browser showed a button of its own there.
#[apply(with_devtools)]
async fn a_page_that_came_in_two_parts_moved_its_header(engine: Engine) {
    let clinic = Clinic::open().await;
    let line = Line::to(clinic.port()).await;
    line.serves("/?", Fate::PausesAfter("<details class=\"display\">"));
    let person = Person::arrives(engine).await;
    person.watches(include_str!("../scripts/layout_shifts.js"), &json!([])).await;
    person.watches(include_str!("../scripts/ask_when_painted.js"), &json!(["details"])).await;
    let address = line.address("/?two-parts");
    let painted = async {
        let asked = async || line.requests().iter().any(|it| it.contains("/painted")).then_some(());
        until("the first part is painted", asked).await;
        line.release();
    };
    tokio::join!(person.opens(&address), painted);
    person.waits_for_program().await;
    assert_eq!(person.runs("return moved").await, json!([]));
}

/// Notes whether the form was displayed when the browser had read the page.
const NOTES_THE_FORM: &str = "() => addEventListener('DOMContentLoaded', () => { \
    window.wasDisplayed = document.getElementById('request-form').checkVisibility() })";

/// Chrome lays out every form that is displayed at that moment, to see what it could fill in.
#[apply(with_devtools)]
async fn a_form_far_below_was_laid_out_as_soon_as_the_page_was_read(engine: Engine) {
    let clinic = Clinic::open().await;
    let line = Line::to(clinic.port()).await;
    line.calls_first(NOTES_THE_FORM, &json!([]));
    let person = Person::arrives(engine).await;
    for (width, path, displayed) in
        [(360, "/", false), (360, "/#appointment-request", true), (1280, "/", true)]
    {
        person.has_screen(width, 780).await;
        person.opens("about:blank").await;
        person.opens(&line.address(path)).await;
        let noted = person.runs("return wasDisplayed").await;
        assert_eq!(noted, displayed, "{path} at {width} pixels");
        person.waits_for("return document.getElementById('request-form').checkVisibility()").await;
    }
    // Read again, the page is shown where it was.
    person.has_screen(360, 780).await;
    person.opens(&line.address("/?again")).await;
    assert_eq!(person.runs("return wasDisplayed").await, false);
    person.reloads().await;
    assert_eq!(person.runs("return wasDisplayed").await, true);
}

/// A patient scrolls, or stops the page, or waits.
#[apply(with_devtools)]
async fn the_form_does_not_wait_for_the_rest_of_a_page_that_is_long_in_coming(engine: Engine) {
    for (waits, does) in [(false, "scrollBy(0, 9)"), (false, "stop()"), (true, "")] {
        let clinic = Clinic::open().await;
        let line = Line::to(clinic.port()).await;
        line.serves("/?", Fate::PausesAfter("<footer"));
        let person = Person::arrives(engine).await;
        person.has_screen(360, 780).await;
        // Once the form has come; then it asks for "/displayed" once that is so.
        let acts = format!(
            "() => {{ let acted; const look = () => {{ \
               const form = document.getElementById('request-form'); \
               if (form?.checkVisibility()) fetch('/displayed'); else requestAnimationFrame(look); \
               if (form && !acted) {{ acted = true; {does} }} }}; look() }}"
        );
        person.watches(&acts, &json!([])).await;
        if !waits {
            person.watches(WITHOUT_LONG_TIMERS, &json!([])).await;
        }
        let address = line.address("/?in-two-parts");
        let displayed = async {
            let asked =
                async || line.requests().iter().any(|it| it.contains("/displayed")).then_some(());
            until("the form is displayed", asked).await;
            line.release();
        };
        tokio::join!(person.opens(&address), displayed);
    }
}
