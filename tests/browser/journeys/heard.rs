//! What a screen reader is given of every page and screen, as text in `tests/browser/heard/`: a line for each node of
//! the accessibility tree; of a screen every word too, while the words of articles are in `content/`. A change of it fails here, is read, and is taken with `make heard`.
//! Only DevTools give the tree.

use insta::{Settings, assert_snapshot};
use rstest_reuse::apply;

use crate::harness::clinic::Clinic;
use crate::harness::engine::{Engine, with_devtools};
use crate::harness::office::colleague::Colleague;
use crate::harness::office::screens::{self, Viewer};
use crate::harness::person::Person;
use crate::harness::scenes::{self, Shown};

/// What is another every time, as a pattern, and what stands in its place.
const CHANGING: [(&str, &str); 8] = [
    // Weekends and nights take no time.
    (r"\b(less than an|an|\d+) office (hours?|days?)\b", "[age]"),
    (r"\b[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}\b", "[reference]"),
    (r"\b\d{1,2}:\d{2}(:\d{2})?([\s\u{202f}][AP]M)?", "[time]"),
    (r"\b(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? ", ""),
    (
        r"\b(January|February|March|April|May|June|July|August|September|October|November|December) \d{1,2}(, \d{4})?\b",
        "[day]",
    ),
    (r"\b\d{4}-\d{2}-\d{2}\b", "[day]"),
    (r"\b[0-9A-F]{4}( [0-9A-F]{4}){2,}\b", "[fingerprint]"),
    (r#"(?m)(^|")[A-Za-z0-9_-]{43}($|")"#, "${1}[part of a key]$2"),
];

/// Asserts that a screen reader is given what it was given before.
fn is_as_before(name: &str, heard: &[String]) {
    let mut settings = Settings::clone_current();
    settings.set_snapshot_path("../heard");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    for (pattern, instead) in CHANGING {
        settings.add_filter(pattern, instead);
    }
    settings.bind(|| assert_snapshot!(name, heard.join("\n")));
}

#[apply(with_devtools)]
async fn every_page_is_heard_as_before(engine: Engine) {
    let clinic = Clinic::open().await;
    let person = Person::arrives(engine).await;
    for path in scenes::pages(&person, &clinic).await {
        scenes::opens(&person, &clinic, &path).await;
        is_as_before(&format!("page-{}", scenes::name(&path)), &person.hears("html").await);
    }
}

#[apply(with_devtools)]
async fn every_screen_of_the_guide_is_heard_as_before(engine: Engine) {
    let clinic = Clinic::open().await;
    let person = Person::arrives(engine).await;
    for (path, all) in scenes::JOURNEYS {
        scenes::opens(&person, &clinic, path).await;
        for scene in all {
            person.runs(scene.does).await;
            person.waits_for(scene.until).await;
            let part = match scene.shown {
                Shown::Page => "html",
                Shown::WindowAt(part) | Shown::Part(part) => part,
            };
            // Whole pages are heard above.
            if part != "html" {
                is_as_before(
                    &format!("guide-{}", scene.name),
                    &person.hears_every_word(part).await,
                );
            }
        }
    }
}

/// Leaves out what rows of requests say: those that came in the same second have no order.
fn without_rows(heard: Vec<String>) -> Vec<String> {
    let mut lines = Vec::new();
    let mut in_row = false;
    for line in heard {
        let is_row = line.starts_with("button \"") && line.contains(" office hour");
        let goes_on = ["listitem", "region", "button", "status", "heading"];
        in_row = is_row || in_row && !goes_on.iter().any(|role| line.starts_with(role));
        match (is_row, in_row) {
            (true, _) => lines.push("button \"[request]\"".to_owned()),
            (false, true) => {}
            (false, false) => lines.push(line),
        }
    }
    lines
}

/// Whoever listens to each screen of the inbox.
struct Listener;

impl Viewer for Listener {
    async fn looks(&self, name: &str, at: &Colleague) {
        is_as_before(
            &format!("inbox-{name}"),
            &without_rows(at.person.hears_every_word("body").await),
        );
    }
}

#[apply(with_devtools)]
async fn the_locked_inbox_is_heard_as_before(engine: Engine) {
    screens::locked(engine, &Listener).await;
}

#[apply(with_devtools)]
async fn lists_and_requests_are_heard_as_before(engine: Engine) {
    screens::requests(engine, &Listener).await;
}

#[apply(with_devtools)]
async fn people_and_health_are_heard_as_before(engine: Engine) {
    screens::people(engine, &Listener).await;
}

#[apply(with_devtools)]
async fn the_set_up_is_heard_as_before(engine: Engine) {
    screens::set_up(engine, &Listener).await;
}
