//! A person at a browser: what they press, type and read, and what assistive technology is given.

use std::cell::Cell;
use std::fs;
use std::time::{Duration, Instant};

use fantoccini::actions::{
    InputSource as _, KeyAction, KeyActions, MouseActions, PointerAction, TouchActions,
};
use fantoccini::elements::{Element, ElementRef};
use fantoccini::key::Key;
use fantoccini::wd::{PrintConfiguration, PrintSize};
use fantoccini::{Client, Locator};
use regex::bytes::Regex;
use serde_json::{Value, json};

use crate::clinic::tools;
use crate::engine::{Browser, Device, Engine, Without};
use crate::wait::until;

/// More presses of Tab than there are controls on the page.
const TABS: usize = 300;
/// The two of a double press are no further apart, see `src/browser/pointer.rs`.
const DOUBLE_PRESS: Duration = Duration::from_millis(500);
/// Presses that are further apart, in CSS pixels, are never taken for one of the other.
const NEAR: f64 = 60.0;
/// Between the two of a double press: so long that the first has been acted upon.
const BETWEEN_PRESSES: Duration = Duration::from_millis(100);

/// A person with a browser of their own.
pub struct Person {
    engine: Browser,
    /// Where and when something was pressed last, in CSS pixels of the window.
    pressed: Cell<Option<([f64; 2], Instant)>>,
}

impl Person {
    /// Sits down at a browser.
    pub async fn arrives(without: Without) -> Self {
        Self::at(Engine::Chromium.start(Device::Desktop, without).await)
    }

    /// Sits down at a browser of this engine.
    pub async fn arrives_with(engine: Engine) -> Self {
        Self::at(engine.start(Device::Desktop, Without::Nothing).await)
    }

    /// Takes a phone.
    pub async fn arrives_by_phone() -> Self {
        Self::at(Engine::Chromium.start(Device::Phone, Without::Nothing).await)
    }

    fn at(engine: Browser) -> Self {
        Self { engine, pressed: Cell::new(None) }
    }

    /// The browser itself, for what no person does.
    pub fn engine(&self) -> &Browser {
        &self.engine
    }

    fn client(&self) -> &Client {
        &self.engine.client
    }

    /// What only the engine can do.
    pub async fn devtools(&self, method: &'static str, parameters: Value) -> Value {
        self.engine.devtools(method, parameters).await
    }

    /// Has no network, or has it again.
    pub async fn is_offline(&self, offline: bool) {
        self.devtools("Network.enable", json!({})).await;
        let conditions = json!({
            "offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1,
        });
        self.devtools("Network.emulateNetworkConditions", conditions).await;
    }

    /// Is a phone that is touched.
    pub async fn is_a_phone(&self, width: u32, height: u32) {
        let metrics = json!({
            "width": width, "height": height, "deviceScaleFactor": 2, "mobile": true,
        });
        self.devtools("Emulation.setDeviceMetricsOverride", metrics).await;
        self.devtools("Emulation.setTouchEmulationEnabled", json!({ "enabled": true })).await;
    }

    /// What was written to the console, and what the browser complains about.
    pub async fn console(&self) -> Vec<String> {
        self.engine.console().await
    }

    /// Loads the page anew.
    pub async fn reloads(&self) {
        self.client().refresh().await.expect("the page loads anew");
    }

    /// Opens another tab and goes to it.
    pub async fn opens_a_tab(&self) {
        let tab = self.client().new_window(true).await.expect("a tab opens");
        self.client().switch_to_window(tab.handle).await.expect("it can be gone to");
    }

    /// Goes to the first tab.
    pub async fn goes_to_the_first_tab(&self) {
        let tabs = self.client().windows().await.expect("the tabs are known");
        let first = tabs.into_iter().next().expect("there is one");
        self.client().switch_to_window(first).await.expect("it can be gone to");
    }

    /// Waits for a second tab, and goes to it.
    pub async fn goes_to_the_last_tab(&self) {
        let tab = until("another tab", async || {
            let tabs = self.client().windows().await.expect("the tabs are known");
            if tabs.len() > 1 { tabs.into_iter().next_back() } else { None }
        })
        .await;
        self.client().switch_to_window(tab).await.expect("it can be gone to");
    }

    /// Opens an address.
    pub async fn opens(&self, address: &str) {
        self.client().goto(address).await.expect("the page opens");
    }

    /// Has a window of this size, in CSS pixels with what the browser puts around the page.
    pub async fn has_window(&self, width: u32, height: u32) {
        self.client().set_window_size(width, height).await.expect("the window changes its size");
    }

