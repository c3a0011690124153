//! Every page as a browser sees it under intake's Content-Security-Policy.

use std::fs;
use std::path::{Path, PathBuf};

use crate::clinic::Clinic;
use crate::engine::Without;
use crate::person::Person;

/// Gathers what the policy forbade, from the page's first byte on.
const WATCH: &str = "
    window.forbidden = [];
    const note = (reports) => forbidden.push(...reports.map(({ body }) =>
        `${body.effectiveDirective} ${body.blockedURL} ${body.sourceFile ?? ''}`));
    new ReportingObserver(note, { types: ['csp-violation'], buffered: true }).observe();
";
/// Forbidden on purpose, so that it is known that the gathering works.
const TRY_ELSEWHERE: &str = "fetch('https://elsewhere.example/').catch(() => {})";
const FOUND: &str = "return forbidden.some((it) => it.includes('elsewhere.example'))";

#[tokio::test(flavor = "multi_thread")]
async fn no_page_does_what_the_policy_forbids() {
    let clinic = Clinic::open().await;
    let person = Person::arrives(Without::Nothing).await;
    let pages = pages();
    assert!(pages.len() > 3, "{pages:?}");
    for page in pages {
        person.opens(&clinic.address(&page)).await;
        person.waits_for("return document.readyState === 'complete'").await;
        if person.has("leptos-island").await {
            person.waits_for_program().await;
        }
        person.runs(WATCH).await;
        person.runs(TRY_ELSEWHERE).await;
        person.waits_for(FOUND).await;
        let forbidden = person.runs("return forbidden").await;
        // Once by the header, once by the page's own policy, and nothing else.
        let only = "return forbidden.every((it) => it.includes('elsewhere.example'))";
        assert_eq!(person.runs(only).await, true, "{page}: {forbidden:#}");
        assert_eq!(forbidden.as_array().map(Vec::len), Some(2), "{page}: {forbidden:#}");
    }
}

/// The paths of all pages of the trial copy.
fn pages() -> Vec<String> {
    let site = Path::new(env!("CARGO_MANIFEST_DIR")).join(".dev/site");
    let (mut folders, mut pages) = (vec![site.clone()], Vec::new());
    while let Some(folder) = folders.pop() {
        let entries = fs::read_dir(folder).expect("`make test` builds the trial copy");
        for path in entries.map(|entry| entry.expect("an entry").path()) {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|it| it == "html") {
                pages.push(address(&path, &site));
            }
        }
    }
    pages.sort();
    pages
}

fn address(page: &Path, site: &Path) -> String {
    let path: PathBuf = page.strip_prefix(site).expect("below the site").into();
    format!("/{}", path.display()).replace("/index.html", "/")
}
