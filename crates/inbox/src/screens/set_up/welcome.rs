//! Step 1: what comes, and the name of the first person.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::ids::HEADING;
use crate::browser::{focus, page};
use crate::components::field::Field;
use crate::service::people::is_set_up_open;
use crate::stage::App;

/// What comes, and the name of the first person.
#[component]
pub fn Welcome(
    /// What the screens share.
    app: App,
    /// The secret of the one-time link.
    secret: String,
    /// Called with the name.
    on_name: impl Fn(String) + Copy + 'static,
) -> impl IntoView {
    let words = &app.content.words.set_up;
    let name = RwSignal::new(String::new());
    let error = RwSignal::new(None::<String>);
    // The link was used, or is too old.
    let is_closed = RwSignal::new(false);
    spawn_local(async move {
        if is_set_up_open(&secret).await == Ok(false) {
            is_closed.try_set(true);
        }
    });
    let go_on = move || {
        let typed = name.get_untracked().trim().to_owned();
        if typed.is_empty() || typed.chars().any(char::is_control) {
            error.set(Some(words.name_missing.clone()));
            focus::focus("set-up-name");
        } else {
            on_name(typed);
        }
    };
    view! {
        <h1 id=HEADING tabindex="-1">{words.title.as_str()}</h1>
        <p class="message wrong" role="alert" hidden=move || !is_closed.get()>
            {words.closed.as_str()}
        </p>
        {(!page::can_encrypt())
            .then(|| {
                view! {
                    <p class="message wrong" role="alert">
                        {app.content.words.unlock.not_secure.as_str()}
                    </p>
                }
            })}
        {words.text.iter().map(|text| view! { <p>{text.as_str()}</p> }).collect_view()}
        <ol>
            {words.steps.iter().map(|step| view! { <li>{step.as_str()}</li> }).collect_view()}
        </ol>
        <form
            class="panel"
            on:submit=move |event| {
                event.prevent_default();
                if !is_closed.get_untracked() {
                    go_on();
                }
            }
        >
            <Field
                id="set-up-name"
                label=words.name.as_str()
                hint=words.name_hint.as_str()
                autocomplete="name"
                value=name
                error=error
            />
            <div class="actions">
                <button
                    class="button"
                    aria-disabled=move || is_closed.get().then_some("true")
                >
                    {words.begin.as_str()}
                </button>
            </div>
        </form>
    }
}
