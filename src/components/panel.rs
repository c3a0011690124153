//! A panel: the box in which somebody answers, fills in or chooses. Not shown without script.
//!
//! The islands are panels too. Each writes the class itself (`island.rs`): its box listens to
//! events and is therefore part of the wasm module, which holds no component.

use leptos::prelude::*;

/// A form that is a panel, for a script to read; the browser itself sends it nowhere.
pub fn panel_form(id: &str, class: &str, fields: impl IntoView + 'static) -> AnyView {
    let class = ["panel ", class].concat();
    view! {
        <form id=id.to_owned() class=class method="dialog" novalidate>
            {fields}
        </form>
    }
    .into_any()
}
