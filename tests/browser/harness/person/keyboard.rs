//! Keys.

use fantoccini::actions::{InputSource as _, KeyAction, KeyActions};
use fantoccini::key::Key;
use serde_json::json;

use super::Person;

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
}
