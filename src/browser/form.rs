//! What native form controls hold.

use leptos::ev::Event;
use wasm_bindgen::JsCast as _;
use web_sys::{HtmlFormElement, HtmlInputElement};

use super::page::element;

/// Name and value of every control of the form of this id that would be sent, in order.
pub fn entries(form: &str) -> Vec<(String, String)> {
    let held = element(form)
        .and_then(|it| it.dyn_into::<HtmlFormElement>().ok())
        .and_then(|form| web_sys::FormData::new_with_form(&form).ok());
    let pairs = held.into_iter().flat_map(|held| held.entries()).filter_map(Result::ok);
    pairs
        .filter_map(|pair| {
            let pair = js_sys::Array::from(&pair);
            Some((pair.get(0).as_string()?, pair.get(1).as_string()?))
        })
        .collect()
}

/// The values alone.
pub fn values(form: &str) -> Vec<String> {
    entries(form).into_iter().map(|(_, value)| value).collect()
}

/// Empties every control of the form of this id.
pub fn reset(form: &str) {
    if let Some(form) = element(form).and_then(|it| it.dyn_into::<HtmlFormElement>().ok()) {
        form.reset();
    }
}

/// The name of the control that an event is about.
pub fn changed_name(event: &Event) -> Option<String> {
    event.target()?.dyn_into::<web_sys::Element>().ok()?.get_attribute("name")
}

/// After a change in a group of checkboxes: one marked `data-exclusive` that was checked unchecks
/// all others of its name, and another that was checked unchecks those.
pub fn keep_exclusive(event: &Event) {
    let changed = event.target().and_then(|it| it.dyn_into::<HtmlInputElement>().ok());
    let Some(changed) = changed.filter(HtmlInputElement::checked) else { return };
    let Some(form) = changed.form() else { return };
    let exclusive = |input: &HtmlInputElement| input.has_attribute("data-exclusive");
    let controls = form.elements();
    for index in 0..controls.length() {
        let other = controls.item(index).and_then(|it| it.dyn_into::<HtmlInputElement>().ok());
        if let Some(other) = other
            && other.type_() == "checkbox"
            && other.name() == changed.name()
            && other != changed
            && (exclusive(&changed) || exclusive(&other))
        {
            other.set_checked(false);
        }
    }
}
