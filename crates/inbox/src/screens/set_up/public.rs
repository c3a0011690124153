//! Step 5: the public keys, for the pages that patients see. There is nothing secret in them.

use guide_core::key::PublicKey;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::ids::HEADING;
use crate::browser::{clipboard, files, focus};
use crate::components::button::Button;
use crate::desk::files::toml_entries;
use crate::stage::App;

const ENTRIES: &str = "entries";

/// The public keys, to copy or to save.
#[component]
pub fn PublicKeys(
    /// What the screens share.
    app: App,
    /// The keys.
    keys: Vec<PublicKey>,
    /// Called when all is done.
    on_done: impl Fn() + Copy + 'static,
) -> impl IntoView {
    let words = &app.content.words.set_up;
    focus::focus(HEADING);
    view! {
        <h1 id=HEADING tabindex="-1">{words.public_title.as_str()}</h1>
        {words.public_text.iter().map(|text| view! { <p>{text.as_str()}</p> }).collect_view()}
        <PublicEntries app keys is_all=true />
        <div class="actions">
            <Button label=words.to_inbox.clone() on_press=on_done />
        </div>
    }
}

/// The entries of public keys for `clinic.toml`.
#[component]
pub fn PublicEntries(
    /// What the screens share.
    app: App,
    /// The keys.
    keys: Vec<PublicKey>,
    /// These are all keys that the service is to know.
    is_all: bool,
) -> impl IntoView {
    let words = &app.content.words.set_up;
    let entries = toml_entries(&keys.iter().collect::<Vec<_>>());
    let copied = RwSignal::new(None::<String>);
    let (to_copy, to_save) = (entries.clone(), entries.clone());
    let copy = move || {
        let text = to_copy.clone();
        spawn_local(async move {
            let done = clipboard::copy(&text).await;
            let said = if done { &words.copied } else { &words.not_copied };
            copied.try_set(Some(said.clone()));
        });
    };
    let set = serde_json::json!({ "keys": keys }).to_string();
    view! {
        <div class="panel">
            <div class="field">
                <label for=ENTRIES>{words.entries.as_str()}</label>
                // WebKit scrolls to a text that is typed into, and not to one that is only read.
                <textarea
                    id=ENTRIES
                    class="code"
                    rows="10"
                    readonly
                    prop:value=entries
                    on:focus=move |_| focus::reveal(ENTRIES)
                ></textarea>
            </div>
            <div class="actions">
                <Button label=words.copy.clone() look="button secondary" on_press=copy />
                <Button
                    label=words.save_entries.clone()
                    look="button secondary"
                    on_press=move || {
                        files::save("clinic-keys.toml", "application/toml", to_save.as_bytes());
                    }
                />
                {is_all
                    .then(|| {
                        view! {
                            <Button
                                label=words.save_set.clone()
                                look="button secondary"
                                on_press=move || {
                                    files::save("keys.json", "application/json", set.as_bytes());
                                }
                            />
                        }
                    })}
            </div>
            <p role="status">{move || copied.get()}</p>
        </div>
    }
}
