//! Messages: hidden in the page, found by key.

use migraine_guide::components::messages::messages;

use crate::html::{only, rendered, text};

#[test]
fn they_are_found_by_key_and_hidden_from_everybody() {
    let html = rendered(messages([("copied", "Copied."), ("open", "Open the guide")]));
    assert_eq!(text(only(&html, "[hidden] > #message-copied")), "Copied.");
    assert_eq!(text(only(&html, "[hidden] > #message-open")), "Open the guide");
}
