//! What a reader asks the system for: less motion, and the system's own colors.

use rstest_reuse::apply;
use serde_json::json;

use crate::harness::clinic::Clinic;
use crate::harness::engine::{Engine, Without, in_chromium_and_firefox, in_every_engine};
use crate::harness::person::Person;

/// Elements that move, or change by and by.
const MOVING: &str = include_str!("../scripts/moving.js");
/// What cannot be told apart in the system's colors.
const NOT_TOLD: &str = include_str!("../scripts/not_told_apart.js");

#[apply(in_every_engine)]
async fn where_less_motion_is_asked_for_nothing_moves(engine: Engine) {
    let clinic = Clinic::open().await;
    let person = Person::arrives_without(engine, Without::Motion).await;
    let asked = "return matchMedia('(prefers-reduced-motion: reduce)').matches";
    for path in ["/", "/articles/what-ketamine-is/", "/compare/", "/diary/"] {
        person.opens(&clinic.address(path)).await;
        person.waits_for_program().await;
        assert_eq!(person.runs(asked).await, json!(true));
        person.calls(include_str!("../scripts/show_all_screens.js"), &json!([])).await;
        assert_eq!(person.calls(MOVING, &json!([])).await, json!([]), "{path}");
    }
    // Where nobody asks for it, some do.
    let another = Person::arrives(engine).await;
    another.opens(&clinic.address("/")).await;
    assert_eq!(another.runs(asked).await, json!(false));
    assert_ne!(another.calls(MOVING, &json!([])).await, json!([]));
}

#[apply(in_chromium_and_firefox)]
async fn in_the_systems_colors_everything_can_be_told_apart(engine: Engine) {
    let clinic = Clinic::open().await;
    let person = Person::arrives(engine).await;
    for path in ["/", "/articles/what-ketamine-is/", "/compare/", "/diary/"] {
        person.opens(&clinic.address(path)).await;
        person.forces_colors(true).await;
        person.waits_for_program().await;
        assert_eq!(person.runs("return matchMedia('(forced-colors: active)').matches").await, true);
        person.calls(include_str!("../scripts/show_all_screens.js"), &json!([])).await;
        assert_eq!(person.calls(NOT_TOLD, &json!([])).await, json!([]), "{path}");
    }
    // Controls without an edge are found.
    let no_edges =
        "for (const it of document.querySelectorAll('input, .button')) it.style.border = 'none'";
    person.runs(no_edges).await;
    assert_ne!(person.calls(NOT_TOLD, &json!([])).await, json!([]));

    // So can the control that has the focus, and the answer that was chosen.
    person.opens(&clinic.address("/")).await;
    person.waits_for_program().await;
    person.follows("[data-action=start]").await;
    let input = "input[name=answer-red-flags-now]";
    person.tabs_to(input).await;
    let marked = "const row = document.activeElement.closest('.row'); \
        const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(row); \
        return outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2 \
          && outlineColor !== getComputedStyle(document.body).backgroundColor";
    person.waits_for(marked).await;
    person.chooses(input).await;
    let differs = "const edge = (it) => getComputedStyle(it).borderBlockStartColor; \
        const rows = [...document.querySelectorAll('#assessment-asked .row')]; \
        const chosen = rows.find((it) => it.querySelector(':checked')); \
        return rows.every((it) => it === chosen || edge(it) !== edge(chosen))";
    person.waits_for(differs).await;
}
