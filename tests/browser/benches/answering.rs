//! The cost of answering and going on for the main thread of a slow phone: `make bench-browser`.
//!
//! Script, style and layout together, as the browser itself counts them, on a processor slowed
//! four times. Measured with the guide's own 17 questions, and with 500: the same first questions
//! are answered, so what the others add is the price of their being there.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use fantoccini::Locator;
use serde_json::{Value, json};

use crate::harness::clinic::{Clinic, key, root};
use crate::harness::engine::{Browser, Device, Engine, Without};
use crate::harness::site::{copy, render, trial_copy};
use crate::harness::wait::until;

/// Times as slow as this machine.
const SLOWER: u32 = 4;
/// Answered questions, and how often, since the slowing comes in bursts.
const ANSWERED: usize = 12;
const ROUNDS: usize = 3;
/// The most that a press should add, in milliseconds: one frame.
const FRAME: f64 = 16.0;
/// The id of the question that is shown.
const ASKED: &str = "return document.querySelector('#assessment-asked form')?.id ?? null";
/// Until everything that a press brings about is over.
const SETTLED: Duration = Duration::from_millis(400);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "a benchmark: `make bench-browser`"]
async fn answering_and_going_on() {
    println!(
        "main thread, {SLOWER} times slowed: median (90th percentile) of {ANSWERED} questions, \
         {ROUNDS} times"
    );
    let mut medians = Vec::new();
    for questions in [17, 500] {
        let folder = tempfile::TempDir::new().expect("a folder for the site");
        let site = site(folder.path(), questions);
        let [answering, going_on] = measured(&site).await;
        println!(
            "{questions:>4} questions: answering {}, going on {}",
            figures(&answering),
            figures(&going_on)
        );
        medians.push([median(&answering), median(&going_on)]);
    }
    let [[answering, going_on], [answering_500, going_on_500]] = medians[..] else { return };
    println!(
        "500 questions against 17: answering {:.2} times, going on {:.2} times",
        answering_500 / answering,
        going_on_500 / going_on
    );
    let most = [answering, going_on, answering_500, going_on_500].into_iter().fold(0.0, f64::max);
    println!("aim: under {FRAME} ms; the slowest median is {most:.1} ms");
}

/// The trial copy with so many questions, rendered again by the guide's own program.
fn site(folder: &Path, questions: usize) -> PathBuf {
    let (site, content) = (folder.join("site"), folder.join("content"));
    copy(&trial_copy(), &site);
    copy(&root().join("content"), &content);
    let path = content.join("en/assessment.toml");
    let mut text = fs::read_to_string(&path).expect("the questions are there");
    let more: String = (17..questions).map(further).collect();
    text = text.replacen("# --- Limits", &format!("{more}\n# --- Limits"), 1);
    fs::write(&path, text).expect("written");
    render(&site, &content, &key("public"));
    site
}

/// A made-up question: every kind, some asked only after others.
fn further(nth: usize) -> String {
    let mut text = format!(
        "\n[[questions]]\nid = \"further-{nth}\"\ntext = \"What about number {nth}?\"\n\
         short = \"Number {nth}\"\nshown = true\n"
    );
    if nth % 10 == 5 {
        let before = (nth - 1) / 3 * 3;
        writeln!(text, "ask-when = {{ sum = {{ of = [\"further-{before}\"], from = 1 }} }}")
            .expect("a text takes everything");
    }
    if nth.is_multiple_of(3) {
        text += "kind = \"number\"\nmin = 0\nmax = 31\nunit = \"days\"\n";
    } else {
        let kind = if nth % 3 == 1 { "single" } else { "multi" };
        writeln!(text, "kind = \"{kind}\"\noptions = [").expect("a text takes everything");
        for option in ["a", "b", "c", "d"] {
            writeln!(text, "  {{ id = \"{option}\", text = \"Answer {option}\" }},")
                .expect("a text takes everything");
        }
        text += "]\n";
    }
    text
}

