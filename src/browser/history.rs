//! Steps in the browser's history.
//!
//! An entry holds, by island, the number of a step and nothing else: what a step shows is known in
//! memory alone.

use js_sys::{Object, Reflect};
use leptos::ev;
use leptos::prelude::{window, window_event_listener};
use wasm_bindgen::JsValue;

/// Adds an entry for a step of this island; those of others stay as they are.
pub fn push(island: &str, step: usize) {
    // Browsers refuse more than some hundred entries in a short time; the screen changes all the
    // same, and Back then leads one step further.
    if let (Ok(history), Some(state)) = (window().history(), with_step(island, step)) {
        let _ = history.push_state(&state, "");
    }
}

/// Makes the present entry one of a step of this island.
pub fn mark(island: &str, step: usize) {
    if let (Ok(history), Some(state)) = (window().history(), with_step(island, step)) {
        let _ = history.replace_state(&state, "");
    }
}

/// One entry back, as the browser's own button. `false` where the present entry is not of this
/// step, e.g. because a link was followed since: Back would not leave the step.
pub fn back_from(island: &str, step: usize) -> bool {
    let Ok(history) = window().history() else { return false };
    let here = history.state().ok().and_then(|state| step_of(&state, island));
    here == Some(step) && history.back().is_ok()
}

/// Calls `show` with the step whenever Back or Forward comes to one of this island.
pub fn on_step(island: &'static str, show: impl Fn(usize) + 'static) {
    // Listens as long as the page is there.
    window_event_listener(ev::popstate, move |event| {
        if let Some(step) = step_of(&event.state(), island) {
            show(step);
        }
    });
}

fn step_of(state: &JsValue, island: &str) -> Option<usize> {
    let step = Reflect::get(state, &island.into()).ok()?.as_f64()?;
    (step >= 0.0).then_some(step as usize)
}

fn with_step(island: &str, step: usize) -> Option<Object> {
    let present = window().history().ok()?.state().ok()?;
    let state = Object::new();
    if present.is_object() {
        Object::assign(&state, &Object::from(present));
    }
    Reflect::set(&state, &island.into(), &(step as u32).into()).ok()?;
    Some(state)
}
