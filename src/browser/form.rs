//! Reads and changes native form controls.

use leptos::ev::Event;
use wasm_bindgen::JsCast as _;
use web_sys::{HtmlFormElement, HtmlInputElement};

use super::page::element;

/// Name and value of every control of this form that a submission would contain, in order.
pub fn entries(form: &str) -> Vec<(String, String)> {
    let form_data = find(form).and_then(|form| web_sys::FormData::new_with_form(&form).ok());
    let pairs = form_data.into_iter().flat_map(|it| it.entries()).filter_map(Result::ok);
    let entered = pairs.filter_map(|pair| {
        let pair = js_sys::Array::from(&pair);
        Some((pair.get(0).as_string()?, pair.get(1).as_string()?))
    });
    // A control with unreadable input, such as half a date, reports an empty value. It must not count
    // as empty.
    let unreadable = controls(form)
        .filter(|control| control.validity().bad_input())
        .map(|control| (control.name(), char::REPLACEMENT_CHARACTER.to_string()));
    unreadable.chain(entered).collect()
}

/// The values of the form of this id, without names.
pub fn values(form: &str) -> Vec<String> {
    entries(form).into_iter().map(|(_, value)| value).collect()
}

/// Empties every control of the form of this id.
pub fn reset(form: &str) {
    if let Some(form) = find(form) {
        form.reset();
    }
}

/// Returns `true` if the control of this name is not empty.
pub fn is_filled(form: &str, name: &str) -> bool {
    controls(form).any(|control| control.name() == name && !control.value().is_empty())
}

/// Sets the value of the control of this id.
pub fn set_value(id: &str, value: &str) {
    if let Some(control) = element(id).and_then(|it| it.dyn_into::<HtmlInputElement>().ok()) {
        control.set_value(value);
    }
}

/// Unticks the checkbox of this id. Returns `true` if it was ticked.
pub fn untick(id: &str) -> bool {
    let control = element(id).and_then(|it| it.dyn_into::<HtmlInputElement>().ok());
    control.is_some_and(|control| {
        let was_ticked = control.checked();
        control.set_checked(false);
        was_ticked
    })
}

/// The name of the control that an event comes from.
pub fn changed_name(event: &Event) -> Option<String> {
    event.target()?.dyn_into::<web_sys::Element>().ok()?.get_attribute("name")
}

/// Keeps "None of these" exclusive: a checked box with `data-exclusive` unchecks all others of its
/// group and empties its text field, and any other checked box or text unchecks that one.
pub fn keep_exclusive(event: &Event) {
    let changed = event.target().and_then(|it| it.dyn_into::<HtmlInputElement>().ok());
    let Some(changed) = changed else { return };
    let is_box = |input: &HtmlInputElement| input.type_() == "checkbox";
    if !(if is_box(&changed) { changed.checked() } else { !changed.value().is_empty() }) {
        return;
    }
    let Some(form) = changed.form() else { return };
    let exclusive = |input: &HtmlInputElement| input.has_attribute("data-exclusive");
    for other in inputs(&form) {
        if other.name() == changed.name()
            && other != changed
            && (exclusive(&changed) || exclusive(&other))
        {
            if is_box(&other) {
                other.set_checked(false);
            } else if other.type_() == "text" {
                other.set_value("");
            }
        }
    }
}

fn find(form: &str) -> Option<HtmlFormElement> {
    element(form)?.dyn_into().ok()
}

fn controls(form: &str) -> impl Iterator<Item = HtmlInputElement> {
    find(form).into_iter().flat_map(|form| inputs(&form))
}

fn inputs(form: &HtmlFormElement) -> impl Iterator<Item = HtmlInputElement> + use<> {
    let controls = form.elements();
    (0..controls.length()).filter_map(move |index| controls.item(index)?.dyn_into().ok())
}
