//! A panel: the box around a form. Hidden without script.
//!
//! The islands are panels too. They write the class themselves (`island.rs`), since their elements are part
//! of the wasm module, which contains no component.

use leptos::prelude::*;

/// A panel that is a form, which a script reads. The heading of this id names it. The method `dialog` keeps the browser
/// from sending it.
pub fn panel_form(
    id: &str,
    heading: &str,
    class: &str,
    fields: impl IntoView + 'static,
) -> AnyView {
    let class = ["panel ", class].concat();
    view! {
        <form
            id=id.to_owned()
            aria-labelledby=heading.to_owned()
            class=class
            method="dialog"
            novalidate
        >
            {fields}
        </form>
    }
    .into_any()
}