    /// Has a screen of this size, in CSS pixels, with nothing around the page: a phone, where it is
    /// narrow.
    pub async fn has_screen(&self, width: u32, height: u32) {
        let phone = width < 600;
        let screen =
            json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": phone });
        self.devtools("Emulation.setDeviceMetricsOverride", screen).await;
    }

    /// Looks at the page as it would be printed (`print`), or as it is (`screen`).
    pub async fn looks_at(&self, medium: &str) {
        self.devtools("Emulation.setEmulatedMedia", json!({ "media": medium })).await;
    }

    /// Has a script run in every page before its own.
    pub async fn watches(&self, script: &str) {
        let script = json!({ "source": script });
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
        self.waits_for("return document.documentElement.dataset.program === 'started'").await;
    }

    /// Waits until a script returns `true`.
    pub async fn waits_for(&self, script: &str) {
        until(script, async || (self.runs(script).await == json!(true)).then_some(())).await;
    }

    /// What a script returns.
    pub async fn runs(&self, script: &str) -> Value {
        self.client().execute(script, Vec::new()).await.expect("the script runs")
    }

    /// Waits for a script that calls its last argument when it is done. Gives what it is called
    /// with.
    pub async fn runs_async(&self, script: &str) -> Value {
        self.client().execute_async(script, Vec::new()).await.expect("the script runs")
    }

    /// Waits until whatever the page put off until after an event has run.
    pub async fn settles(&self) {
        self.runs_async("const done = arguments[0]; setTimeout(() => setTimeout(done))").await;
    }

    /// What a script returns, as text.
    pub async fn reads(&self, script: &str) -> String {
        self.runs(script).await.as_str().unwrap_or_default().to_owned()
    }

    /// The text that is shown of the first element that a selector finds.
    pub async fn sees(&self, selector: &str) -> String {
        let element = self.client().find(Locator::Css(selector)).await;
        element.expect(selector).text().await.expect("it has a text")
    }

    /// Whether a selector finds an element.
    pub async fn has(&self, selector: &str) -> bool {
        self.client().find(Locator::Css(selector)).await.is_ok()
    }

    /// Whether the first element that a selector finds is shown.
    pub async fn is_shown(&self, selector: &str) -> bool {
        let element = self.client().find(Locator::Css(selector)).await;
        element.expect(selector).is_displayed().await.expect("it can be seen or not")
    }

    /// Waits until the first element that a selector finds is shown.
    pub async fn waits_to_see(&self, selector: &str) {
        until(selector, async || self.is_shown(selector).await.then_some(())).await;
    }

    /// Taps the first element that a selector finds.
    pub async fn clicks(&self, selector: &str) {
        let element = self.client().find(Locator::Css(selector)).await;
        let element = element.expect(selector);
        let place = self.looks_before_pressing(&element).await;
        element.click().await.expect("it can be tapped");
        self.pressed.set(Some((place, Instant::now())));
    }

    /// Waits until a press is not taken for the second of a double press: nobody presses what has
    /// just appeared in the same place as fast as a script does. The place of the press.
    async fn looks_before_pressing(&self, element: &Element) -> [f64; 2] {
        let center = "const [it] = arguments; it.scrollIntoView({ block: 'nearest', behavior: 'instant' }); \
            const { x, y, width, height } = it.getBoundingClientRect(); \
            return [x + width / 2, y + height / 2]";
        let arguments = vec![serde_json::to_value(element).expect("an element")];
        let center = self.client().execute(center, arguments).await.expect("it has a place");
        let place = [0, 1].map(|axis| center[axis].as_f64().expect("a number"));
        if let Some((before, time)) = self.pressed.get()
            && (0..2).all(|axis| (before[axis] - place[axis]).abs() < NEAR)
        {
            let over = || (time.elapsed() > DOUBLE_PRESS).then_some(());
            until("the time of a double press to be over", async || over()).await;
        }
        place
    }

    /// Presses the first element that a selector finds twice, as fast as a hand does.
    pub async fn double_clicks(&self, selector: &str) {
        let element = self.client().find(Locator::Css(selector)).await.expect(selector);
        let mut mouse = MouseActions::new("mouse".to_owned()).then(PointerAction::MoveToElement {
            element,
            duration: None,
            x: 0.0,
            y: 0.0,
        });
        for _ in 0..2 {
            mouse = mouse
                .then(PointerAction::Down { button: 0 })
                .then(PointerAction::Up { button: 0 })
                .then(PointerAction::Pause { duration: BETWEEN_PRESSES });
        }
        self.client().perform_actions(mouse).await.expect("it is pressed twice");
    }

