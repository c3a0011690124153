//! The entries that a frame leaves at the end of its tab's history.
//!
//! A frame shares the history of its tab. When the page around it is loaded anew, or moves the frame
//! to another place, Chromium and WebKit keep the entries of the frame that ended: Back then changes
//! nothing, once for each. How many there are the tab's storage keeps for the next frame: two
//! numbers, as the history itself has them, and only while the last entry of the tab is a frame's.

use leptos::prelude::{document, window};
use web_sys::Storage;

/// The entry of the tab's storage.
const KEY: &str = "frame-entries";
/// Chromium and Firefox keep no more entries; at that length nothing tells that one was added.
const MAX_LENGTH: usize = 50;

/// The length of the tab's history, where this page is a frame in it.
pub fn length() -> Option<usize> {
    let framed = document().document_element()?.has_attribute("data-framed");
    let length = window().history().ok()?.length().ok()? as usize;
    (framed && length < MAX_LENGTH).then_some(length)
}

/// After a frame added an entry to a history of this length.
pub fn added(before: usize) {
    let own = own_at_end(before).unwrap_or_default() + 1;
    if let (Some(storage), Some(length)) = (storage(), length()) {
        // Where nothing can be stored, Back is as it was.
        let _ = storage.set_item(KEY, &format!("{length} {own}"));
    }
}

/// After Back or Forward: the entry that the tab is at need not be its last any more.
pub fn left_end() {
    if length().is_some()
        && let Some(storage) = storage()
    {
        let _ = storage.remove_item(KEY);
    }
}

/// How many entries right below the present one are those of frames that have ended.
pub fn ended() -> usize {
    let own = length().and_then(own_at_end).unwrap_or_default();
    left_end();
    own
}

/// So many entries at the end of a history of this length are frames', where that is known.
fn own_at_end(length: usize) -> Option<usize> {
    let kept = storage()?.get_item(KEY).ok()??;
    let (of, own) = kept.split_once(' ')?;
    (of.parse() == Ok(length)).then(|| own.parse().ok())?
}

/// `None` where the browser lets sites in a frame store nothing.
fn storage() -> Option<Storage> {
    window().session_storage().ok()?
}
