//! A new key of the clinic, after somebody has left who had the old one. The old key stays in the staff files, so
//! that earlier requests open.

use clinic_core::private_key::PrivateJwk;
use clinic_core::staff_file::StaffFile;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::browser::{files, focus};
use crate::components::button::Button;
use crate::components::field::Field;
use crate::desk::Desk;
use crate::desk::files::{file_name, staff_file};
use crate::desk::unlock::open_staff_file;
use crate::screens::set_up::ids::HEADING;
use crate::screens::set_up::key::{KeyStep, KeyStepWords};
use crate::screens::set_up::public::PublicEntries;
use crate::stage::{App, SealedFile};

/// A guide through a new key, in three steps.
#[component]
pub fn Rotate(
    /// What the screens share.
    app: App,
    /// The inbox.
    desk: Desk,
) -> impl IntoView {
    let words = &desk.content().words.rotate;
    let has_begun = RwSignal::new(false);
    let key = RwSignal::new_local(None::<PrivateJwk>);
    let is_saved = RwSignal::new(false);
    let of_step = KeyStepWords {
        title: words.key_title.as_str(),
        is_page: false,
        text: &words.key_text,
        file: "clinic-new.private.jwk.json",
    };
    let shown = move || match (has_begun.get(), key.get(), is_saved.get()) {
        (false, ..) => view! {
            <div class="actions">
                <Button
                    label=words.begin.clone()
                    look="button secondary"
                    on_press=move || has_begun.set(true)
                />
            </div>
        }
        .into_any(),
        (true, None, _) => {
            view! { <KeyStep app words=of_step on_key=move |made| key.set(Some(made)) /> }
                .into_any()
        }
        (true, Some(made), false) => {
            view! { <OwnFile app desk key=made on_file=move || is_saved.set(true) /> }.into_any()
        }
        (true, Some(made), true) => {
            focus::focus(HEADING);
            view! {
                <h2 id=HEADING tabindex="-1">{words.public_title.as_str()}</h2>
                {words.public_text.iter().map(|text| view! { <p>{text.as_str()}</p> }).collect_view()}
                <PublicEntries app keys=vec![made.public().clone()] is_all=false />
            }
            .into_any()
        }
    };
    view! {
        <details class="panel">
            <summary>{words.title.as_str()}</summary>
            {words.text.iter().map(|text| view! { <p>{text.as_str()}</p> }).collect_view()}
            {shown}
        </details>
    }
}

/// The staff file of whoever is at this page, with the new key before the old ones.
#[component]
fn OwnFile(
    app: App,
    desk: Desk,
    key: PrivateJwk,
    on_file: impl Fn() + Copy + 'static,
) -> impl IntoView {
    let words = &desk.content().words.rotate;
    let own = RwSignal::new(String::new());
    let error = RwSignal::new(None::<String>);
    let is_busy = RwSignal::new(false);
    let key = StoredValue::new_local(key);
    focus::focus(HEADING);
    let make = move || {
        let typed = own.get_untracked();
        is_busy.set(true);
        spawn_local(async move {
            let made = own_file(app, key.get_value(), &typed).await;
            is_busy.try_set(false);
            match made {
                Some(file) => {
                    files::save(&file.name, "application/json", &file.bytes);
                    desk.say(&format!("{} {}", app.content.words.set_up.staff_saved, file.name));
                    app.file.set(Some(file));
                    own.try_set(String::new());
                    on_file();
                }
                None => {
                    error.try_set(Some(app.content.words.unlock.wrong_passphrase.clone()));
                    focus::focus("rotate-own");
                }
            }
        });
    };
    view! {
        <h2 id=HEADING tabindex="-1">{words.own_title.as_str()}</h2>
        <p>{words.own_text.as_str()}</p>
        <Field
            id="rotate-own"
            label=words.own_passphrase.as_str()
            kind="password"
            value=own
            error=error
        />
        <div class="actions">
            <Button label=words.own_make.clone() is_busy on_press=make />
        </div>
    }
}

/// The same staff file with one more key, under the same passphrase.
async fn own_file(app: App, key: PrivateJwk, passphrase: &str) -> Option<SealedFile> {
    let file = app.file.get_untracked()?;
    let own = open_staff_file(&file.bytes, passphrase).await.ok()?;
    let keys = std::iter::once(key).chain(own.keys().iter().cloned()).collect();
    let content = StaffFile::new(own.name(), own.token(), keys).ok()?;
    let json = staff_file(&content, passphrase).await?;
    Some(SealedFile { name: file_name(own.name()), bytes: json.into_bytes() })
}
