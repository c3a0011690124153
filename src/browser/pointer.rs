//! Presses with a pointer: what waits for their end, and the second of a double press.
//!
//! Leaving a field by pressing something else fires its `change` while the pointer is still down.
//! An error that then appears or goes would move what is being pressed away from under the
//! finger, and the press would be lost.

use std::cell::{Cell, RefCell};
use std::time::Duration;

use leptos::ev::{self, MouseEvent, PointerEvent};
use leptos::prelude::{document, set_timeout, window_event_listener};
use wasm_bindgen::JsCast as _;
use web_sys::{Element, Node};

/// The longest time between the two of a double press: that of Windows, in milliseconds.
const DOUBLE_PRESS: f64 = 500.0;
/// The furthest that two presses of one place are apart, in CSS pixels: the smallest target of
/// WCAG 2.2 (2.5.8).
const SAME_PLACE: i32 = 24;

/// What waits until nothing is pressed, and the panel that it belongs to.
struct Pending {
    panel: &'static str,
    act: Box<dyn FnOnce()>,
}

/// The last press. Of several in one place, what the first of them hit.
struct Press {
    hit: Option<Element>,
    at: (i32, i32),
    /// Milliseconds since the page was asked for.
    time: f64,
    /// It came right after another, and hit what had taken the place of what that one hit.
    repeats: bool,
}

thread_local! {
    static DOWN: Cell<bool> = const { Cell::new(false) };
    static PENDING: RefCell<Vec<Pending>> = const { RefCell::new(Vec::new()) };
    static LAST: RefCell<Option<Press>> = const { RefCell::new(None) };
}

/// Begins to watch. Goes on as long as the page is there.
pub fn watch() {
    window_event_listener(ev::pointerdown, |event| {
        DOWN.set(true);
        LAST.set(Some(Press::new(&event, LAST.take())));
    });
    window_event_listener(ev::pointerup, |_| released());
    window_event_listener(ev::pointercancel, |_| released());
}

/// Does something once nothing is pressed any more, and what was pressed has had its click; unless
/// [`cancel_pending`] comes before it.
pub fn after_press(panel: &'static str, act: impl FnOnce() + 'static) {
    PENDING.with_borrow_mut(|pending| pending.push(Pending { panel, act: Box::new(act) }));
    if !DOWN.get() {
        released();
    }
}

/// Drops what waits for the end of a press in a panel: Continue has judged what was changed before
/// it, and what it says must stay.
pub fn cancel_pending(panel: &'static str) {
    PENDING.with_borrow_mut(|pending| pending.retain(|it| it.panel != panel));
}

/// Whether a click is the second of a double press whose first has brought something else under
/// the pointer: nobody meant that.
pub fn is_repeated(click: &MouseEvent) -> bool {
    // By keyboard, and by assistive technology, none is counted.
    click.detail() > 0 && LAST.with_borrow(|last| last.as_ref().is_some_and(|it| it.repeats))
}

fn released() {
    DOWN.set(false);
    // A click follows in the same turn of the event loop.
    set_timeout(
        || {
            if !DOWN.get() {
                PENDING.take().into_iter().for_each(|it| (it.act)());
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

    /// What was hit is no longer where it was.
    fn is_gone(&self) -> bool {
        let there = document().element_from_point(self.at.0 as f32, self.at.1 as f32);
        let there = there.as_deref().map(|it| it as &Node);
        self.hit.as_ref().is_some_and(|hit| !hit.contains(there))
    }
}
