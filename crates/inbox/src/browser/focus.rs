//! The focus.

use leptos::prelude::document;
use wasm_bindgen::JsCast as _;
use web_sys::{HtmlElement, ScrollIntoViewOptions, ScrollLogicalPosition};

/// Moves the focus to the element of an id, once it stands in the page.
pub fn focus(id: &str) {
    let id = id.to_owned();
    leptos::prelude::request_animation_frame(move || {
        move_to(&id);
    });
}

/// Moves the focus to the element of an id; to the other one where the page has no such element any more.
pub fn focus_or(id: &str, other: &'static str) {
    let id = id.to_owned();
    leptos::prelude::request_animation_frame(move || {
        if !move_to(&id) {
            move_to(other);
        }
    });
}

/// Moves the focus to the element of an id if what had it has left the page: the next Tab would begin at the top.
pub fn focus_if_lost(id: &'static str) {
    leptos::prelude::request_animation_frame(move || {
        let focused = document().active_element();
        if focused.is_none_or(|it| it.tag_name() == "BODY") {
            move_to(id);
        }
    });
}

fn move_to(id: &str) -> bool {
    let Some(element) = element(id) else { return false };
    // Fails for no element that is in the page.
    let _ = element.focus();
    scroll_to(&element);
    true
}

/// Scrolls to the element of an id, if it is out of view.
pub fn reveal(id: &str) {
    if let Some(element) = element(id) {
        scroll_to(&element);
    }
}

fn element(id: &str) -> Option<HtmlElement> {
    document().get_element_by_id(id)?.dyn_into().ok()
}

fn scroll_to(element: &HtmlElement) {
    let options = ScrollIntoViewOptions::new();
    options.set_block(ScrollLogicalPosition::Nearest);
    element.scroll_into_view_with_scroll_into_view_options(&options);
}

/// The id of the element that has the focus.
pub fn focused() -> Option<String> {
    let id = document().active_element()?.id();
    (!id.is_empty()).then_some(id)
}

/// Returns `true` while somebody types into a field: keys are letters then, and no commands.
pub fn is_typing() -> bool {
    let Some(element) = document().active_element() else { return false };
    matches!(element.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT")
}
