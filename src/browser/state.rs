//! State of which there is one a page: its elements are found by their ids.

use std::cell::RefCell;
use std::thread::LocalKey;

/// Does something with the state; `None` before it is set. Not within itself, where it does nothing
/// either: nothing done with a state handles another event.
pub fn with<S, T>(
    state: &'static LocalKey<RefCell<Option<S>>>,
    act: impl FnOnce(&mut S) -> T,
) -> Option<T> {
    state.with(|state| Some(act(state.try_borrow_mut().ok()?.as_mut()?)))
}
