//! Keys.

use fantoccini::actions::{InputSource as _, KeyAction, KeyActions};
use fantoccini::key::Key;
use serde_json::json;

use super::Person;
use crate::harness::engine::Engine;

/// More presses of Tab than there are controls on the page.
const TABS: usize = 300;
/// The frames after which a browser has scrolled to where the focus went.
const FRAMES_TO_SCROLL: usize = 30;
/// Finds what hides the element with the focus.
const HIDDEN_FOCUS: &str = include_str!("../../scripts/hidden_focus.js");

impl Person {
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
        let typed = text.chars().fold(KeyActions::new("keyboard".to_owned()), |keys, value| {
            keys.then(KeyAction::Down { value }).then(KeyAction::Up { value })
        });
        self.client().perform_actions(typed).await.expect("keys are pressed");
    }

    /// Presses Tab until the focus is on an element that the selector matches, or Shift and Tab where that stands
    /// before the focus: around the end of the page lies the browser's own bar.
    ///
    /// A long way is gone from a few controls before: [`goes_through_by_keyboard`](Self::goes_through_by_keyboard) goes
    /// the whole.
    pub async fn tabs_to(&self, selector: &str) {
        self.calls(include_str!("../../scripts/go_near.js"), &json!([selector])).await;
        let way = format!(
            "const all = [...document.querySelectorAll({selector:?})] \
               .filter((it) => it.checkVisibility({{ visibilityProperty: true }})); \
             const here = document.activeElement; \
             const behind = (it) => here.compareDocumentPosition(it) & Node.DOCUMENT_POSITION_PRECEDING; \
             return all.includes(here) ? 'there' : all.length > 0 && all.every(behind) ? 'back' : 'on'"
        );
        for _ in 0..TABS {
            match self.reads(&way).await.as_str() {
                "there" => return,
                "back" => self.presses_with(Key::Shift, Key::Tab).await,
                _ => self.presses(Key::Tab).await,
            }
        }
        panic!("Tab does not lead to {selector}");
    }

    /// Goes by Tab from the first control of the page to the last, in their order. Returns where that fails, where the
    /// focus is not marked, and what hides it.
    pub async fn goes_through_by_keyboard(&self) -> Vec<String> {
        let kind = self.engine.kind;
        let mut findings = Vec::new();
        let none = json!([]);
        let order = include_str!("../../scripts/focus_order.js");
        let number = self.calls(order, &none).await.as_u64().expect("a number");
        let mut at = 0;
        // A field for a date has several places to stop at.
        for _ in 0..number + 8 {
            if at + 1 == number {
                break;
            }
            self.presses(Key::Tab).await;
            let stop = self.calls(include_str!("../../scripts/focus_stop.js"), &none).await;
            let what = stop[2].as_str().unwrap_or_default();
            match stop[0].as_u64() {
                Some(next) if next == at => continue,
                Some(next) if next == at + 1 => at = next,
                None if stop[3] == json!(true) && kind == Engine::Firefox => {}
                other => {
                    let found =
                        format!("from {at} of {number} the focus goes to {other:?}: {what}");
                    findings.push(found);
                    return findings;
                }
            }
            if stop[1] != json!(true) {
                findings.push(format!("the focus is not marked: {what}"));
            }
            // Firefox scrolls to nothing that is partly seen, and WebKit in a longer text to its cursor.
            let is_text = kind == Engine::WebKit && what.starts_with("<textarea");
            let partly = json!([kind == Engine::Firefox || is_text]);
            let mut hides = self.calls(HIDDEN_FOCUS, &partly).await;
            // WebKit scrolls to a field with one of the next frames.
            for _ in 0..FRAMES_TO_SCROLL {
                if hides == json!("") {
                    break;
                }
                self.sees_the_next_frame().await;
                hides = self.calls(HIDDEN_FOCUS, &partly).await;
            }
            if hides != json!("") {
                findings.push(format!("{hides} hides the focus: {what}"));
            }
        }
        if at + 1 != number {
            findings.push(format!("Tab reaches only {at} of {number}"));
        }
        findings
    }

    /// Presses a key while another is held down.
    async fn presses_with(&self, held: Key, key: Key) {
        let (held, key) = (char::from(held), char::from(key));
        let keys = KeyActions::new("keyboard".to_owned())
            .then(KeyAction::Down { value: held })
            .then(KeyAction::Down { value: key })
            .then(KeyAction::Up { value: key })
            .then(KeyAction::Up { value: held });
        self.client().perform_actions(keys).await.expect("keys are pressed");
    }

    /// Goes to a control by Tab, and presses Space.
    pub async fn chooses(&self, selector: &str) {
        self.tabs_to(selector).await;
        self.presses_character(' ').await;
    }

    /// Goes to a group of radios by Tab, and chooses one by its value with the arrows.
    pub async fn picks(&self, name: &str, value: &str) {
        self.tabs_to(&format!("input[type=radio][name={name:?}]")).await;
        let chosen = "const it = document.activeElement; return it.checked ? it.value : null";
        self.presses_character(' ').await;
        // Not every engine goes on at the first after the last.
        let (mut arrow, mut before) = (Key::Down, None);
        for _ in 0..TABS {
            let now = self.runs(chosen).await;
            if now == json!(value) {
                return;
            }
            if before.as_ref() == Some(&now) {
                arrow = Key::Up;
            }
            before = Some(now);
            self.presses(arrow).await;
        }
        panic!("no radio {value} in {name}");
    }

    /// Goes to a button or link by Tab, and presses Enter.
    pub async fn follows(&self, selector: &str) {
        self.tabs_to(selector).await;
        self.presses(Key::Enter).await;
    }
}
