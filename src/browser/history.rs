//! One browser history for all islands: each entry stands for one step of every island, so that Back and
//! Forward change the screen of one island and leave the others alone.
//!
//! `history.state` holds three numbers: the page load, the entry, and the number of entries directly
//! below that belong to the same page load. The steps of an entry are in memory only, so that no
//! history entry tells an answer.

use std::cell::RefCell;
use std::time::Duration;

use js_sys::{Array, Math, Object, Reflect};
use leptos::ev;
use leptos::prelude::{set_timeout, window, window_event_listener};
use wasm_bindgen::JsValue;

use super::events::{GuideEvent, emit};
use super::{focus, pointer, tab_history};

/// An island with screens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Island {
    /// The self-assessment.
    SelfAssessment,
    /// The appointment request.
    AppointmentRequest,
}

/// The member of `history.state` that belongs to this module.
const STATE: &str = "migraine-guide";
const ISLANDS: usize = 2;
/// The step of every island, by [`Island`].
type Steps = [usize; ISLANDS];

/// A history entry, as this page load knows it.
struct Entry {
    steps: Steps,
    /// The index of the entry directly below, if it belongs to this page load.
    below: Option<usize>,
}

/// The content of `history.state`.
#[derive(Clone, Copy)]
struct EntryState {
    /// A random number for each load of the page.
    page_load: f64,
    /// The index of the entry in [`History::entries`].
    entry: usize,
    /// The number of entries directly below that belong to the same page load.
    depth: usize,
}

#[derive(Default)]
struct History {
    page_load: f64,
    entries: Vec<Entry>,
    /// The steps whose screens are visible.
    shown: Steps,
    listeners: [Option<fn(usize)>; ISLANDS],
    /// The entry from which [`back`] was called and which the browser has not left yet. A second call
    /// would go back two entries.
    leaving: Option<usize>,
    /// Gives the focus back. Set while the browser has been sent back by [`forget`] and has not left yet:
    /// nothing changes on screen, so the focus stays.
    keep_focus: Option<Box<dyn FnOnce()>>,
    /// The last visited entry of an earlier page load.
    passed: Option<EntryState>,
}

thread_local! {
    static HISTORY: RefCell<History> = RefCell::default();
}

/// Registers an island: `show` is called with its step whenever Back or Forward changes it, until the
/// page is left. With the first island of a page, the pointer is watched, too.
pub fn begin(island: Island, show: fn(usize)) {
    let first = HISTORY.with_borrow_mut(|history| {
        let first = history.listeners.iter().all(Option::is_none);
        history.listeners[island as usize] = Some(show);
        first
    });
    if first {
        pointer::watch();
        HISTORY.with_borrow_mut(|history| {
            history.page_load = Math::random();
            let ended = tab_history::ended();
            match EntryState::present() {
                Some(stale) => history.pass(stale),
                // Only `src/scripts/frame.js` can go back past entries of another frame.
                None if ended > 0 => emit(GuideEvent::Back { entries: ended }),
                None => {}
            }
        });
        window_event_listener(ev::popstate, |event| on_popstate(EntryState::read(&event.state())));
    }
}

/// Adds an entry with a new step of one island; the steps of the others stay.
pub fn push(island: Island, step: usize) {
    HISTORY.with_borrow_mut(|history| {
        let here = history.present().unwrap_or_else(|| {
            // The first entry of this page load, or one that a link on the page has added.
            let state = history.add(None, 0);
            state.write(web_sys::History::replace_state);
            state
        });
        history.shown[island as usize] = step;
        // Browsers limit the rate of new entries. The screen changes even if one is refused; Back then
        // goes back one step more.
        let before = tab_history::length();
        history.add(Some(here.entry), here.depth + 1).write(web_sys::History::push_state);
        if let Some(before) = before {
            tab_history::added(before);
        }
    });
}

/// Gives the present entry a new step of one island, in place of its step there.
pub fn replace(island: Island, step: usize) {
    let replaced = HISTORY.with_borrow_mut(|history| {
        let here = history.present()?.entry;
        history.shown[island as usize] = step;
        history.entries.get_mut(here)?.steps = history.shown;
        Some(())
    });
    if replaced.is_none() {
        push(island, step);
    }
}

