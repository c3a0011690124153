//! Whoever reads by a screen reader's own cursor is left alone: nothing takes the focus, or announces anything, that
//! they did not press.

use rstest_reuse::apply;
use serde_json::json;

use crate::harness::clinic::Clinic;
use crate::harness::engine::{Engine, Without, in_every_engine};
use crate::harness::line::{Fate, Line};
use crate::harness::person::Person;
use crate::harness::request::Case;

/// Notes every element that gets the focus, and every text that a live region gets.
const NOTE: &str = include_str!("../scripts/note_interruptions.js");

#[apply(in_every_engine)]
async fn nothing_takes_the_focus_while_a_page_loads_and_is_read(engine: Engine) {
    let clinic = Clinic::open().await;
    let line = Line::to(clinic.port()).await;
    line.calls_first(NOTE, &json!([]));
    let person = Person::arrives(engine).await;
    for path in ["/", "/#studies", "/articles/what-ketamine-is/"] {
        person.opens("about:blank").await;
        person.opens(&line.address(path)).await;
        person.waits_for_program().await;
        person.calls(include_str!("../scripts/read_to_the_end.js"), &json!([])).await;
        person.calls(include_str!("../scripts/see_again.js"), &json!([])).await;
        person.settles().await;
        assert_eq!(person.runs("return interruptions").await, json!([]), "{path}");
    }
    // An interruption made on purpose is seen.
    person.runs("document.querySelector('.brand').focus()").await;
    assert_ne!(person.runs("return interruptions").await, json!([]));
}

#[apply(in_every_engine)]
async fn a_request_that_arrives_while_somebody_reads_elsewhere_takes_no_focus(engine: Engine) {
    let case = Case::ready(engine, Without::Nothing).await;
    case.line.always(Fate::status(503));
    case.sends().await;
    case.waits_to_be_told("cannot take requests").await;
    // A screen reader's cursor leaves the focus where nothing has it.
    case.person.runs("document.activeElement.blur()").await;
    case.person.calls(NOTE, &json!([])).await;
    case.line.always(Fate::Passes);
    case.person.waits_to_see("#request-sent").await;
    case.person.settles().await;
    let seen =
        case.person.runs("return interruptions.filter((it) => it.startsWith('focus'))").await;
    assert_eq!(seen, json!([]));
    // It is announced, once.
    let said =
        case.person.runs("return interruptions.filter((it) => it.includes('has arrived'))").await;
    assert_eq!(said.as_array().map(Vec::len), Some(1), "{said}");
}
