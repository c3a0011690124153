//! Paragraphs: one a text, nothing for nothing.

use migraine_guide::components::paragraphs::paragraphs;

use crate::html::{all, rendered, text};

#[test]
fn every_text_is_a_paragraph_and_stays_text() {
    let html = rendered(paragraphs(&["First.".to_owned(), "Five <days>.".to_owned()]));
    let found: Vec<String> = all(&html, "p").into_iter().map(text).collect();
    assert_eq!(found, ["First.", "Five <days>."]);
    assert!(all(&rendered(paragraphs(&[])), "p").is_empty());
}
