//! Whether something is being pressed.
//!
//! Leaving a field by pressing something else fires its `change` while the pointer is still down.
//! An error that then appears or goes would move what is being pressed away from under the
//! finger, and the press would be lost.

use std::cell::{Cell, RefCell};
use std::time::Duration;

use leptos::ev;
use leptos::prelude::{set_timeout, window_event_listener};

thread_local! {
    static DOWN: Cell<bool> = const { Cell::new(false) };
    static WAITING: RefCell<Vec<Box<dyn FnOnce()>>> = const { RefCell::new(Vec::new()) };
}

/// Begins to watch. Goes on as long as the page is there.
pub fn watch() {
    window_event_listener(ev::pointerdown, |_| DOWN.set(true));
    window_event_listener(ev::pointerup, |_| released());
    window_event_listener(ev::pointercancel, |_| released());
}

/// Does something once nothing is pressed any more, and what was pressed has had its click.
pub fn after_press(act: impl FnOnce() + 'static) {
    WAITING.with_borrow_mut(|waiting| waiting.push(Box::new(act)));
    if !DOWN.get() {
        released();
    }
}

fn released() {
    DOWN.set(false);
    // A click follows in the same turn of the event loop.
    set_timeout(
        || {
            if !DOWN.get() {
                WAITING.take().into_iter().for_each(|act| act());
            }
        },
        Duration::ZERO,
    );
}
