//! One checkbox with its sentence.

use leptos::prelude::*;

use super::field::{ERROR_TEXT, FIELD, error};

/// The checkbox, unchecked.
pub fn checkbox(id: &str, name: &str, label: &str, error_prefix: &str) -> AnyView {
    view! {
        <div class="field" id=[id, FIELD].concat()>
            {error(id, error_prefix)}
            <div class="row">
                <input
                    type="checkbox"
                    id=id.to_owned()
                    name=name.to_owned()
                    value="yes"
                    aria-describedby=[id, ERROR_TEXT].concat()
                />
                <label for=id.to_owned()>{label.to_owned()}</label>
            </div>
        </div>
    }
    .into_any()
}
