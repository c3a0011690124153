//! One checkbox with its sentence.

use leptos::prelude::*;

use super::field::{FIELD, HINT, described_by, error};

/// The checkbox, unchecked. The hint, a second line, may be empty.
pub fn checkbox(id: &str, name: &str, label: &str, hint: &str, error_prefix: &str) -> AnyView {
    let second_line = (!hint.is_empty()).then(|| {
        view! { <span class="hint" id=[id, HINT].concat()>{hint.to_owned()}</span> }
    });
    view! {
        <div class="field" id=[id, FIELD].concat()>
            {error(id, error_prefix)}
            <div class="row">
                <input
                    type="checkbox"
                    id=id.to_owned()
                    name=name.to_owned()
                    value="yes"
                    aria-describedby=described_by(id, hint, None)
                />
                <label for=id.to_owned()>{label.to_owned()}</label>
                {second_line}
            </div>
        </div>
    }
    .into_any()
}
