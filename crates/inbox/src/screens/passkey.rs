//! A passkey beside the passphrase: a finger or a face opens the staff file then, on this device.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::browser::{files, focus, passkey};
use crate::components::button::Button;
use crate::components::field::Field;
use crate::desk::Desk;
use crate::desk::unlock::{UnlockError, with_passkey};
use crate::stage::{App, SealedFile};

const PASSPHRASE: &str = "passkey-passphrase";

/// A form that adds a passkey to the staff file. Nothing where the browser knows none.
#[component]
pub fn AddPasskey(
    /// What the screens share.
    app: App,
    /// The inbox.
    desk: Desk,
) -> impl IntoView {
    let words = &app.content.words.passkey;
    let passphrase = RwSignal::new(String::new());
    let error = RwSignal::new(None::<String>);
    let is_busy = RwSignal::new(false);
    let add = move || {
        let Some(file) = app.file.get_untracked() else { return };
        let typed = passphrase.get_untracked();
        let name = desk.me.with_untracked(|me| me.name.clone());
        error.set(None);
        is_busy.set(true);
        spawn_local(async move {
            let whose = (name.as_str(), app.content.clinic.name.as_str());
            match with_passkey(&file.bytes, &typed, whose).await {
                Ok(json) => {
                    let changed = SealedFile { name: file.name, bytes: json.into_bytes() };
                    files::save(&changed.name, "application/json", &changed.bytes);
                    app.file.set(Some(changed));
                    passphrase.try_set(String::new());
                    desk.say(&words.added);
                }
                Err(found) => {
                    let sentence = match found {
                        UnlockError::Passkey => &words.failed,
                        _ => &app.content.words.unlock.wrong_passphrase,
                    };
                    error.try_set(Some(sentence.clone()));
                    focus::focus(PASSPHRASE);
                }
            }
            is_busy.try_set(false);
        });
    };
    passkey::is_supported().then(|| {
        view! {
            <details class="panel passkey">
                <summary>{words.title.as_str()}</summary>
                <p>{words.text.as_str()}</p>
                <Field
                    id=PASSPHRASE
                    label=words.passphrase.as_str()
                    kind="password"
                    autocomplete="current-password"
                    value=passphrase
                    error=error
                />
                <div class="actions">
                    <Button label=words.add.clone() is_busy on_press=add />
                </div>
            </details>
        }
    })
}
