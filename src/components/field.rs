//! Parts of every field: hint, error, and the description of its control.

use leptos::prelude::*;

/// The suffix of the id of the element around label, hint, error and control, after the field's name.
pub(super) const FIELD: &str = "-field";
/// The suffix of the hint's id.
pub(super) const HINT: &str = "-hint";
/// The suffix of the error's id.
pub(super) const ERROR: &str = "-error";
/// The suffix of the id of the error's text.
const ERROR_TEXT: &str = "-error-text";

/// The error of a field, hidden while there is none. `prefix` is for people who do not see its color. It is
/// no part of the control's description: screen readers say there that the control is invalid.
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

/// A hint under a label; nothing if it is empty.
pub(super) fn hint(name: &str, text: &str) -> AnyView {
    if text.is_empty() {
        return ().into_any();
    }
    view! { <p class="hint" id=[name, HINT].concat()>{text.to_owned()}</p> }.into_any()
}

/// The `aria-describedby` of a field: hint, `other` and error. Hidden elements describe a control too, so it
/// names the error's text, which is empty while there is no error.
pub(super) fn described_by(name: &str, hint: &str, other: Option<&str>) -> String {
    let hint = (!hint.is_empty()).then(|| [name, HINT].concat());
    let error = [name, ERROR_TEXT].concat();
    let all = [hint, other.map(str::to_owned), Some(error)];
    all.into_iter().flatten().collect::<Vec<_>>().join(" ")
}
