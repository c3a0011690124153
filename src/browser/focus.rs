//! Moves the focus, so that users of a keyboard or a screen reader follow a change of screen.

use leptos::prelude::{document, window};
use wasm_bindgen::JsCast as _;
use web_sys::{FocusOptions, HtmlElement, ScrollIntoViewOptions, ScrollLogicalPosition};

use super::page::{self, element};

/// A panel that `src/scripts/frame.js` keeps at one height, and that scrolls inside.
const BOXED: &str = "[data-boxed] .panel";
/// The share of such a panel's height that stays above an element scrolled to: room for its label and
/// its error.
const ABOVE: f64 = 0.25;

/// Moves the focus to the element of this id, which must be visible already.
pub fn now(id: &str) {
    if let Some(element) = element(id) {
        page::unfold(&element);
        take(&element);
    }
}

/// Moves the focus to the heading of a panel's new screen. If the panel is not wholly in view, scrolls
/// to its top, which is the same place for every screen.
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

/// Scrolls to the top of a panel if that is out of view. The focus stays. The page of another site around
/// the guide does not scroll: it would notice.
pub fn reveal(panel: &str) {
    let Some(panel) = element(panel) else { return };
    let top = panel.get_bounding_client_rect().top();
    if is_boxed(&panel) {
        panel.set_scroll_top(0);
    } else if top < 0.0 {
        window().scroll_by_with_x_and_y(0.0, top);
    }
}

/// Scrolls to the top of a panel.
pub fn top(panel: &str) {
    if let Some(panel) = element(panel) {
        panel.set_scroll_top(0);
        if !is_boxed(&panel) {
            panel.scroll_into_view_with_bool(true);
        }
    }
}

fn is_boxed(element: &HtmlElement) -> bool {
    element.matches(BOXED).unwrap_or(false)
}

/// Focuses an element. In a boxed panel it scrolls the panel itself and then the page to the whole
/// panel: the browser's own scrolling would show the host page which element has the focus.
fn take(element: &HtmlElement) {
    let panel = element.closest(BOXED).ok().flatten();
    let Some(panel) = panel else {
        // Fails only for an element that cannot take the focus; the focus then stays.
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
    let near = nearest();
    panel.scroll_into_view_with_scroll_into_view_options(&near);
    let island = panel.closest("leptos-island").ok().flatten();
    if let Some(edge) = island.and_then(|it| it.previous_element_sibling()) {
        edge.scroll_into_view_with_scroll_into_view_options(&near);
    }
}

/// Returns a function that moves the focus back to the element that has it now, and into view.
pub fn keeper() -> impl FnOnce() {
    let focused = document().active_element().and_then(|it| it.dyn_into::<HtmlElement>().ok());
    move || {
        if let Some(element) = focused {
            take(&element);
            element.scroll_into_view_with_scroll_into_view_options(&nearest());
        }
    }
}

fn nearest() -> ScrollIntoViewOptions {
    let options = ScrollIntoViewOptions::new();
    options.set_block(ScrollLogicalPosition::Nearest);
    options
}

/// Returns `true` if the element of this id contains the focus.
pub fn is_within(id: &str) -> bool {
    let active = document().active_element();
    element(id).is_some_and(|element| element.contains(active.as_deref()))
}

/// Moves the focus to the first control of a form.
pub fn first_control(form: &str) {
    let Some(form) = element(form) else { return };
    let control = form.query_selector("input").ok().flatten();
    if let Some(control) = control.and_then(|it| it.dyn_into::<HtmlElement>().ok()) {
        // Shows the question and its error too, if all of it fits.
        if let Ok(Some(panel)) = form.closest(BOXED) {
            panel.set_scroll_top(0);
        }
        take(&control);
    }
}
