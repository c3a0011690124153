//! Somebody of the staff at the inbox. Buttons are found by their words, as a person finds them.

use std::path::Path;

use fantoccini::Locator;
use fantoccini::elements::{Element, ElementRef};
use serde_json::{Value, json};

use super::{Office, PASSPHRASE, StaffFile, words};
use crate::harness::engine::Engine;
use crate::harness::person::Person;
use crate::harness::wait::until;

/// The button, link, summary or choice of these words that is shown, or `null`.
const CONTROL: &str = include_str!("../../scripts/control.js");
/// Holds back what a page asks about changes, until `release()` is called there.
const HOLDS_CHANGES: &str = "
    const { fetch } = window;
    const held = new Promise((resolve) => { window.release = resolve; });
    window.fetch = async (request, ...more) => {
      if (String(request.url ?? request).includes('/v1/changes')) await held;
      return fetch.call(window, request, ...more);
    };
";

/// Somebody of the staff, with a browser of their own.
pub struct Colleague {
    /// The browser.
    pub person: Person,
    /// Their staff file.
    pub staff: StaffFile,
}

impl Colleague {
    /// Sits down at a browser, and opens the inbox. It is locked.
    pub async fn arrives(office: &Office, staff: &StaffFile) -> Self {
        Self::arrives_at(office, &office.address(), staff).await
    }

    /// The same, at another address of the inbox, such as that of a line to it.
    pub async fn arrives_at(office: &Office, address: &str, staff: &StaffFile) -> Self {
        Self::opens_as(Person::arrives(office.engine).await, address, staff).await
    }

    /// The same, as a person who sits at a browser already.
    pub async fn opens_as(person: Person, address: &str, staff: &StaffFile) -> Self {
        let colleague = Self { person, staff: staff.clone() };
        colleague.opens(address).await;
        colleague
    }

    /// Sits down at a browser, opens the inbox, and unlocks it.
    pub async fn at_work(office: &Office, staff: &StaffFile) -> Self {
        let colleague = Self::arrives(office, staff).await;
        colleague.unlocks().await;
        colleague
    }

    /// Opens the inbox at an address, and waits until it has started.
    pub async fn opens(&self, address: &str) {
        self.person.opens(address).await;
        self.waits_for_lock().await;
    }

    /// Unlocks with the staff file and its passphrase, and waits until all requests are opened.
    pub async fn unlocks(&self) {
        let file = self.staff.file.clone();
        self.tries_to_unlock(&file, PASSPHRASE).await;
        self.waits_for_requests().await;
    }

    /// Chooses a file, types a passphrase and presses "Open".
    pub async fn tries_to_unlock(&self, file: &Path, passphrase: &str) {
        self.chooses_file(file).await;
        self.fills_in("passphrase", passphrase).await;
        self.presses(&words().unlock.open).await;
    }

    /// Chooses a file in the field of the locked inbox, and waits until it has been read.
    pub async fn chooses_file(&self, file: &Path) {
        let field = self.find("#file").await;
        // As a press of it does, for which a browser would open its own window.
        let press = "document.getElementById('file').dispatchEvent(new MouseEvent('click', { bubbles: true })); return true";
        self.runs(press, &json!([])).await;
        field.send_keys(file.to_str().expect("UTF-8")).await.expect("a file can be chosen");
        let name = file.file_name().expect("a name").to_string_lossy();
        self.waits_for_script(
            "return document.querySelector('.chosen').textContent === arguments[0]",
            &json!([name]),
        )
        .await;
        self.person.waits_for_focus("passphrase").await;
    }

    /// Waits until the inbox is locked: it asks for the staff file.
    pub async fn waits_for_lock(&self) {
        self.waits_for_text("h1", &words().unlock.title).await;
    }

    /// Waits until the inbox is open and every request that was fetched has been opened.
    pub async fn waits_for_requests(&self) {
        self.person.waits_for("return !!document.querySelector('main.desk ul.requests')").await;
        self.waits_for_script(
            "const empty = document.querySelector('.empty'); \
             return empty.hidden || empty.textContent !== arguments[0]",
            &json!([words().list.loading]),
        )
        .await;
    }

    /// Locks the inbox by its button.
    pub async fn locks(&self) {
        self.presses(&words().site.lock).await;
        self.waits_for_lock().await;
    }

    /// Presses the button or summary of these words, as soon as it is shown.
    pub async fn presses(&self, label: &str) {
        self.presses_in("body", label).await;
    }

    /// The same, in the part of the page that a selector finds.
    pub async fn presses_in(&self, part: &str, label: &str) {
        // WebKit scrolls to what got the focus with one of the next frames: a press before that would miss.
        if self.person.engine().kind == Engine::WebKit {
            self.waits_for_control(label).await;
            self.person.sees_the_next_frame().await;
        }
        until(&format!("“{label}” to be pressed"), async || {
            // It may be made anew between the look and the press, which then fails.
            self.control_in(part, label).await?.click().await.ok()
        })
        .await;
    }

    /// Learns nothing more of what others do, but by pressing something.
    pub async fn holds_changes(&self) {
        self.person.runs(HOLDS_CHANGES).await;
    }

    /// Learns of what others do again.
    pub async fn learns_of_changes(&self) {
        self.person.runs("release()").await;
    }

    /// Waits until there is a button of these words, and returns it.
    pub async fn waits_for_control(&self, label: &str) -> Element {
        until(&format!("“{label}”"), async || self.control(label).await).await
    }

    /// The button, link or summary of these words, if it is shown.
    pub async fn control(&self, label: &str) -> Option<Element> {
        self.control_in("body", label).await
    }

    async fn control_in(&self, part: &str, label: &str) -> Option<Element> {
        let found = self.person.calls(CONTROL, &json!([label, part])).await;
        let id = found.as_object()?.values().next()?.as_str()?.to_owned();
        let client = self.person.engine().client.clone();
        Some(Element::from_element_id(client, ElementRef::from(id)))
    }

    /// Empties the field of this id, and types a text into it.
    pub async fn fills_in(&self, id: &str, text: &str) {
        let field = self.find(&format!("#{id}")).await;
        field.clear().await.expect("it can be emptied");
        field.send_keys(text).await.expect("it takes a text");
    }

    /// Waits until the text of what a selector finds is this one.
    pub async fn waits_for_text(&self, selector: &str, text: &str) {
        let is_there = "return [...document.querySelectorAll(arguments[0])] \
            .some((it) => it.checkVisibility() && it.innerText.trim() === arguments[1].trim())";
        self.waits_for_script(is_there, &json!([selector, text])).await;
    }

    /// Waits until a message of this text is shown.
    pub async fn waits_for_message(&self, text: &str) {
        self.waits_for_text(".message, .error", text).await;
    }

    /// Waits until a script returns `true` for these arguments.
    pub async fn waits_for_script(&self, script: &str, arguments: &Value) {
        until(&format!("{script} of {arguments}"), async || {
            (self.runs(script, arguments).await == json!(true)).then_some(())
        })
        .await;
    }

    /// Returns the result of a script for these arguments.
    pub async fn runs(&self, script: &str, arguments: &Value) -> Value {
        let arguments = arguments.as_array().expect("a list").clone();
        let client = &self.person.engine().client;
        client.execute(script, arguments).await.expect("the script runs")
    }

    /// The element that a selector finds, as soon as it is there.
    pub async fn find(&self, selector: &str) -> Element {
        let client = &self.person.engine().client;
        until(selector, async || client.find(Locator::Css(selector)).await.ok()).await
    }
}
