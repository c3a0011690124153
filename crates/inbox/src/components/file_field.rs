//! A field for a file, which can also be dropped on it.

use leptos::prelude::*;

use crate::browser::files::{ChosenFile, chosen, dropped, empties};

/// A field for a file.
#[component]
pub fn FileField(
    /// Its id.
    id: &'static str,
    /// The label.
    label: &'static str,
    /// A line under it.
    hint: &'static str,
    /// The name of the file that was chosen.
    #[prop(into)]
    name: Signal<Option<String>>,
    /// What is wrong with it.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// Called with the file.
    on_file: impl Fn(ChosenFile) + Clone + 'static,
) -> impl IntoView {
    let has_error = move || error.with(Option::is_some);
    let (hint_id, error_id) = (format!("{id}-hint"), format!("{id}-error"));
    let described = format!("{hint_id} {error_id}");
    let is_over = RwSignal::new(false);
    let by_drop = on_file.clone();
    view! {
        <div
            class="field drop"
            class:has-error=has_error
            class:is-over=is_over
            on:dragover=move |event| {
                event.prevent_default();
                is_over.set(true);
            }
            on:dragleave=move |_| is_over.set(false)
            on:drop=move |event| {
                is_over.set(false);
                if let Some(file) = dropped(&event) {
                    by_drop(file);
                }
            }
        >
            <label for=id>{label}</label>
            <p class="hint" id=hint_id>{hint}</p>
            <p class="error" id=error_id hidden=move || !has_error()>{move || error.get()}</p>
            <input
                id=id
                type="file"
                accept=".json,application/json"
                aria-describedby=described
                aria-invalid=move || has_error().then_some("true")
                on:click=move |event| empties(&event)
                on:change=move |event| {
                    if let Some(file) = chosen(&event) {
                        on_file(file);
                    }
                }
            />
            <p class="chosen" hidden=move || name.with(Option::is_none)>{move || name.get()}</p>
        </div>
    }
}
