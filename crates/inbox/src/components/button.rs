//! A button.

use leptos::prelude::*;

/// A button. While `is_busy` it does nothing: it stays in place, and keeps the focus.
#[component]
pub fn Button(
    /// The words on it.
    #[prop(into)]
    label: Signal<String>,
    /// Its look: `button`, `button secondary` or `quiet`.
    #[prop(default = "button")]
    look: &'static str,
    /// Its id, where the focus goes to it.
    #[prop(optional, into)]
    id: Option<String>,
    /// It does nothing now.
    #[prop(optional, into)]
    is_busy: Signal<bool>,
    /// What it does.
    on_press: impl Fn() + 'static,
) -> impl IntoView {
    view! {
        <button
            type="button"
            class=look
            id=id
            aria-disabled=move || is_busy.get().then_some("true")
            on:click=move |_| {
                if !is_busy.get_untracked() {
                    on_press();
                }
            }
        >
            {move || label.get()}
        </button>
    }
}
