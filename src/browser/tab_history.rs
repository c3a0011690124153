//! Counts the history entries that a frame leaves at the end of its tab's history.
//!
//! A frame shares the history of its tab. When the host page reloads or moves the frame, Chromium and
//! WebKit keep the entries of the old frame, and each of them makes one Back do nothing. Session storage
//! holds their number for the next frame: the length of the history and the number of entries, only
//! while the last entry of the tab belongs to a frame.

use leptos::prelude::window;
use web_sys::Storage;

use super::page;

/// The key in session storage.
const KEY: &str = "frame-entries";
/// The longest history of Chromium and Firefox. At that length a new entry does not change it.
const MAX_LENGTH: usize = 50;

/// The length of the tab's history; `None` if this page is no frame.
pub fn length() -> Option<usize> {
    let framed = page::root_has("data-framed");
    let length = window().history().ok()?.length().ok()? as usize;
    (framed && length < MAX_LENGTH).then_some(length)
}

/// Counts an entry that a frame has added to a history of this length.
pub fn added(before: usize) {
    let own = own_at_end(before).unwrap_or_default() + 1;
    if let (Some(storage), Some(length)) = (storage(), length()) {
        // Fails without storage; then Back behaves as without this module.
        let _ = storage.set_item(KEY, &format!("{length} {own}"));
    }
}

/// Resets the count after Back or Forward: the current entry may no longer be the last.
pub fn left_end() {
    if length().is_some()
        && let Some(storage) = storage()
    {
        let _ = storage.remove_item(KEY);
    }
}

/// The number of entries directly below the current one that belong to frames that no longer exist.
pub fn ended() -> usize {
    let own = length().and_then(own_at_end).unwrap_or_default();
    left_end();
    own
}

/// The number of frames' entries at the end of a history of this length; `None` if it is not known.
fn own_at_end(length: usize) -> Option<usize> {
    let stored = storage()?.get_item(KEY).ok()??;
    let (of, own) = stored.split_once(' ')?;
    (of.parse() == Ok(length)).then(|| own.parse().ok())?
}

/// Session storage; `None` if the browser denies it to frames.
fn storage() -> Option<Storage> {
    window().session_storage().ok()?
}
