//! Keys.

use fantoccini::actions::{InputSource as _, KeyAction, KeyActions};
use fantoccini::key::Key;
use serde_json::json;

use super::Person;
use crate::harness::engine::Engine;

/// More presses of Tab than there are controls on the page.
const TABS: usize = 300;

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
    /// The whole way is gone in Chromium. Elsewhere, where a press takes longer, a long way is gone from a few controls
    /// before.
    pub async fn tabs_to(&self, selector: &str) {
        if self.engine.kind != Engine::Chromium {
            self.calls(include_str!("../../scripts/go_near.js"), &json!([selector])).await;
        }
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
