//! The inbox with many requests: `make bench-inbox`.
//!
//! With 1,000 stored: from pressing "Open" until all are opened, and the longest task of the main thread meanwhile.
//! With 20,000 stored, most of them settled: until the first row, and the time of changing lists.

use serde_json::{Value, json};

use crate::harness::engine::Engine;
use crate::harness::office::colleague::Colleague;
use crate::harness::office::{Office, PASSPHRASE, words};
use clinic_core::inbox::words::fill;

/// New requests, all of which are opened at once.
const NEW: usize = 1_000;
/// Stored requests, and how many of them are not settled.
const STORED: usize = 20_000;
const UNSETTLED: usize = 200;

/// Aims in milliseconds: all opened, and the longest task.
const AIM: f64 = 5_000.0;
const TASK: f64 = 50.0;

/// Keeps the time until each of these scripts returns `true` from the next press on, looking at every frame.
const WATCH: &str = "
    const conditions = arguments[0].map((it) => new Function(it));
    window.reached = conditions.map(() => null);
    window.held = [];
    addEventListener('click', () => {
        const begun = performance.now();
        held.length = 0;
        const look = () => {
            conditions.forEach((condition, nth) => {
                if (reached[nth] === null && condition()) reached[nth] = performance.now() - begun;
            });
            if (reached.includes(null)) requestAnimationFrame(look);
        };
        requestAnimationFrame(look);
    }, { once: true, capture: true });
";

/// The list is shown, and has rows.
const FIRST_ROW: &str = "return !!document.querySelector('ul.requests .request')";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "a benchmark: `make bench-inbox`"]
async fn opening_a_thousand() {
    let (office, staff) = with(NEW).await;
    for round in 1..=3 {
        let at = Colleague::arrives(&office, &staff).await;
        at.chooses_file(&staff.file).await;
        at.fills_in("passphrase", PASSPHRASE).await;
        let opened = fill(&words().list.opened, &[("number", &NEW.to_string())]);
        let all =
            format!("return document.querySelector('.counts')?.textContent.includes({opened:?})");
        let unlocked = "return !!document.querySelector('main.desk')";
        let times = timed(&at, &[unlocked, FIRST_ROW, &all], &words().unlock.open).await;
        let [unlocked, first, all] = times[..] else { panic!("{times:?}") };
        let longest = longest_task(&at).await;
        println!(
            "{NEW} requests, round {round}: unlocked {unlocked:.0} ms, first row {first:.0} ms, all \
             opened {all:.0} ms (aim: {AIM:.0}); longest task {longest:.0} ms (aim: {TASK:.0})"
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "a benchmark: `make bench-inbox`"]
async fn many_stored() {
    let (office, staff) = with(STORED).await;
    office.sql(&format!(
        "UPDATE requests SET version = 2, state = CASE position % 4 WHEN 0 THEN 'booked' \
         WHEN 1 THEN 'declined' WHEN 2 THEN 'closed' ELSE 'junk' END \
         WHERE position % {} <> 0",
        STORED / UNSETTLED
    ));
    let at = Colleague::arrives(&office, &staff).await;
    at.chooses_file(&staff.file).await;
    at.fills_in("passphrase", PASSPHRASE).await;
    let times = timed(&at, &[FIRST_ROW], &words().unlock.open).await;
    println!("{STORED} stored, {UNSETTLED} of them not settled: first row {:.0} ms", times[0]);
    at.waits_for_count(&words().list.new, UNSETTLED).await;
    let list = &words().list;
    for label in [&list.closed, &list.junk, &list.new, &list.closed, &list.new, &list.waiting] {
        let current = format!(
            "return document.querySelector('.lists [aria-current]').textContent.startsWith({label:?}) \
             && (!!document.querySelector('ul.requests .request') \
               || document.querySelector('.empty').textContent === {:?})",
            list.none_waiting
        );
        let shown = timed(&at, &[&current], label).await[0];
        let longest = longest_task(&at).await;
        println!(
            "{STORED} stored, to the list {label}: {shown:.0} ms; longest task {longest:.0} ms"
        );
    }
}

/// An office with so many requests, and somebody who opens them.
async fn with(stored: usize) -> (Office, crate::harness::office::StaffFile) {
    let office = Office::open(Engine::Chromium).await;
    office.puts_trials(stored);
    let staff = office.staff_file("First Person", "admin");
    (office, staff)
}

/// Presses a button. Returns the milliseconds until each of these scripts returned `true`.
async fn timed(at: &Colleague, conditions: &[&str], label: &str) -> Vec<f64> {
    at.person.calls(include_str!("../scripts/long_tasks.js"), &json!([])).await;
    at.runs(WATCH, &json!([conditions])).await;
    at.presses(label).await;
    at.person.waits_for("return !reached.includes(null)").await;
    let reached = at.person.runs("return reached").await;
    serde_json::from_value(reached).expect("milliseconds")
}

/// The longest task since the last press; 0 for none over 50 ms.
async fn longest_task(at: &Colleague) -> f64 {
    at.person.settles().await;
    let held: Value = at.person.runs("return Math.max(0, ...held)").await;
    held.as_f64().expect("milliseconds")
}
