//! Buttons: one that the app acts on, one that submits a form, one that loads the app again.

use leptos::prelude::*;

/// A button that the app acts on: `action` is what it asks for.
pub fn button(class: &str, action: &str, text: &str) -> AnyView {
    view! {
        <button type="button" class=class.to_owned() data-action=action.to_owned()>
            {text.to_owned()}
        </button>
        " "
    }
    .into_any()
}

/// The button that loads the app again where it could not be had, see `src/scripts/loader.js`.
pub fn retry(text: &str) -> AnyView {
    view! { <button type="button" class="button secondary" data-retry>{text.to_owned()}</button> }
        .into_any()
}

/// The button that a form goes on with.
pub fn submit(text: &str) -> AnyView {
    view! { <button type="submit" class="button">{text.to_owned()}</button> " " }.into_any()
}
