//! A text field with its label, hint and error.

use leptos::prelude::*;

/// A text field.
#[component]
pub fn Field(
    /// Its id.
    id: &'static str,
    /// The label.
    label: &'static str,
    /// A line under it.
    #[prop(optional)]
    hint: &'static str,
    /// `text`, `password`, `search`, `date` or `time`.
    #[prop(default = "text")]
    kind: &'static str,
    /// What browsers fill in.
    #[prop(default = "off")]
    autocomplete: &'static str,
    /// What is typed.
    value: RwSignal<String>,
    /// What is wrong with it.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
) -> impl IntoView {
    let has_error = move || error.with(Option::is_some);
    let (hint_id, error_id) = (format!("{id}-hint"), format!("{id}-error"));
    let described = {
        let (hint_id, error_id) = (hint_id.clone(), error_id.clone());
        move || {
            let hint = (!hint.is_empty()).then(|| hint_id.clone());
            let error = has_error().then(|| error_id.clone());
            let ids: Vec<String> = hint.into_iter().chain(error).collect();
            (!ids.is_empty()).then(|| ids.join(" "))
        }
    };
    view! {
        <div class="field" class:has-error=has_error>
            <label for=id>{label}</label>
            {(!hint.is_empty()).then(|| view! { <p class="hint" id=hint_id>{hint}</p> })}
            <p class="error" id=error_id hidden=move || !has_error()>{move || error.get()}</p>
            <input
                id=id
                type=kind
                autocomplete=autocomplete
                autocapitalize="off"
                spellcheck="false"
                aria-invalid=move || has_error().then_some("true")
                aria-describedby=described
                bind:value=value
            />
        </div>
    }
}
