//! Access to state of which each page has one, since its elements are found by their ids.

use std::cell::RefCell;
use std::thread::LocalKey;

/// Runs `act` on the state; `None` before it is set. A call from within `act` returns `None` too.
pub fn with<S, T>(
    state: &'static LocalKey<RefCell<Option<S>>>,
    act: impl FnOnce(&mut S) -> T,
) -> Option<T> {
    state.with(|state| Some(act(state.try_borrow_mut().ok()?.as_mut()?)))
}
