//! Step 4: the first staff file. Only here the one-time link is used up.

use clinic_core::private_key::PrivateJwk;
use clinic_core::staff_file::StaffFile;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::ids::HEADING;
use crate::browser::{files, focus};
use crate::components::button::Button;
use crate::components::new_passphrase::{NewPassphrase, NewPassphraseFields};
use crate::desk::files::{file_name, staff_file};
use crate::service::ServiceError;
use crate::service::people::set_up;
use crate::stage::{App, SealedFile};

/// The first staff file.
#[component]
pub fn StaffStep(
    /// What the screens share.
    app: App,
    /// The secret of the one-time link.
    secret: String,
    /// The name of the first person.
    name: String,
    /// The clinic's key.
    key: PrivateJwk,
    /// Called once it is saved.
    on_file: impl Fn() + Clone + 'static,
) -> impl IntoView {
    let words = &app.content.words.set_up;
    focus::focus(HEADING);
    let passphrase = NewPassphrase::new(["staff-passphrase", "staff-passphrase-again"]);
    let is_busy = RwSignal::new(false);
    let problem = RwSignal::new(None::<String>);
    // Kept, so that a second try does not ask the service again.
    let token = StoredValue::new(None::<String>);
    let saved = RwSignal::new(None::<String>);
    let file = file_name(&name);
    let parts = StoredValue::new_local((secret, name, key));
    let make = {
        let file = file.clone();
        move || {
            let Some(typed) = passphrase.take() else { return };
            let file = file.clone();
            is_busy.set(true);
            spawn_local(async move {
                let (secret, name, key) = parts.get_value();
                let made = match token.get_value() {
                    Some(token) => Ok(token),
                    None => set_up(&secret, &name).await,
                };
                match made {
                    Ok(made) => {
                        token.set_value(Some(made.clone()));
                        let content = StaffFile::new(&name, &made, vec![key]);
                        let sealed = match content {
                            Ok(content) => staff_file(&content, &typed).await,
                            Err(_) => None,
                        };
                        match sealed {
                            Some(json) => {
                                files::save(&file, "application/json", json.as_bytes());
                                let bytes = json.clone().into_bytes();
                                app.file.set(Some(SealedFile { name: file, bytes }));
                                problem.try_set(None);
                                saved.try_set(Some(json));
                                focus::focus("staff-saved");
                            }
                            None => {
                                problem.try_set(Some(words.not_made.clone()));
                            }
                        }
                    }
                    Err(ServiceError::SetUpClosed) => {
                        problem.try_set(Some(words.closed.clone()));
                    }
                    Err(_) => {
                        problem.try_set(Some(app.content.words.unlock.down.clone()));
                    }
                }
                is_busy.try_set(false);
            });
        }
    };
    let again = {
        let file = file.clone();
        move || {
            if let Some(json) = saved.get_untracked() {
                files::save(&file, "application/json", json.as_bytes());
            }
        }
    };
    view! {
        <h1 id=HEADING tabindex="-1">{words.staff_title.as_str()}</h1>
        {words.staff_text.iter().map(|text| view! { <p>{text.as_str()}</p> }).collect_view()}
        <p class="message wrong" role="alert" hidden=move || problem.with(Option::is_none)>
            {move || problem.get()}
        </p>
        <div class="panel" hidden=move || saved.with(Option::is_some)>
            <NewPassphraseFields
                passphrase
                label=app.content.words.passphrase.new.as_str()
                hint=app.content.words.passphrase.hint.as_str()
                words=&app.content.words.passphrase
            />
            <div class="actions">
                <Button label=words.make_staff_file.clone() is_busy on_press=make />
            </div>
        </div>
        <div class="panel" id="staff-saved" tabindex="-1" hidden=move || saved.with(Option::is_none)>
            <p>{words.staff_saved.as_str()} " " <code>{file}</code></p>
            <div class="actions">
                <Button label=words.go_on.clone() on_press=on_file />
                <Button label=words.save_again.clone() look="button secondary" on_press=again />
            </div>
        </div>
    }
}
