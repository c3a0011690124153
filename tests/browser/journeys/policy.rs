//! Every page as a browser sees it under intake's Content-Security-Policy.

use std::path::Path;

use rstest_reuse::apply;
use serde_json::json;

use crate::harness::clinic::Clinic;
use crate::harness::engine::{Engine, in_every_engine};
use crate::harness::line::Line;
use crate::harness::person::Person;
use crate::harness::site::{files, trial_copy};

/// Forbidden on purpose, so that it is known that the gathering works.
const TRY_ELSEWHERE: &str = "fetch('https://elsewhere.example/').catch(() => {})";
const FOUND: &str = "return forbidden.some((it) => it.includes('elsewhere.example'))";

#[apply(in_every_engine)]
async fn no_page_does_what_the_policy_forbids(engine: Engine) {
    let clinic = Clinic::open().await;
    let line = Line::to(clinic.port()).await;
    line.calls_first(include_str!("../scripts/policy_violations.js"), &json!([]));
    let person = Person::arrives(engine).await;
    let pages = pages();
    assert!(pages.len() > 3, "{pages:?}");
    for page in pages {
        person.opens(&line.address(&page)).await;
        person.waits_for("return document.readyState === 'complete'").await;
        if person.has("leptos-island").await {
            person.waits_for_program().await;
        }
        person.runs(TRY_ELSEWHERE).await;
        person.waits_for(FOUND).await;
        let forbidden = person.runs("return forbidden").await;
        // Once by the header, once by the page's own policy, and nothing else.
        let only = "return forbidden.every((it) => it.includes('elsewhere.example'))";
        assert_eq!(person.runs(only).await, true, "{page}: {forbidden:#}");
        assert_eq!(forbidden.as_array().map(Vec::len), Some(2), "{page}: {forbidden:#}");
    }
}

/// Whatever a mistake or another's script would put into the page as text stays text.
#[apply(in_every_engine)]
async fn no_text_becomes_markup_or_code(engine: Engine) {
    let clinic = Clinic::open().await;
    let person = Person::arrives(engine).await;
    person.opens(&clinic.address("/")).await;
    person.waits_for_program().await;
    for place in [
        "document.createElement('div').innerHTML = '<img>'",
        "document.body.insertAdjacentHTML('beforeend', '<img>')",
        "document.createElement('script').src = '/embed.js'",
        "trustedTypes.createPolicy('default', { createHTML: (it) => it })",
    ] {
        let tried =
            format!("try {{ {place}; return 'done' }} catch (error) {{ return error.name }}");
        assert_eq!(person.runs(&tried).await, json!("TypeError"), "{place}");
    }
}

/// The paths of all pages of the trial copy.
fn pages() -> Vec<String> {
    let site = trial_copy();
    let mut pages: Vec<String> =
        files(&site, "html").iter().map(|page| address(page, &site)).collect();
    pages.sort();
    pages
}

fn address(page: &Path, site: &Path) -> String {
    let path = page.strip_prefix(site).expect("below the site");
    format!("/{}", path.display()).replace("/index.html", "/")
}
