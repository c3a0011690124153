//! A bullet list: an item a text, and no empty list, which a screen reader would announce.

use migraine_guide::components::list::list;

use crate::html::{all, rendered, text};

#[test]
fn every_text_is_an_item_and_stays_text() {
    let html = rendered(list(&["Rest".to_owned(), "Drink <water>".to_owned()]));
    let items: Vec<String> = all(&html, "ul > li").into_iter().map(text).collect();
    assert_eq!(items, ["Rest", "Drink <water>"]);
}

#[test]
fn without_items_there_is_no_list() {
    assert!(all(&rendered(list(&[])), "ul").is_empty());
}
