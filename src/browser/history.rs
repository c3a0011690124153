//! An island's steps in the browser's history.
//!
//! An entry holds, by island, three numbers: of the run, of the step, and of how many entries
//! right below it are of the same run. What a step shows is known in memory alone.

use std::time::Duration;

use js_sys::{Array, Math, Object, Reflect};
use leptos::ev;
use leptos::prelude::{set_timeout, window, window_event_listener};
use wasm_bindgen::JsValue;

/// The steps of one run of an island: from its first screen until it is cleared or reloaded.
pub struct Steps {
    island: &'static str,
    run: f64,
}

/// What an entry holds of an island.
#[derive(Clone, Copy)]
pub struct Entry {
    run: f64,
    step: usize,
    /// So many entries right below are of this run too.
    below: usize,
}

impl Steps {
    /// A new run. Entries that an earlier one left right here, before a reload, are left behind.
    pub fn new(island: &'static str) -> Self {
        let steps = Self { island, run: Math::random() };
        steps.leave();
        steps
    }

    /// Ends the run and begins another; the entries of the ended one are left behind.
    pub fn renew(&mut self) {
        self.leave();
        self.run = Math::random();
    }

    /// Which step of this run an entry is of.
    pub fn step(&self, entry: Entry) -> Option<usize> {
        (entry.run == self.run).then_some(entry.step)
    }

    /// Makes the present entry one of a step, the first of the run.
    pub fn mark(&self, step: usize) {
        if let (Ok(history), Some(state)) = (window().history(), self.state(step, 0)) {
            let _ = history.replace_state(&state, "");
        }
    }

    /// Adds an entry for a step; those of other islands stay as they are.
    pub fn push(&self, step: usize) {
        let here = present(self.island).filter(|entry| entry.run == self.run);
        let below = here.map_or(0, |entry| entry.below + 1);
        // Browsers refuse more than some hundred entries in a short time; the screen changes all
        // the same, and Back then leads one step further.
        if let (Ok(history), Some(state)) = (window().history(), self.state(step, below)) {
            let _ = history.push_state(&state, "");
        }
    }

    /// One entry back, as the browser's own button. `false` where that would not lead to the step
    /// before, e.g. because a link on the page was followed since.
    pub fn back(&self, step: usize) -> bool {
        let here = present(self.island).filter(|entry| self.step(*entry) == Some(step));
        let Ok(history) = window().history() else { return false };
        here.is_some_and(|entry| entry.below > 0) && history.back().is_ok()
    }

    fn leave(&self) {
        if let (Ok(history), Some(entry)) = (window().history(), present(self.island))
            && entry.below > 0
        {
            let _ = history.go_with_delta(-(entry.below as i32));
        }
    }

    fn state(&self, step: usize, below: usize) -> Option<Object> {
        let present = window().history().ok()?.state().ok()?;
        let state = Object::new();
        if present.is_object() {
            Object::assign(&state, &Object::from(present));
        }
        let entry = Array::of3(&self.run.into(), &(step as u32).into(), &(below as u32).into());
        Reflect::set(&state, &self.island.into(), &entry).ok()?;
        Some(state)
    }
}

/// Calls `show` with the entry whenever Back or Forward comes to one of this island. Listens as
/// long as the page is there.
///
/// In a task of its own: at an address with a fragment, as every link to the form has, browsers
/// take the focus away right after the event.
pub fn on_step(island: &'static str, show: fn(Entry)) {
    window_event_listener(ev::popstate, move |event| {
        if let Some(entry) = entry_of(&event.state(), island) {
            set_timeout(move || show(entry), Duration::ZERO);
        }
    });
}

fn present(island: &str) -> Option<Entry> {
    entry_of(&window().history().ok()?.state().ok()?, island)
}

fn entry_of(state: &JsValue, island: &str) -> Option<Entry> {
    let entry = Reflect::get(state, &island.into()).ok().filter(Array::is_array)?;
    let number = |index: u32| Array::from(&entry).get(index).as_f64();
    Some(Entry { run: number(0)?, step: number(1)? as usize, below: number(2)? as usize })
}
