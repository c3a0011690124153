//! The islands' steps in the browser's history, for all islands together: an entry is a step of
//! each, so that Back and Forward lead every island to its screen and touch no other.
//!
//! In the browser an entry holds three numbers: of the run (from the page's load to its next), of
//! the entry, and of how many entries right below are of the same run. Which steps it stands for
//! is known in memory alone.

use std::cell::RefCell;
use std::time::Duration;

use js_sys::{Array, Math, Object, Reflect};
use leptos::ev;
use leptos::prelude::{set_timeout, window, window_event_listener};
use wasm_bindgen::JsValue;

use super::events::{GuideEvent, emit};
use super::tab_history;

/// What has steps of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Island {
    /// The self-assessment.
    SelfAssessment,
    /// The appointment request.
    AppointmentRequest,
}

/// The member of a history entry's state that is ours.
const STATE: &str = "migraine-guide";
const ISLANDS: usize = 2;
/// The step of every island, by [`Island`].
type Steps = [usize; ISLANDS];

/// What the steps of an entry are, and which entry of this run is right below it.
struct Entry {
    steps: Steps,
    below: Option<usize>,
}

/// What the browser holds of an entry.
#[derive(Clone, Copy)]
struct Mark {
    run: f64,
    entry: usize,
    /// So many entries right below are of this run too.
    depth: usize,
}

#[derive(Default)]
struct History {
    run: f64,
    entries: Vec<Entry>,
    /// The steps that are shown.
    shown: Steps,
    listeners: [Option<fn(usize)>; ISLANDS],
    /// The entry that Back was asked for and that has not been left yet: a second press, before the
    /// browser has gone, would lead one entry further.
    leaving: Option<usize>,
    /// The entry of an earlier run that the browser came to last.
    passed: Option<Mark>,
}

thread_local! {
    static HISTORY: RefCell<History> = RefCell::default();
}

/// Calls `show` with the step of an island whenever Back or Forward changes it. Listens as long as
/// the page is there.
pub fn begin(island: Island, show: fn(usize)) {
    let first = HISTORY.with_borrow_mut(|history| {
        let first = history.listeners.iter().all(Option::is_none);
        history.listeners[island as usize] = Some(show);
        first
    });
    if first {
        HISTORY.with_borrow_mut(|history| {
            history.run = Math::random();
            let ended = tab_history::ended();
            match Mark::present() {
                Some(dead) => history.pass(dead),
                // None of them is this frame's: `src/scripts/frame.js` knows who may leave them behind.
                None if ended > 0 => emit(GuideEvent::Back { entries: ended }),
                None => {}
            }
        });
        window_event_listener(ev::popstate, |event| arrived(Mark::read(&event.state())));
    }
}

/// Adds an entry in which an island is at another step; the other islands stay at theirs.
pub fn push(island: Island, step: usize) {
    HISTORY.with_borrow_mut(|history| {
        let here = history.present().unwrap_or_else(|| {
            // The first of the run, or where a link on the page led.
            let mark = history.add(None, 0);
            mark.write(web_sys::History::replace_state);
            mark
        });
        history.shown[island as usize] = step;
        // Browsers refuse more than some hundred entries in a short time; the screen changes all
        // the same, and Back then leads one step further.
        let before = tab_history::length();
        history.add(Some(here.entry), here.depth + 1).write(web_sys::History::push_state);
        if let Some(before) = before {
            tab_history::added(before);
        }
    });
}

/// Goes one entry back, as the browser's own button does, if that leads an island to this step and
/// changes nothing else.
pub fn back(island: Island, step: usize) -> bool {
    HISTORY.with_borrow_mut(|history| {
        let Some(here) = history.present() else { return false };
        let mut wanted = history.shown;
        wanted[island as usize] = step;
        let steps = |entry: usize| history.entries.get(entry).map(|it| it.steps);
        let below = history.entries.get(here.entry).and_then(|it| it.below).and_then(steps);
        let leads_there = wanted != history.shown
            && steps(here.entry) == Some(history.shown)
            && below == Some(wanted);
        if leads_there && history.leaving != Some(here.entry) {
            history.leaving = Some(here.entry);
            go_back(1);
        }
        leads_there
    })
}

