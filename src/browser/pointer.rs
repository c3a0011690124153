//! Defers changes until a press has ended.
//!
//! Leaving a field by pressing a button fires `change` while the pointer is still down. An error message
//! that appears or disappears at that moment would move the button away from under the finger, and the
//! browser would fire no `click`.

use std::cell::{Cell, RefCell};
use std::time::Duration;

use leptos::ev;
use leptos::prelude::{set_timeout, window_event_listener};

/// A change deferred until the pointer is up.
struct Deferred {
    /// The panel that it belongs to.
    panel: &'static str,
    act: Box<dyn FnOnce()>,
}

thread_local! {
    static DOWN: Cell<bool> = const { Cell::new(false) };
    static DEFERRED: RefCell<Vec<Deferred>> = const { RefCell::new(Vec::new()) };
}

/// Watches the pointer until the page is left. Called once a page.
pub fn watch() {
    window_event_listener(ev::pointerdown, |_| DOWN.set(true));
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
