//! Buttons: for an action of the app, to submit a form, to load the app again.

use leptos::prelude::*;

/// A button of the app. `action` is its `data-action`.
pub fn button(class: &str, action: &str, text: &str) -> AnyView {
    view! {
        <button type="button" class=class.to_owned() data-action=action.to_owned()>
            {text.to_owned()}
        </button>
        " "
    }
    .into_any()
}

/// The button that loads the app again after a failure, see `src/scripts/loader.js`.
pub fn retry(text: &str) -> AnyView {
    view! { <button type="button" class="button secondary" data-retry>{text.to_owned()}</button> }
        .into_any()
}

/// The button that submits a form.
pub fn submit(text: &str) -> AnyView {
    view! { <button type="submit" class="button">{text.to_owned()}</button> " " }.into_any()
}