/// Goes back one entry, like the browser's own button, and returns `true`, if that entry differs from
/// the present one in this step only.
pub fn back(island: Island, step: usize) -> bool {
    HISTORY.with_borrow_mut(|history| {
        let Some(here) = history.present() else { return false };
        let mut wanted = history.shown;
        wanted[island as usize] = step;
        let steps = |entry: usize| history.entries.get(entry).map(|it| it.steps);
        let below = history.entries.get(here.entry).and_then(|it| it.below).and_then(steps);
        let is_wanted = wanted != history.shown
            && steps(here.entry) == Some(history.shown)
            && below == Some(wanted);
        if is_wanted && history.leaving != Some(here.entry) {
            history.leaving = Some(here.entry);
            go_back(1);
        }
        is_wanted
    })
}

/// Resets an island to its first step in every entry, and goes back past entries that then equal the
/// present one.
pub fn forget(island: Island) {
    HISTORY.with_borrow_mut(|history| {
        history.shown[island as usize] = 0;
        history.entries.iter_mut().for_each(|entry| entry.steps[island as usize] = 0);
    });
    // In a task of its own, so that islands that are reset together go back once.
    set_timeout(
        || {
            HISTORY.with_borrow_mut(|history| {
                let entries = history.equal_below();
                if entries > 0 {
                    history.keep_focus = Some(Box::new(focus::keeper()));
                    go_back(entries);
                }
            })
        },
        Duration::ZERO,
    );
}

fn on_popstate(state: Option<EntryState>) {
    tab_history::left_end();
    let changed = HISTORY.with_borrow_mut(|history| {
        history.leaving = None;
        let state = state?;
        if state.page_load != history.page_load {
            history.pass(state);
            return None;
        }
        let steps = history.entries.get(state.entry)?.steps;
        let before = std::mem::replace(&mut history.shown, steps);
        let both = before.into_iter().zip(steps);
        let listeners = history.listeners.into_iter().zip(both);
        let changed = listeners.filter(|(_, (before, step))| before != step);
        Some(changed.filter_map(|(show, (_, step))| Some((show?, step))).collect::<Vec<_>>())
    });
    // In a task of its own: if the URL has a fragment, Firefox moves the focus before this event, and other
    // browsers right after it.
    if let Some(keep_focus) = HISTORY.with_borrow_mut(|history| history.keep_focus.take()) {
        set_timeout(keep_focus, Duration::ZERO);
    }
    for (show, step) in changed.into_iter().flatten() {
        set_timeout(move || show(step), Duration::ZERO);
    }
}

impl History {
    /// The current entry, if it belongs to this page load.
    fn present(&self) -> Option<EntryState> {
        EntryState::present().filter(|it| it.page_load == self.page_load)
    }

    /// Goes back past the entries of an earlier page load, whose steps are unknown. Going forward, it
    /// stays.
    fn pass(&mut self, stale: EntryState) {
        let same_load = |it: EntryState| it.page_load == stale.page_load;
        let forward = self.passed.is_some_and(|it| same_load(it) && it.entry < stale.entry);
        self.passed = Some(stale);
        if !forward {
            go_back(stale.depth);
        }
    }

    fn add(&mut self, below: Option<usize>, depth: usize) -> EntryState {
        self.entries.push(Entry { steps: self.shown, below });
        EntryState { page_load: self.page_load, entry: self.entries.len() - 1, depth }
    }

    /// The number of entries directly below the current one with the same steps.
    fn equal_below(&self) -> usize {
        let Some(here) = self.present().and_then(|it| self.entries.get(it.entry)) else { return 0 };
        let below = std::iter::successors(Some(here), |it| self.entries.get(it.below?));
        below.skip(1).take_while(|it| it.steps == here.steps).count()
    }
}

impl EntryState {
    fn present() -> Option<Self> {
        Self::read(&window().history().ok()?.state().ok()?)
    }

    fn read(state: &JsValue) -> Option<Self> {
        let own = Reflect::get(state, &STATE.into()).ok().filter(Array::is_array)?;
        let number = |index: u32| Array::from(&own).get(index).as_f64();
        Some(Self { page_load: number(0)?, entry: number(1)? as usize, depth: number(2)? as usize })
    }

    fn write(
        self,
        put: fn(&web_sys::History, &JsValue, &str) -> Result<(), JsValue>,
    ) -> Option<()> {
        let [entry, depth] = [self.entry, self.depth].map(|it| JsValue::from(it as u32));
        let state = Object::new();
        Reflect::set(&state, &STATE.into(), &Array::of3(&self.page_load.into(), &entry, &depth))
            .ok()?;
        put(&window().history().ok()?, &state, "").ok()
    }
}

fn go_back(entries: usize) {
    let Ok(history) = window().history() else { return };
    // In a frame whose browser refuses a step back, `src/scripts/frame.js` does it.
    let _ = match entries {
        0 => return,
        1 => history.back(),
        _ => history.go_with_delta(-(entries as i32)),
    };
}
