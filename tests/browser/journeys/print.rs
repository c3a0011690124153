//! On paper: the article and where its links lead, and nothing that would have to be pressed.

use rstest_reuse::apply;
use serde_json::json;

use crate::harness::clinic::Clinic;
use crate::harness::engine::{Engine, in_chromium_and_firefox};
use crate::harness::person::Person;

/// Elements that have no place on paper, by fault.
const FAULTS: &str = include_str!("../scripts/print_faults.js");

#[apply(in_chromium_and_firefox)]
async fn an_article_prints_without_controls_and_with_addresses(engine: Engine) {
    let clinic = Clinic::open().await;
    let person = Person::arrives(engine).await;
    for path in ["/", "/articles/what-ketamine-is/"] {
        person.opens(&clinic.address(path)).await;
        person.runs("document.documentElement.dataset.theme = 'calm'").await;
        let faults = person.calls(FAULTS, &json!([])).await;
        assert_ne!(faults["controls"], json!([]), "on the screen there are some");
        person.looks_at("print").await;
        let faults = person.calls(FAULTS, &json!([])).await;
        assert_eq!(faults, json!({ "controls": [], "links": [], "torn": [] }), "{path}");
        // Paper is white, whatever the theme.
        let ground = "return getComputedStyle(document.documentElement).backgroundColor";
        assert_eq!(person.reads(ground).await, "rgb(255, 255, 255)");
        person.looks_at("screen").await;
    }
}
