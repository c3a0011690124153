//! Mouse and finger.

use std::time::{Duration, Instant};

use fantoccini::Locator;
use fantoccini::actions::{InputSource as _, MouseActions, PointerAction, TouchActions};
use fantoccini::elements::Element;
use serde_json::json;

use super::Person;
use crate::harness::engine::Engine;
use crate::harness::wait::until;

/// The two of a double press are no further apart, see `src/scripts/presses.js`.
const DOUBLE_PRESS: Duration = Duration::from_millis(500);
/// Presses that are further apart, in CSS pixels, are never taken for one of the other.
const NEAR: f64 = 60.0;
/// Between the two of a double press: so long that the first has been acted upon.
const BETWEEN_PRESSES: Duration = Duration::from_millis(100);

impl Person {
    /// Taps the first element that a selector finds.
    pub async fn clicks(&self, selector: &str) {
        let element = self.client().find(Locator::Css(selector)).await;
        let element = element.expect(selector);
        let place = self.looks_before_pressing(&element).await;
        element.click().await.expect("it can be tapped");
        self.pressed.set(Some((place, Instant::now())));
    }

    /// Waits until a press is not taken for the second of a double press: nobody presses what has
    /// just appeared in the same place as fast as a script does. Returns the place of the press.
    async fn looks_before_pressing(&self, element: &Element) -> [f64; 2] {
        let place = self.finds_center(element).await;
        if let Some((before, time)) = self.pressed.get()
            && (0..2).all(|axis| (before[axis] - place[axis]).abs() < NEAR)
        {
            let over = || (time.elapsed() > DOUBLE_PRESS).then_some(());
            until("the time of a double press to be over", async || over()).await;
        }
        place
    }

    /// Scrolls an element into view. Returns the middle of it, in CSS pixels of the window, once it stays there.
    async fn finds_center(&self, element: &Element) -> [f64; 2] {
        let element = json!([element]);
        let look = async || {
            let center = self.calls(include_str!("../../scripts/center.js"), &element).await;
            [0, 1].map(|axis| center[axis].as_f64().expect("a number"))
        };
        let mut place = look().await;
        // It scrolls to what got the focus with one of the next frames: a press before that would miss.
        if self.engine.kind == Engine::WebKit {
            until("what is to be pressed to stay where it is", async || {
                self.sees_the_next_frame().await;
                let before = std::mem::replace(&mut place, look().await);
                (before == place).then_some(())
            })
            .await;
        }
        place
    }

    /// Scrolls the first element that a selector finds into the window, and presses it twice, as fast as a hand does.
    pub async fn double_clicks(&self, selector: &str) {
        let shows = "(selector) => document.querySelector(selector).scrollIntoView({ block: 'center', behavior: 'instant' })";
        self.calls(shows, &json!([selector])).await;
        let element = self.client().find(Locator::Css(selector)).await.expect(selector);
        self.finds_center(&element).await;
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
        self.calls(include_str!("../../scripts/within_reach.js"), &json!([selector])).await;
        self.clicks(selector).await;
    }

    /// Touches the first element that a selector finds with a finger.
    pub async fn touches(&self, selector: &str) {
        let element = self.client().find(Locator::Css(selector)).await.expect(selector);
        let arguments = vec![serde_json::to_value(&element).expect("an element")];
        let center = "arguments[0].scrollIntoView({ block: 'center', behavior: 'instant' })";
        self.client().execute(center, arguments).await.expect("it is scrolled to");
        let place = self.looks_before_pressing(&element).await;
        let finger = TouchActions::new("finger".to_owned())
            .then(PointerAction::MoveToElement { element, duration: None, x: 0.0, y: 0.0 })
            .then(PointerAction::Down { button: 0 })
            .then(PointerAction::Up { button: 0 });
        self.client().perform_actions(finger).await.expect("it is touched");
        self.pressed.set(Some((place, Instant::now())));
    }
}
