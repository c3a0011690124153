//! A pair of keys: made under a passphrase, saved as a file, and proved by opening a sealed trial with that file.

use clinic_core::private_key::PrivateJwk;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::ids::HEADING;
use crate::browser::{files, focus};
use crate::components::button::Button;
use crate::components::field::Field;
use crate::components::file_field::FileField;
use crate::components::new_passphrase::{NewPassphrase, NewPassphraseFields};
use crate::desk::files::{NewKeyFile, new_key_file, proves};
use crate::stage::App;

const FILE: &str = "key-file";

/// What the step says.
#[derive(Clone, Copy)]
pub struct KeyStepWords {
    /// The heading.
    pub title: &'static str,
    /// The heading is that of the whole page.
    pub is_page: bool,
    /// Paragraphs under it.
    pub text: &'static [String],
    /// The name of the file.
    pub file: &'static str,
}

/// A pair of keys, made, saved and proved.
#[component]
pub fn KeyStep(
    /// What the screens share.
    app: App,
    /// What the step says.
    words: KeyStepWords,
    /// Called with the key once it is proved.
    on_key: impl Fn(PrivateJwk) + Clone + Send + 'static,
) -> impl IntoView {
    let of_step = words;
    let words = &app.content.words.set_up;
    focus::focus(HEADING);
    let made = RwSignal::new_local(None::<NewKeyFile>);
    let passphrase = NewPassphrase::new(["new-passphrase", "new-passphrase-again"]);
    let is_busy = RwSignal::new(false);
    let problem = RwSignal::new(None::<String>);
    let save = move || {
        made.with(|made| {
            let saved = made.as_ref().is_some_and(|made| {
                files::save(of_step.file, "application/json", made.file.as_bytes())
            });
            problem.set((!saved).then(|| words.not_saved.clone()));
        });
    };
    let make = move || {
        let Some(typed) = passphrase.take() else { return };
        is_busy.set(true);
        spawn_local(async move {
            let file = new_key_file(&typed).await;
            passphrase.clear();
            problem.try_set(file.is_none().then(|| words.not_made.clone()));
            if file.is_some() {
                made.try_set(file);
                save();
                focus::focus(FILE);
            }
            is_busy.try_set(false);
        });
    };
    view! {
        {match of_step.is_page {
            true => view! { <h1 id=HEADING tabindex="-1">{of_step.title}</h1> }.into_any(),
            false => view! { <h2 id=HEADING tabindex="-1">{of_step.title}</h2> }.into_any(),
        }}
        {of_step.text.iter().map(|text| view! { <p>{text.as_str()}</p> }).collect_view()}
        <p class="message wrong" role="alert" hidden=move || problem.with(Option::is_none)>
            {move || problem.get()}
        </p>
        <div class="panel" hidden=move || made.with(Option::is_some)>
            <NewPassphraseFields
                passphrase
                label=app.content.words.passphrase.new.as_str()
                hint=app.content.words.passphrase.hint.as_str()
                words=&app.content.words.passphrase
            />
            <p class="note">{words.if_lost.as_str()}</p>
            <div class="actions">
                <Button label=words.make_key.clone() is_busy on_press=make />
            </div>
        </div>
        {move || {
            let on_key = on_key.clone();
            made.get()
                .map(|made| {
                    let name = of_step.file;
                    view! { <Proof app made name save on_key /> }
                })
        }}
    }
}

/// The file is chosen again, and its passphrase typed: it opens a sealed trial.
#[component]
fn Proof(
    app: App,
    made: NewKeyFile,
    name: &'static str,
    save: impl Fn() + Copy + 'static,
    on_key: impl Fn(PrivateJwk) + Clone + Send + 'static,
) -> impl IntoView {
    let words = &app.content.words.set_up;
    let file = RwSignal::new(None::<(String, Vec<u8>)>);
    let passphrase = RwSignal::new(String::new());
    let is_busy = RwSignal::new(false);
    let error = RwSignal::new(None::<String>);
    let private = StoredValue::new_local(made.private);
    let prove = move || {
        let on_key = on_key.clone();
        let chosen = file.get_untracked();
        let typed = passphrase.get_untracked();
        let Some((_, bytes)) = chosen else {
            error.set(Some(words.choose_file.clone()));
            focus::focus(FILE);
            return;
        };
        is_busy.set(true);
        spawn_local(async move {
            let private = private.get_value();
            let proved = proves(&bytes, &typed, private.public()).await;
            is_busy.try_set(false);
            if proved {
                passphrase.try_set(String::new());
                on_key(private);
            } else {
                error.try_set(Some(words.not_proved.clone()));
                focus::focus(FILE);
            }
        });
    };
    view! {
        <div class="panel">
            <h2>{words.prove_title.as_str()}</h2>
            <p>{words.prove_text.as_str()} " " <code>{name}</code></p>
            <div class="actions">
                <Button label=words.save_again.clone() look="button secondary" on_press=save />
            </div>
            <FileField
                id=FILE
                label=words.choose.as_str()
                hint=words.choose_hint.as_str()
                name=Signal::derive(move || file.with(|it| it.as_ref().map(|(name, _)| name.clone())))
                error=error
                on_file=move |chosen| {
                    spawn_local(async move {
                        let bytes = chosen.read().await.unwrap_or_default();
                        error.try_set(None);
                        file.try_set(Some((chosen.name(), bytes)));
                    });
                }
            />
            <Field
                id="prove-passphrase"
                label=app.content.words.passphrase.of_file.as_str()
                kind="password"
                autocomplete="off"
                value=passphrase
            />
            <div class="actions">
                <Button label=words.prove.clone() is_busy on_press=prove />
            </div>
        </div>
    }
}
