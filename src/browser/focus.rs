//! Where the focus goes, for those who read with a keyboard or a screen reader.

use wasm_bindgen::JsCast as _;

use super::page::element;

/// Moves the focus to the element of this id. It must be shown already.
pub fn now(id: &str) {
    if let Some(element) = element(id) {
        // Fails only for an element that cannot take the focus; reading then goes on in place.
        let _ = element.focus();
    }
}

/// Moves the focus to the first control of a form.
pub fn first_control(form: &str) {
    let control = element(form).and_then(|form| form.query_selector("input").ok().flatten());
    if let Some(control) = control.and_then(|it| it.dyn_into::<web_sys::HtmlElement>().ok()) {
        let _ = control.focus();
    }
}