    /// Scrolls the first element that a selector finds to where a thumb reaches it, and taps it.
    pub async fn taps(&self, selector: &str) {
        let scroll = format!(
            "const it = document.querySelector({selector:?}); \
             const box = it.getBoundingClientRect(); \
             if (box.top < 0 || box.bottom > innerHeight - 60) it.scrollIntoView({{ block: 'center' }})"
        );
        self.runs(&scroll).await;
        self.clicks(selector).await;
    }

    /// Touches the first element that a selector finds with a finger.
    pub async fn touches(&self, selector: &str) {
        let element = self.client().find(Locator::Css(selector)).await.expect(selector);
        let center = "arguments[0].scrollIntoView({ block: 'center', behavior: 'instant' })";
        let at = serde_json::to_value(&element).expect("an element");
        self.client().execute(center, vec![at]).await.expect("it is scrolled to");
        let place = self.looks_before_pressing(&element).await;
        let finger = TouchActions::new("finger".to_owned())
            .then(PointerAction::MoveToElement { element, duration: None, x: 0.0, y: 0.0 })
            .then(PointerAction::Down { button: 0 })
            .then(PointerAction::Up { button: 0 });
        self.client().perform_actions(finger).await.expect("it is touched");
        self.pressed.set(Some((place, Instant::now())));
    }

    /// Where the links that a selector finds lead.
    pub async fn links(&self, selector: &str) -> Vec<String> {
        let mut links = Vec::new();
        for link in self.client().find_all(Locator::Css(selector)).await.expect(selector) {
            links.extend(link.attr("href").await.expect("the link can be read"));
        }
        links
    }

    /// Waits until the focus is on the element of this id.
    pub async fn waits_for_focus(&self, id: &str) {
        self.waits_for(&format!("return document.activeElement.id === '{id}'")).await;
    }

    /// Presses a key.
    pub async fn presses(&self, key: Key) {
        self.presses_character(key.into()).await;
    }

    async fn presses_character(&self, value: char) {
        let keys = KeyActions::new("keyboard".to_owned())
            .then(KeyAction::Down { value })
            .then(KeyAction::Up { value });
        self.client().perform_actions(keys).await.expect("a key is pressed");
    }

    /// Types a text where the focus is.
    pub async fn types(&self, text: &str) {
        for character in text.chars() {
            self.presses_character(character).await;
        }
    }

    /// Presses Tab until the focus is on an element that the selector matches.
    pub async fn tabs_to(&self, selector: &str) {
        let there = format!("return document.activeElement.matches({selector:?})");
        for _ in 0..TABS {
            if self.runs(&there).await == json!(true) {
                return;
            }
            self.presses(Key::Tab).await;
        }
        panic!("Tab does not lead to {selector}");
    }

    /// Goes to a control by Tab, and presses Space.
    pub async fn chooses(&self, selector: &str) {
        self.tabs_to(selector).await;
        self.presses_character(' ').await;
    }

    /// Goes to a group of radios by Tab, and chooses one by its value with the arrows.
    pub async fn picks(&self, name: &str, value: &str) {
        self.tabs_to(&format!("input[type=radio][name={name:?}]")).await;
        let chosen = format!(
            "const it = document.activeElement; return it.checked && it.value === '{value}'"
        );
        self.presses_character(' ').await;
        for _ in 0..TABS {
            if self.runs(&chosen).await == json!(true) {
                return;
            }
            self.presses(Key::Down).await;
        }
        panic!("no radio {value} in {name}");
    }

    /// Goes to a button or link by Tab, and presses Enter.
    pub async fn follows(&self, selector: &str) {
        self.tabs_to(selector).await;
        self.presses(Key::Enter).await;
    }

    /// The browser's own Back.
    pub async fn goes_back(&self) {
        self.client().back().await.expect("the browser goes back");
    }

    /// Prints the page on paper of this size; the pages of it.
    pub async fn printed_pages(&self, size: PrintSize) -> usize {
        let settings = PrintConfiguration::builder().size(size).build().expect("settings");
        let printed = self.client().print(settings).await.expect("the page is printed");
        let page = Regex::new(r"(?-u)/Type\s*/Page[^s]").expect("a pattern");
        page.find_iter(&printed).count()
    }

    /// The browser's own Forward.
    pub async fn goes_forward(&self) {
        self.client().forward().await.expect("the browser goes forward");
    }

