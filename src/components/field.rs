//! The parts that every field has: label, hint, error, and what describes its control.

use leptos::prelude::*;

/// Behind a field's name: the id of what holds label, hint, error and control.
pub(super) const FIELD: &str = "-field";
/// Behind a field's name: the id of its hint.
pub(super) const HINT: &str = "-hint";
/// Behind a field's name: the id of its error.
pub(super) const ERROR: &str = "-error";
/// Behind a field's name: the id of what its error says.
pub(super) const ERROR_TEXT: &str = "-error-text";

/// The error of a field, hidden while there is none. `prefix` is for those who read on and do not
/// see its color; who comes to the control hears that it is invalid.
pub(super) fn error(name: &str, prefix: &str) -> AnyView {
    let id = [name, ERROR].concat();
    let text = [name, ERROR_TEXT].concat();
    view! {
        <p class="error" id=id hidden>
            <span class="visually-hidden">{[prefix, " "].concat()}</span>
            <span id=text></span>
        </p>
    }
    .into_any()
}

/// A hint under a label; nothing where it is empty.
pub(super) fn hint(name: &str, text: &str) -> AnyView {
    if text.is_empty() {
        return ().into_any();
    }
    view! { <p class="hint" id=[name, HINT].concat()>{text.to_owned()}</p> }.into_any()
}

/// The `aria-describedby` of a field: hint, what else there is, and error. What is hidden describes
/// as well, so that an error is named by its text alone, which is empty while there is none.
pub(super) fn described_by(name: &str, hint: &str, other: Option<&str>) -> String {
    let hint = (!hint.is_empty()).then(|| [name, HINT].concat());
    let error = [name, ERROR_TEXT].concat();
    let all = [hint, other.map(str::to_owned), Some(error)];
    all.into_iter().flatten().collect::<Vec<_>>().join(" ")
}