/// Every entry leads an island to its first step from now on, and those right below that lead
/// nowhere else are left behind.
pub fn forget(island: Island) {
    HISTORY.with_borrow_mut(|history| {
        history.shown[island as usize] = 0;
        history.entries.iter_mut().for_each(|entry| entry.steps[island as usize] = 0);
    });
    // Once for all islands that forget at the same time.
    set_timeout(
        || HISTORY.with_borrow_mut(|history| go_back(history.equal_below())),
        Duration::ZERO,
    );
}

fn arrived(mark: Option<Mark>) {
    tab_history::left_end();
    let changed = HISTORY.with_borrow_mut(|history| {
        history.leaving = None;
        let mark = mark?;
        if mark.run != history.run {
            history.pass(mark);
            return None;
        }
        let steps = history.entries.get(mark.entry)?.steps;
        let before = std::mem::replace(&mut history.shown, steps);
        let both = before.into_iter().zip(steps);
        let listeners = history.listeners.into_iter().zip(both);
        let changed = listeners.filter(|(_, (before, step))| before != step);
        Some(changed.filter_map(|(show, (_, step))| Some((show?, step))).collect::<Vec<_>>())
    });
    for (show, step) in changed.into_iter().flatten() {
        // In a task of its own: at an address with a fragment, as every link to the form has,
        // browsers take the focus away right after the event.
        set_timeout(move || show(step), Duration::ZERO);
    }
}

impl History {
    /// The entry that the browser is at, where it is one of this run.
    fn present(&self) -> Option<Mark> {
        Mark::present().filter(|it| it.run == self.run)
    }

    /// Going back, leaves behind what a run before the reload left: it shows nothing any more.
    fn pass(&mut self, dead: Mark) {
        let forward = self.passed.is_some_and(|it| it.run == dead.run && it.entry < dead.entry);
        self.passed = Some(dead);
        if !forward {
            go_back(dead.depth);
        }
    }

    fn add(&mut self, below: Option<usize>, depth: usize) -> Mark {
        self.entries.push(Entry { steps: self.shown, below });
        Mark { run: self.run, entry: self.entries.len() - 1, depth }
    }

    /// So many entries right below the present one show the same as it does.
    fn equal_below(&self) -> usize {
        let Some(here) = self.present().and_then(|it| self.entries.get(it.entry)) else { return 0 };
        let below = std::iter::successors(Some(here), |it| self.entries.get(it.below?));
        below.skip(1).take_while(|it| it.steps == here.steps).count()
    }
}

impl Mark {
    fn present() -> Option<Self> {
        Self::read(&window().history().ok()?.state().ok()?)
    }

    fn read(state: &JsValue) -> Option<Self> {
        let mark = Reflect::get(state, &STATE.into()).ok().filter(Array::is_array)?;
        let number = |index: u32| Array::from(&mark).get(index).as_f64();
        Some(Self { run: number(0)?, entry: number(1)? as usize, depth: number(2)? as usize })
    }

    fn write(
        self,
        put: fn(&web_sys::History, &JsValue, &str) -> Result<(), JsValue>,
    ) -> Option<()> {
        let [entry, depth] = [self.entry, self.depth].map(|it| JsValue::from(it as u32));
        let state = Object::new();
        Reflect::set(&state, &STATE.into(), &Array::of3(&self.run.into(), &entry, &depth)).ok()?;
        put(&window().history().ok()?, &state, "").ok()
    }
}

fn go_back(entries: usize) {
    let Ok(history) = window().history() else { return };
    // In a frame `src/scripts/frame.js` does one step back itself where the browser refuses it.
    let _ = match entries {
        0 => return,
        1 => history.back(),
        _ => history.go_with_delta(-(entries as i32)),
    };
}
