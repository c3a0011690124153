//! A person at a browser: one WebDriver session, with methods named after what a person does in it.
//!
//! `pointer` presses and touches, `keyboard` types and goes by Tab, `device` changes the screen and
//! the network, `audit` asks axe-core and the accessibility tree.

mod audit;
mod device;
mod keyboard;
mod pointer;

use std::cell::Cell;
use std::time::Instant;

use fantoccini::elements::{Element, ElementRef};
use fantoccini::wd::WindowHandle;
use fantoccini::{Client, Locator};
use serde_json::{Value, json};
use tokio::time::timeout;

use super::clinic::Clinic;
use super::engine::{Browser, Device, Engine, Without};
use super::wait::{PATIENCE, until, within_patience};

/// The address, what has the focus, and the headings and errors that are shown.
const SHOWN: &str = "const { href } = location; \
    return [href, document.activeElement?.outerHTML.slice(0, 120), \
      ...[...document.querySelectorAll('h1, h2, h3, .error, [role=status]')] \
        .filter((it) => it.checkVisibility() && it.textContent.trim() !== '') \
        .map((it) => it.textContent.trim())]";

/// Time limits and pauses of several seconds never end.
pub const WITHOUT_LONG_TIMERS: &str = "() => { const real = setTimeout; \
    window.setTimeout = (act, time = 0, ...rest) => time < 4000 ? real(act, time, ...rest) : 0 }";

/// Returns `true` if the browser would ask before the page is left.
pub const ASKS_BEFORE_LEAVING: &str = "const event = new Event('beforeunload', { cancelable: true }); \
     dispatchEvent(event); return event.defaultPrevented";

/// A WebDriver session with a browser of its own. Ends with the value.
pub struct Person {
    engine: Browser,
    /// The tab that was open first.
    first_tab: WindowHandle,
    /// The place, in CSS pixels of the window, and the time of the last press.
    pressed: Cell<Option<([f64; 2], Instant)>>,
}

impl Person {
    /// Sits down at a browser.
    pub async fn arrives(engine: Engine) -> Self {
        Self::arrives_without(engine, Without::Nothing).await
    }

    /// Sits down at a browser that lacks something.
    pub async fn arrives_without(engine: Engine, without: Without) -> Self {
        Self::at(engine.open(Device::Desktop, without).await).await
    }

    /// Sits down at a browser that was just started, which logs every request where it can.
    pub async fn starts(engine: Engine) -> Self {
        Self::at(engine.start(Device::Desktop, Without::Nothing).await).await
    }

    /// Takes a phone.
    pub async fn arrives_by_phone(engine: Engine) -> Self {
        Self::at(engine.open(Device::Phone, Without::Nothing).await).await
    }

    /// Comes to the guide from another page of the clinic, and waits for the program.
    pub async fn arrives_at_the_guide(clinic: &Clinic, engine: Engine) -> Self {
        let person = Self::arrives(engine).await;
        person.opens(&clinic.address("/privacy/")).await;
        person.opens(&clinic.address("/")).await;
        person.waits_for_program().await;
        person
    }

    async fn at(engine: Browser) -> Self {
        let first_tab = engine.client.window().await.expect("a tab is open");
        Self { engine, first_tab, pressed: Cell::new(None) }
    }

    /// The browser itself, for what no person does.
    pub fn engine(&self) -> &Browser {
        &self.engine
    }

    fn client(&self) -> &Client {
        &self.engine.client
    }

    /// Runs a command of the DevTools protocol.
    pub async fn devtools(&self, method: &'static str, parameters: Value) -> Value {
        self.engine.devtools(method, parameters).await
    }

    /// Returns the entries of the console since the last look, the browser's own complaints
    /// included.
    pub async fn console(&self) -> Vec<String> {
        self.engine.console().await
    }

    /// Loads the page anew.
    pub async fn reloads(&self) {
        self.client().refresh().await.expect("the page loads anew");
    }

    /// Opens another tab and goes to it.
    pub async fn opens_a_tab(&self) {
        // A driven WebKitGTK leaves a new tab behind the one that is shown, but shows a new window.
        let as_tab = self.engine.kind != Engine::WebKit;
        let tab = self.client().new_window(as_tab).await.expect("a tab opens");
        self.goes_to_tab(tab.handle).await;
    }

    async fn goes_to_tab(&self, tab: WindowHandle) {
        self.client().switch_to_window(tab).await.expect("it can be gone to");
        // Chromium leaves it behind the other, and draws no frame of it.
        if self.engine.kind == Engine::Chromium {
            self.devtools("Page.bringToFront", json!({})).await;
        }
    }

    /// Closes the tab that is shown, and goes to another.
    pub async fn closes_the_tab(&self) {
        let tabs = self.client().windows().await.expect("the tabs are known");
        let closed = self.client().window().await.expect("a tab is shown");
        self.client().close_window().await.expect("it can be closed");
        let other = tabs.into_iter().find(|it| *it != closed).expect("another tab");
        self.goes_to_tab(other).await;
    }

    /// Goes to the first tab.
    pub async fn goes_to_the_first_tab(&self) {
        self.goes_to_tab(self.first_tab.clone()).await;
    }

    /// Waits for another tab than the first, and goes to it.
    pub async fn goes_to_the_last_tab(&self) {
        let tab = until("another tab", async || {
            let tabs = self.client().windows().await.expect("the tabs are known");
            tabs.into_iter().rfind(|it| *it != self.first_tab)
        })
        .await;
        self.goes_to_tab(tab).await;
    }