    /// What axe-core finds wrong with what is shown, in each of these themes; an empty name is the
    /// theme as it is.
    async fn finds_barriers(&self, themes: &[&str], within: &str) -> Vec<String> {
        if self.runs("return !window.axe").await == json!(true) {
            let axe = tools().join("node_modules/axe-core/axe.min.js");
            self.runs(&fs::read_to_string(axe).expect("`make test` installs axe-core")).await;
        }
        let script = "const [themes, within, done] = arguments; \
            const look = async (theme) => { \
              const chosen = document.documentElement.dataset.theme; \
              if (theme) document.documentElement.dataset.theme = theme; \
              for (const it of document.getAnimations()) \
                if (it.timeline === document.timeline) it.finish(); \
              const found = await axe.run(within, { resultTypes: ['violations'] }); \
              if (!chosen) delete document.documentElement.dataset.theme; \
              else document.documentElement.dataset.theme = chosen; \
              return found.violations.flatMap((it) => it.nodes.map((node) => theme + ' ' + \
                it.id + ': ' + it.help + ' at ' + node.target.join(' ') + ' ' + node.failureSummary)); \
            }; \
            (async () => { \
              const found = []; \
              for (const theme of themes) found.push(...await look(theme)); \
              done(found); \
            })().catch((error) => done(['axe failed: ' + error]))";
        let arguments = vec![json!(themes), json!(within)];
        let found = self.client().execute_async(script, arguments).await.expect("axe runs");
        let texts = found.as_array().expect("a list of findings").iter();
        texts.map(|text| text.as_str().unwrap_or_default().to_owned()).collect()
    }

    /// Asserts that axe-core finds nothing on the screen that is shown.
    pub async fn meets_no_barrier(&self, screen: &str) {
        let found = self.finds_barriers(&[""], "html").await;
        assert!(found.is_empty(), "{screen}: {found:#?}");
    }

    /// The same of a part of the page, in every theme.
    pub async fn meets_no_barrier_in_any_theme(&self, screen: &str, within: &str) {
        let found = self.finds_barriers(&["light", "dark", "calm"], within).await;
        assert!(found.is_empty(), "{screen}: {found:#?}");
    }

    /// What assistive technology is given of an element and all in it that is shown: a line a
    /// thing, with role, name in quotes, states, and what describes it.
    pub async fn hears(&self, selector: &str) -> Vec<String> {
        let engine = &self.engine;
        let document = engine.devtools("DOM.getDocument", json!({ "depth": 0 })).await;
        let of = json!({ "nodeId": document["root"]["nodeId"], "selector": selector });
        let node = engine.devtools("DOM.querySelector", of).await;
        let node = engine.devtools("DOM.describeNode", json!({ "nodeId": node["nodeId"] })).await;
        let tree = engine.devtools("Accessibility.getFullAXTree", json!({})).await;
        let all = tree["nodes"].as_array().expect("nodes");
        let begin = all
            .iter()
            .find(|it| it["backendDOMNodeId"] == node["node"]["backendNodeId"])
            .expect("it is in the accessibility tree");
        let mut lines = Vec::new();
        let mut open = vec![begin];
        while let Some(here) = open.pop() {
            lines.extend(heard(here));
            let children = here["childIds"].as_array().into_iter().flatten().rev();
            open.extend(children.filter_map(|id| all.iter().find(|it| it["nodeId"] == *id)));
        }
        lines
    }
}

/// A node of the accessibility tree as a line; none for what only groups or repeats others.
fn heard(node: &Value) -> Option<String> {
    let role = node["role"]["value"].as_str().unwrap_or_default();
    let silent = ["StaticText", "InlineTextBox", "generic", "none", "paragraph", "LabelText"];
    if node["ignored"] == json!(true) || silent.contains(&role) {
        return None;
    }
    let mut line = role.to_owned();
    if let Some(name) = node["name"]["value"].as_str().filter(|it| !it.is_empty()) {
        line += &format!(" \"{name}\"");
    }
    for property in node["properties"].as_array().into_iter().flatten() {
        let value = &property["value"]["value"];
        let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        let name = property["name"].as_str().unwrap_or_default();
        let told = match name {
            "checked" | "expanded" => true,
            "invalid" | "busy" | "live" | "level" => value != "false",
            _ => false,
        };
        if told {
            line += &format!(" {name}={value}");
        }
    }
    if let Some(value) = node["value"]["value"].as_str().filter(|it| !it.is_empty()) {
        line += &format!(" value={value}");
    }
    if let Some(words) = node["description"]["value"].as_str().filter(|it| !it.is_empty()) {
        line += &format!(" ({words})");
    }
    Some(line)
}
