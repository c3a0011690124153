//! Defers changes until a press has ended, and recognizes the second click of a double click.
//!
//! Leaving a field by pressing a button fires `change` while the pointer is still down. An error message
//! that appears or disappears at that moment would move the button away from under the finger, and the
//! browser would fire no `click`.

use std::cell::{Cell, RefCell};
use std::time::Duration;

use leptos::ev::{self, MouseEvent, PointerEvent};
use leptos::prelude::{document, set_timeout, window_event_listener};
use wasm_bindgen::JsCast as _;
use web_sys::{Element, Node};

/// The longest time between the two clicks of a double click, in milliseconds: the default of Windows.
const DOUBLE_PRESS: f64 = 500.0;
/// The longest distance between the two, in CSS pixels: the smallest target of WCAG 2.2 (2.5.8).
const SAME_PLACE: i32 = 24;

/// A change deferred until the pointer is up.
struct Deferred {
    /// The panel that it belongs to.
    panel: &'static str,
    act: Box<dyn FnOnce()>,
}

/// A press of the pointer.
struct Press {
    /// The element under the pointer; of a double click, that of its first press.
    hit: Option<Element>,
    at: (i32, i32),
    /// Milliseconds since navigation started.
    time: f64,
    /// The second press of a double click whose first replaced the element under the pointer.
    repeats: bool,
}

thread_local! {
    static DOWN: Cell<bool> = const { Cell::new(false) };
    static DEFERRED: RefCell<Vec<Deferred>> = const { RefCell::new(Vec::new()) };
    static LAST: RefCell<Option<Press>> = const { RefCell::new(None) };
}

/// Watches the pointer until the page is left. Called once a page: watched twice, a press could pass for one that
/// repeats itself.
pub fn watch() {
    window_event_listener(ev::pointerdown, |event| {
        DOWN.set(true);
        LAST.set(Some(Press::new(&event, LAST.take())));
    });
    window_event_listener(ev::pointerup, |_| released());
    window_event_listener(ev::pointercancel, |_| released());
}

/// Calls `act` after the current press and its click, at once if there is none; not if
/// [`cancel_deferred`] comes first.
pub fn after_press(panel: &'static str, act: impl FnOnce() + 'static) {
    let deferred = Deferred { panel, act: Box::new(act) };
    DEFERRED.with_borrow_mut(|all| all.push(deferred));
    if !DOWN.get() {
        released();
    }
}

/// Drops the deferred changes of a panel. Continue has validated the same input, and a deferred change
/// would replace its messages.
pub fn cancel_deferred(panel: &'static str) {
    DEFERRED.with_borrow_mut(|all| all.retain(|it| it.panel != panel));
}

/// Returns `true` for the second click of a double click whose first click replaced the element under
/// the pointer: the person did not mean the new one.
pub fn is_repeated(click: &MouseEvent) -> bool {
    // `detail` is 0 for clicks by keyboard and assistive technology.
    click.detail() > 0 && LAST.with_borrow(|last| last.as_ref().is_some_and(|it| it.repeats))
}

fn released() {
    DOWN.set(false);
    // The click follows in the same task.
    set_timeout(
        || {
            if !DOWN.get() {
                DEFERRED.take().into_iter().for_each(|it| (it.act)());
            }
        },
        Duration::ZERO,
    );
}

impl Press {
    fn new(event: &PointerEvent, before: Option<Self>) -> Self {
        let (at, time) = ((event.client_x(), event.client_y()), event.time_stamp());
        let near = |it: &Self| {
            time - it.time < DOUBLE_PRESS
                && (at.0 - it.at.0).abs() < SAME_PLACE
                && (at.1 - it.at.1).abs() < SAME_PLACE
        };
        let moved = before.filter(|it| near(it) && it.is_gone());
        let repeats = moved.is_some();
        let hit = || event.target().and_then(|it| it.dyn_into().ok());
        Self { hit: moved.map_or_else(hit, |it| it.hit), at, time, repeats }
    }

    /// Returns `true` if another element is now in the place of the one pressed.
    fn is_gone(&self) -> bool {
        let there = document().element_from_point(self.at.0 as f32, self.at.1 as f32);
        let there = there.as_deref().map(|it| it as &Node);
        self.hit.as_ref().is_some_and(|hit| !hit.contains(there))
    }
}
