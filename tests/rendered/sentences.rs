//! Sentences for later: in the page, to be found by key, read by nobody.

use migraine_guide::components::sentences::sentences;

use crate::html::{only, rendered, text};

#[test]
fn they_are_found_by_key_and_hidden_from_everybody() {
    let html = rendered(sentences([("copied", "Copied."), ("open", "Open the guide")]));
    assert_eq!(text(only(&html, "[hidden] > #say-copied")), "Copied.");
    assert_eq!(text(only(&html, "[hidden] > #say-open")), "Open the guide");
}
