//! Where the focus goes, for those who read with a keyboard or a screen reader.

use leptos::prelude::document;
use wasm_bindgen::JsCast as _;
use web_sys::{FocusOptions, HtmlElement, ScrollIntoViewOptions, ScrollLogicalPosition};

use super::page::{self, element};

/// A panel that `src/scripts/frame.js` keeps at one height, and that scrolls inside.
const BOXED: &str = "[data-boxed] .panel";
/// The part of such a panel that is left above what is scrolled to: room for its label and its
/// error. A quarter.
const ABOVE: f64 = 0.25;

/// Moves the focus to the element of this id. It must be shown already.
pub fn now(id: &str) {
    if let Some(element) = element(id) {
        page::unfold(&element);
        take(&element);
    }
}

/// Moves the focus to a heading in a panel whose screen has changed. Where the panel is not wholly
/// in view, its beginning is brought there: one and the same place for every screen.
pub fn screen(panel: &str, heading: &str) {
    let Some(panel) = element(panel) else { return };
    if is_boxed(&panel) {
        panel.set_scroll_top(0);
        now(heading);
        return;
    }
    now(heading);
    let seen = panel.get_bounding_client_rect();
    let height = document().document_element().map_or(0, |it| it.client_height());
    if seen.top() < 0.0 || seen.bottom() > f64::from(height) {
        panel.scroll_into_view_with_bool(true);
    }
}

fn is_boxed(element: &HtmlElement) -> bool {
    element.matches(BOXED).unwrap_or(false)
}

/// Gives an element the focus. The browser would scroll a page around this one to it, which that
/// page can notice: in a boxed panel only the panel is scrolled, and the page to the whole panel.
fn take(element: &HtmlElement) {
    let panel = element.closest(BOXED).ok().flatten();
    let Some(panel) = panel else {
        // Fails only for an element that cannot take the focus; reading then goes on in place.
        let _ = element.focus();
        return;
    };
    let still = FocusOptions::new();
    still.set_prevent_scroll(true);
    let _ = element.focus_with_options(&still);
    let (at, room) = (element.get_bounding_client_rect(), panel.get_bounding_client_rect());
    if at.top() < room.top() || at.bottom() > room.bottom() {
        let by = at.top() - room.top() - room.height() * ABOVE;
        panel.set_scroll_top(panel.scroll_top() + by as i32);
    }
    let near = ScrollIntoViewOptions::new();
    near.set_block(ScrollLogicalPosition::Nearest);
    panel.scroll_into_view_with_scroll_into_view_options(&near);
    let island = panel.closest("leptos-island").ok().flatten();
    if let Some(edge) = island.and_then(|it| it.previous_element_sibling()) {
        edge.scroll_into_view_with_scroll_into_view_options(&near);
    }
}

/// Whether the focus is in the element of this id.
pub fn is_within(id: &str) -> bool {
    let active = document().active_element();
    element(id).is_some_and(|element| element.contains(active.as_deref()))
}

/// Moves the focus to the first control of a form.
pub fn first_control(form: &str) {
    let Some(form) = element(form) else { return };
    let control = form.query_selector("input").ok().flatten();
    if let Some(control) = control.and_then(|it| it.dyn_into::<HtmlElement>().ok()) {
        // With the question and its error, where all of it fits.
        if let Ok(Some(panel)) = form.closest(BOXED) {
            panel.set_scroll_top(0);
        }
        take(&control);
    }
}
