//! One visit with an empty cache: reads, answers every question, sends a request.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::network::requests;
use super::profile::Profile;
use super::report::Figures;
use super::sites::Site;
use crate::harness::answers::{ANSWERS, Given, index_of, label};
use crate::harness::engine::Browser;
use crate::harness::wait::until;

const START: &str = "#assessment-start [data-action=start]";
/// The first question's answer in [`ANSWERS`].
const FIRST: &str = "#assessment-asked [name=answer-red-flags-now][value=none]";
/// Presses that follow sooner may be taken for the second of a double press, see `src/scripts/presses.js`.
const BETWEEN_PRESSES: Duration = Duration::from_millis(550);
/// Until the page has done what it puts off.
const QUIET: Duration = Duration::from_secs(1);

/// Visits a page.
pub async fn measured(site: &Site, profile: &Profile) -> Figures {
    let browser = profile.browser().await;
    watch(&browser, include_str!("../../scripts/felt.js"), &json!([])).await;
    if site.interactive {
        watch(&browser, include_str!("../../scripts/first_answer.js"), &json!([START, FIRST]))
            .await;
    }
    browser.client.goto(&site.address()).await.expect("the page opens");
    let mut figures = Figures::new();
    let mut visit = Visit { browser, profile, last: Instant::now(), inputs: 0 };
    if site.interactive {
        let taken = "return felt.firstAnswer !== undefined";
        until("the first answer", async || visit.holds(taken).await.then_some(())).await;
    }
    tokio::time::sleep(QUIET).await;
    visit.reads_loading(&mut figures).await;
    if site.interactive {
        visit.answers(&mut figures).await;
        visit.sends(&mut figures).await;
    }
    figures
}

async fn watch(browser: &Browser, function: &str, arguments: &Value) {
    let source = format!("({function}\n).apply(null, {arguments})");
    let script = json!({ "source": source });
    browser.devtools("Page.addScriptToEvaluateOnNewDocument", script).await;
}

/// A page that is open in a browser.
struct Visit<'a> {
    browser: Browser,
    profile: &'a Profile,
    last: Instant,
    /// Presses and keys so far.
    inputs: usize,
}