/// Milliseconds of answering, and of going on, for each question.
async fn measured(site: &Path) -> [Vec<f64>; 2] {
    let clinic = Clinic::serving(site).await;
    let engine = Engine::Chromium.start(Device::Phone, Without::Nothing).await;
    engine.client.goto(&clinic.address("/")).await.expect("the page opens");
    let started = "return document.documentElement.dataset.app === 'started'";
    until("the program", async || (run(&engine, started).await == json!(true)).then_some(())).await;
    engine.devtools("Performance.enable", json!({})).await;
    engine.devtools("Emulation.setCPUThrottlingRate", json!({ "rate": SLOWER })).await;
    let (mut answering, mut going_on) = (Vec::new(), Vec::new());
    let mut before = String::new();
    for index in (0..ROUNDS).flat_map(|_| 0..ANSWERED) {
        if index == 0 {
            press(&engine, "[data-action=start]").await;
        }
        // Not every question is asked.
        let form = until("the next question", async || {
            let form = run(&engine, ASKED).await.as_str().map(|id| format!("#{id}"))?;
            (form != before).then_some(form)
        })
        .await;
        before.clone_from(&form);
        // "None of these" in the first question, which has emergencies.
        let option = format!("{form} .row:last-child label");
        let number = format!("{form} input.short");
        let is_number = engine.client.find(Locator::Css(&number)).await.is_ok();
        if is_number {
            press(&engine, &number).await;
            let typed = json!({ "text": "1" });
            answering.push(
                cost(&engine, async || {
                    engine.devtools("Input.insertText", typed.clone()).await;
                })
                .await,
            );
        } else {
            answering.push(press(&engine, &option).await);
        }
        going_on.push(press(&engine, &format!("{form} button[type=submit]")).await);
        if index + 1 == ANSWERED {
            press(&engine, ".assessment form [data-action=clear]").await;
        }
    }
    [answering, going_on]
}

/// Presses what a selector finds, with a mouse, by no script; what that cost.
async fn press(engine: &Browser, selector: &str) -> f64 {
    let function = include_str!("../scripts/place_to_press.js");
    let place = run(engine, &format!("return ({function}\n)({selector:?})")).await;
    let at = |kind: &str| {
        json!({
            "type": kind, "x": place[0], "y": place[1],
            "button": "left", "buttons": 1, "clickCount": 1,
        })
    };
    let [down, up] = [at("mousePressed"), at("mouseReleased")];
    cost(engine, async || {
        engine.devtools("Input.dispatchMouseEvent", down.clone()).await;
        engine.devtools("Input.dispatchMouseEvent", up.clone()).await;
    })
    .await
}

/// Milliseconds of script, style and layout that something takes on the main thread.
async fn cost(engine: &Browser, act: impl AsyncFnOnce()) -> f64 {
    tokio::time::sleep(SETTLED).await;
    let before = spent(engine).await;
    act().await;
    tokio::time::sleep(SETTLED).await;
    spent(engine).await - before
}

async fn spent(engine: &Browser) -> f64 {
    let metrics = engine.devtools("Performance.getMetrics", json!({})).await;
    let all = metrics["metrics"].as_array().expect("metrics");
    let counted = ["ScriptDuration", "RecalcStyleDuration", "LayoutDuration"];
    let seconds: f64 = all
        .iter()
        .filter(|it| counted.iter().any(|name| it["name"] == *name))
        .filter_map(|it| it["value"].as_f64())
        .sum();
    seconds * 1_000.0
}

async fn run(engine: &Browser, script: &str) -> Value {
    engine.client.execute(script, Vec::new()).await.expect("the script runs")
}

fn figures(all: &[f64]) -> String {
    format!("{:.1} ms ({:.1})", median(all), nth(all, 0.9))
}

fn median(all: &[f64]) -> f64 {
    nth(all, 0.5)
}

/// The value below which this share of all lie.
fn nth(all: &[f64], share: f64) -> f64 {
    let mut sorted = all.to_vec();
    sorted.sort_by(f64::total_cmp);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a place in a list"
    )]
    let place = ((sorted.len() - 1) as f64 * share).round() as usize;
    sorted[place]
}