    /// Opens an address.
    pub async fn opens(&self, address: &str) {
        self.client().goto(address).await.expect("the page opens");
    }

    /// Has the function that a file holds called in every page before the page's own scripts.
    pub async fn watches(&self, function: &str, arguments: &Value) {
        let source = format!("({function}\n).apply(null, {arguments})");
        let script = json!({ "source": source });
        self.devtools("Page.addScriptToEvaluateOnNewDocument", script).await;
    }

    /// Looks into the frame that a script returns; what follows is about the page in it.
    pub async fn enters_frame(&self, script: &str) {
        let found = self.runs(script).await;
        let id = found.as_object().and_then(|it| it.values().next()?.as_str().map(str::to_owned));
        let frame = ElementRef::from(id.unwrap_or_else(|| panic!("{script} finds no frame")));
        let frame = Element::from_element_id(self.client().clone(), frame);
        frame.enter_frame().await.expect("the frame can be entered");
    }

    /// Looks at the page around the frame again.
    pub async fn leaves_frame(&self) {
        self.client().clone().enter_parent_frame().await.expect("the page is there");
    }

    /// Waits until the program has started.
    pub async fn waits_for_program(&self) {
        self.waits_for("return document.documentElement.dataset.app === 'started'").await;
    }

    /// Waits until a script returns `true`. While it fails, as where a page is just being loaded, it has not.
    pub async fn waits_for(&self, script: &str) {
        let mut last = None;
        let found = within_patience(async || {
            let returned = self.client().execute(script, Vec::new()).await;
            let found = matches!(&returned, Ok(Value::Bool(true))).then_some(());
            last = Some(returned);
            found
        })
        .await;
        if found.is_none() {
            let shown = self.client().execute(SHOWN, Vec::new()).await;
            panic!(
                "{:?}: waited in vain for {script}\nIt returned {last:?}. Shown: {shown:?}",
                self.engine.kind
            );
        }
    }

    /// Returns the result of a script.
    pub async fn runs(&self, script: &str) -> Value {
        self.client().execute(script, Vec::new()).await.expect("the script runs")
    }

    /// Calls the function that a file holds. Returns its result, or that of its promise.
    ///
    /// Such files stand beside the tests and are checked by the TypeScript compiler.
    pub async fn calls(&self, function: &str, arguments: &Value) -> Value {
        let script = format!("return ({function}\n).apply(null, arguments)");
        let arguments = arguments.as_array().expect("a list").clone();
        self.client().execute(&script, arguments).await.expect("the function returns")
    }

    /// Waits until a script calls its last argument. Returns the value that it calls it with.
    pub async fn runs_async(&self, script: &str) -> Value {
        let runs =
            async { self.client().execute_async(script, Vec::new()).await.expect("it runs") };
        let result = timeout(PATIENCE, runs).await;
        result.unwrap_or_else(|_| panic!("waited in vain for {script}"))
    }

    /// Waits until everything has run that the page put off until after an event.
    pub async fn settles(&self) {
        self.runs_async("const done = arguments[0]; setTimeout(() => setTimeout(done))").await;
    }

    /// Waits until the next frame has been laid out.
    pub async fn sees_the_next_frame(&self) {
        let after = "requestAnimationFrame(() => requestAnimationFrame(arguments[0]))";
        self.runs_async(after).await;
    }

    /// Returns the result of a script as text.
    pub async fn reads(&self, script: &str) -> String {
        self.runs(script).await.as_str().unwrap_or_default().to_owned()
    }

    /// Returns the visible text of the first element that a selector finds.
    pub async fn sees(&self, selector: &str) -> String {
        let element = self.client().find(Locator::Css(selector)).await;
        element.expect(selector).text().await.expect("it has a text")
    }

    /// Returns `true` if a selector finds an element.
    pub async fn has(&self, selector: &str) -> bool {
        self.client().find(Locator::Css(selector)).await.is_ok()
    }

    /// Returns `true` if the first element that a selector finds is shown.
    pub async fn is_shown(&self, selector: &str) -> bool {
        let element = self.client().find(Locator::Css(selector)).await.expect(selector);
        // Some drivers take what stands in closed details for shown.
        let folded = vec![serde_json::to_value(&element).expect("an element")];
        let folded = self.client().execute("return !arguments[0].checkVisibility()", folded).await;
        folded.expect("the script runs") == json!(false)
            && element.is_displayed().await.expect("it can be seen or not")
    }

    /// Waits until the first element that a selector finds is shown.
    pub async fn waits_to_see(&self, selector: &str) {
        until(selector, async || self.is_shown(selector).await.then_some(())).await;
    }

    /// Returns the `href` of each link that a selector finds.
    pub async fn links(&self, selector: &str) -> Vec<String> {
        let links = format!(
            "return [...document.querySelectorAll({selector:?})].map((it) => it.getAttribute('href'))"
        );
        serde_json::from_value(self.runs(&links).await).expect("a list of addresses")
    }

    /// The browser's own Back.
    pub async fn goes_back(&self) {
        self.client().back().await.expect("the browser goes back");
    }

    /// The browser's own Forward.
    pub async fn goes_forward(&self) {
        self.client().forward().await.expect("the browser goes forward");
    }
}