impl Visit<'_> {
    async fn runs(&self, script: &str) -> Value {
        self.browser.client.execute(script, Vec::new()).await.expect("the script runs")
    }

    async fn holds(&self, script: &str) -> bool {
        self.runs(script).await == json!(true)
    }

    async fn number(&self, script: &str) -> Option<f64> {
        self.runs(script).await.as_f64()
    }

    /// Reads what loading took.
    async fn reads_loading(&self, figures: &mut Figures) {
        let first = "return performance.getEntriesByName('first-contentful-paint')[0]?.startTime";
        figures.set("first paint, ms", self.number(first).await);
        figures.set("largest paint, ms", self.number("return felt.largest").await);
        figures.set("first answer, ms", self.number("return felt.firstAnswer").await);
        let blocking = "return felt.blocking.filter(([start]) => start < (felt.firstAnswer ?? Infinity))\
            .reduce((sum, [, beyond]) => sum + Math.max(beyond, 0), 0)";
        figures.set("blocking time until then, ms", self.number(blocking).await);
        let requests = requests(&self.browser).await;
        let bytes: f64 = requests.iter().map(|it| it.bytes).sum();
        #[expect(clippy::cast_precision_loss, reason = "a handful")]
        figures.set("requests", Some(requests.len() as f64));
        figures.set("KiB in all", Some(bytes / 1024.0));
        let agent = self.runs("return navigator.userAgentData?.brands.map((it) => `${it.brand} ${it.version}`).join() ?? ''");
        let agent = agent.await.as_str().unwrap_or_default().to_owned();
        figures.browser =
            agent.split(',').find(|it| it.starts_with("Chromium")).unwrap_or("Chromium").to_owned();
    }

    /// Answers the questions from the second on, with real input.
    async fn answers(&mut self, figures: &mut Figures) {
        self.runs("felt.events = {}").await;
        let mut reflected = Vec::new();
        for (index, (question, given)) in ANSWERS.iter().enumerate() {
            let form = format!("#assessment-question-{}", index_of(question));
            match given {
                // Given before.
                _ if index == 0 => {}
                Given::One(option) => self.chooses(question, option).await,
                Given::Several(options) => {
                    for option in *options {
                        self.chooses(question, option).await;
                    }
                }
                Given::Number(digits) => {
                    self.presses(&format!("#answer-{question}")).await;
                    for digit in digits.chars() {
                        self.types(digit).await;
                    }
                }
            }
            let next = ANSWERS.get(index + 1).map_or_else(
                || "#assessment-check-heading".to_owned(),
                |(next, _)| format!("#assessment-question-{}-heading", index_of(next)),
            );
            reflected.push(self.presses_until(&format!("{form} button[type=submit]"), &next).await);
        }
        tokio::time::sleep(QUIET).await;
        let events = self.runs("return Object.values(felt.events)").await;
        let mut events: Vec<f64> =
            events.as_array().into_iter().flatten().filter_map(Value::as_f64).collect();
        // Browsers report no interaction that took less than 16 ms.
        events.resize(events.len().max(self.inputs), 8.0);
        figures.set_all("event duration", events);
        figures.set_all("answer to reflected", reflected);
    }

    /// Fills in the request and sends it.
    async fn sends(&mut self, figures: &mut Figures) {
        let result = "#assessment-outcome-worth-asking-heading";
        self.presses_until("#assessment-check [data-action=finish]", result).await;
        for (field, text) in [("#request-name", "Ada Test"), ("#request-email", "ada@example.com")]
        {
            self.presses(field).await;
            self.browser.devtools("Input.insertText", json!({ "text": text })).await;
        }
        self.presses("label[for=request-contact-by-email]").await;
        self.presses("label[for=request-consent]").await;
        let check = "#request-check-heading";
        self.presses_until("#request-form button[type=submit]", check).await;
        // What is prepared while a person reads is ready by then.
        tokio::time::sleep(QUIET).await;
        let sent = self.presses_until("#request-send", "#request-sent-heading").await;
        let post = requests(&self.browser).await.into_iter().find(|it| it.posted);
        let post = post.and_then(|it| it.milliseconds()).expect("a request was posted");
        figures.set("Send to confirmation, ms", Some(sent));
        figures.set("Send, the page's own share, ms", Some(sent - post));
    }

    async fn chooses(&mut self, question: &str, option: &str) {
        self.presses(&label(question, option)).await;
    }

    /// Presses what a selector finds, once that is no double press.
    async fn presses(&mut self, selector: &str) {
        let reach = include_str!("../../scripts/within_reach.js");
        let place = include_str!("../../scripts/place_to_press.js");
        let script = format!("({reach}\n)({selector:?}); return ({place}\n)({selector:?})");
        tokio::time::sleep(BETWEEN_PRESSES.saturating_sub(self.last.elapsed())).await;
        let place = self.runs(&script).await;
        let place = [0, 1].map(|axis| place[axis].as_f64().expect("a place"));
        self.profile.presses(&self.browser, place).await;
        self.last = Instant::now();
        self.inputs += 1;
    }

    /// Presses what a selector finds. Returns the milliseconds until what `effect` finds is shown.
    async fn presses_until(&mut self, selector: &str, effect: &str) -> f64 {
        self.runs(&format!("felt.awaits({effect:?})")).await;
        self.presses(selector).await;
        let script = "return felt.reflected";
        until(effect, async || self.number(script).await).await
    }

    async fn types(&mut self, digit: char) {
        for kind in ["keyDown", "keyUp"] {
            let mut key = json!({ "type": kind, "key": digit, "code": format!("Digit{digit}") });
            if kind == "keyDown" {
                key["text"] = json!(digit);
            }
            self.browser.devtools("Input.dispatchKeyEvent", key).await;
        }
        self.inputs += 1;
    }
}
