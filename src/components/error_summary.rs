//! The error summary above a form: takes the focus, and links to each field with an error.

use leptos::prelude::*;

/// The summary, hidden. The app fills the list `<id>-list`.
pub fn error_summary(id: &str, title: &str) -> AnyView {
    let heading = [id, "-heading"].concat();
    view! {
        <div class="error-summary" id=id.to_owned() role="group" aria-labelledby=heading.clone() hidden>
            <h3 id=heading.clone() tabindex="-1">{title.to_owned()}</h3>
            <ul id=[id, "-list"].concat()></ul>
        </div>
    }
    .into_any()
}
