//! Where the focus goes, for those who read with a keyboard or a screen reader.

use leptos::prelude::document;
use wasm_bindgen::JsCast as _;

use super::page::{self, element};

/// Moves the focus to the element of this id. It must be shown already.
pub fn now(id: &str) {
    if let Some(element) = element(id) {
        page::unfold(&element);
        // Fails only for an element that cannot take the focus; reading then goes on in place.
        let _ = element.focus();
    }
}

/// Moves the focus to a heading in a panel whose screen has changed. Where the panel is not wholly
/// in view, its beginning is brought there: one and the same place for every screen.
pub fn screen(panel: &str, heading: &str) {
    now(heading);
    let Some(panel) = element(panel) else { return };
    let seen = panel.get_bounding_client_rect();
    let height = document().document_element().map_or(0, |it| it.client_height());
    if seen.top() < 0.0 || seen.bottom() > f64::from(height) {
        panel.scroll_into_view_with_bool(true);
    }
}

/// Whether the focus is in the element of this id.
pub fn is_within(id: &str) -> bool {
    let active = document().active_element();
    element(id).is_some_and(|element| element.contains(active.as_deref()))
}

/// Moves the focus to the first control of a form.
pub fn first_control(form: &str) {
    let control = element(form).and_then(|form| form.query_selector("input").ok().flatten());
    if let Some(control) = control.and_then(|it| it.dyn_into::<web_sys::HtmlElement>().ok()) {
        let _ = control.focus();
    }
}
