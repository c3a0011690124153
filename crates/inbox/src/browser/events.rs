//! Events of the window.

use leptos::ev;
use leptos::prelude::{WindowListenerHandle, window, window_event_listener};

/// Calls `on_use` whenever the person does something: presses a key, moves the pointer, touches, scrolls.
pub fn on_use(on_use: impl Fn() + Clone + 'static) {
    let by_key = on_use.clone();
    let by_touch = on_use.clone();
    let by_wheel = on_use.clone();
    drop(window_event_listener(ev::pointermove, move |_| on_use()));
    drop(window_event_listener(ev::keydown, move |_| by_key()));
    drop(window_event_listener(ev::pointerdown, move |_| by_touch()));
    drop(window_event_listener(ev::wheel, move |_| by_wheel()));
}

/// Calls `on_leave` when the page is left or closed, or kept by the browser to come back to.
pub fn on_leave(on_leave: impl Fn() + 'static) {
    drop(window_event_listener(ev::pagehide, move |_| on_leave()));
}

/// Calls `on_printed` when the print dialog is closed.
pub fn on_printed(on_printed: impl Fn() + 'static) -> WindowListenerHandle {
    window_event_listener(ev::afterprint, move |_| on_printed())
}

/// Calls `on_key` with each key that is pressed without a modifier, outside fields. Returns `true` where it
/// was a command, which the browser then ignores.
pub fn on_key(on_key: impl Fn(&str) -> bool + 'static) -> WindowListenerHandle {
    window_event_listener(ev::keydown, move |event| {
        let modified = event.ctrl_key() || event.alt_key() || event.meta_key();
        if modified || event.is_composing() || super::focus::is_typing() && event.key() != "Escape"
        {
            return;
        }
        if on_key(&event.key()) {
            event.prevent_default();
        }
    })
}

/// Calls `on_link` when a link to this page whose fragment begins so is followed in the same tab: nothing but the
/// fragment changes then.
pub fn on_link(begin: &'static str, on_link: impl Fn() + 'static) {
    drop(window_event_listener(ev::hashchange, move |_| {
        let hash = window().location().hash().unwrap_or_default();
        if hash.strip_prefix('#').is_some_and(|fragment| fragment.starts_with(begin)) {
            on_link();
        }
    }));
}

/// Has the browser ask before the page is left, while `is_needed`.
pub fn ask_before_leaving(is_needed: impl Fn() -> bool + 'static) {
    drop(window_event_listener(ev::beforeunload, move |event| {
        if is_needed() {
            event.prevent_default();
        }
    }));
}
