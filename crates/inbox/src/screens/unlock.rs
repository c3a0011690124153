//! A staff file and its passphrase.

use clinic_core::file_kind::FileKind;
use clinic_core::inbox::words::UnlockWords;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::browser::{focus, page};
use crate::components::button::Button;
use crate::components::field::Field;
use crate::components::file_field::FileField;
use crate::desk::Desk;
use crate::desk::unlock::{UnlockError, Unlocked, has_passkey, unlock, unlock_by_passkey};
use crate::service::ServiceError;
use crate::stage::{App, Locked, SealedFile};

const FILE: &str = "file";
const PASSPHRASE: &str = "passphrase";

/// The locked inbox.
#[component]
pub fn Unlock(
    /// What the screens share.
    app: App,
    /// Why it is locked.
    why: Locked,
) -> impl IntoView {
    let words = &app.content.words.unlock;
    let passphrase = RwSignal::new(String::new());
    let error = RwSignal::new(None::<UnlockError>);
    let is_busy = RwSignal::new(false);
    let file_error = move || error.get().filter(is_of_file).map(|it| words_of(it, words));
    let passphrase_error =
        move || error.get().filter(|it| is_of_passphrase(*it)).map(|it| words_of(it, words));
    let other_error = move || {
        error
            .get()
            .filter(|it| !is_of_file(it) && !is_of_passphrase(*it))
            .map(|it| words_of(it, words))
    };
    let done = move |unlocked: Result<Unlocked, UnlockError>| match unlocked {
        Ok((session, me)) => {
            passphrase.try_set(String::new());
            app.open(Desk::open(session, me, app.content));
        }
        Err(found) => {
            is_busy.try_set(false);
            error.try_set(Some(found));
            focus::focus(match found {
                found if is_of_file(&found) => FILE,
                found if is_of_passphrase(found) => PASSPHRASE,
                _ => "unlock-error",
            });
        }
    };
    let press = move || {
        error.set(None);
        let Some(file) = app.file.get_untracked() else {
            error.set(Some(UnlockError::NoFile));
            focus::focus(FILE);
            return;
        };
        is_busy.set(true);
        let typed = passphrase.get_untracked();
        spawn_local(async move {
            done(unlock(&file.bytes, &typed, app.content).await);
        });
    };
    if app.file.with_untracked(Option::is_some) {
        focus::focus(PASSPHRASE);
    }
    let press_passkey = move || {
        error.set(None);
        let Some(file) = app.file.get_untracked() else { return };
        is_busy.set(true);
        spawn_local(async move {
            done(unlock_by_passkey(&file.bytes, app.content).await);
        });
    };
    let passkey_is_there =
        move || app.file.with(|file| file.as_ref().is_some_and(|file| has_passkey(&file.bytes)));
    let reason = match why {
        Locked::AtStart => None,
        Locked::Idle => Some(words.idle.as_str()),
        Locked::Revoked => Some(words.revoked.as_str()),
        Locked::Expired => Some(words.expired.as_str()),
    };
    let label = move || if is_busy.get() { words.opening.clone() } else { words.open.clone() };
    let on_file = move |file: crate::browser::files::ChosenFile| {
        spawn_local(async move {
            match file.read().await {
                Some(bytes) => {
                    error.try_set(None);
                    app.file.set(Some(SealedFile { name: file.name(), bytes }));
                    focus::focus(PASSPHRASE);
                }
                None => {
                    error.try_set(Some(UnlockError::WrongFile(FileKind::Other)));
                }
            };
        });
    };
    view! {
        <main class="narrow">
            <h1>{words.title.as_str()}</h1>
            {reason.map(|reason| view! { <p class="message caution" role="status">{reason}</p> })}
            {(!page::can_encrypt())
                .then(|| view! { <p class="message wrong" role="alert">{words.not_secure.as_str()}</p> })}
            {app
                .content
                .clinic
                .trial
                .then(|| view! { <p class="message caution">{words.trial.as_str()}</p> })}
            <p>{words.text.as_str()}</p>
            <form
                class="panel"
                on:submit=move |event| {
                    event.prevent_default();
                    if !is_busy.get_untracked() {
                        press();
                    }
                }
            >
                <p
                    class="message wrong"
                    id="unlock-error"
                    tabindex="-1"
                    hidden=move || other_error().is_none()
                >
                    {other_error}
                </p>
                <FileField
                    id=FILE
                    label=words.file.as_str()
                    hint=words.file_hint.as_str()
                    name=Signal::derive(move || {
                        app.file.with(|file| file.as_ref().map(|file| file.name.clone()))
                    })
                    error=Signal::derive(file_error)
                    on_file
                />
                <Field
                    id=PASSPHRASE
                    label=words.passphrase.as_str()
                    kind="password"
                    autocomplete="current-password"
                    value=passphrase
                    error=Signal::derive(passphrase_error)
                />
                <div class="actions">
                    <button
                        type="submit"
                        class="button"
                        aria-disabled=move || is_busy.get().then_some("true")
                    >
                        {label}
                    </button>
                    <Show when=passkey_is_there>
                        <Button
                            label=words.by_passkey.clone()
                            look="button secondary"
                            is_busy
                            on_press=press_passkey
                        />
                    </Show>
                </div>
            </form>
            <p class="note">{words.nothing_kept.as_str()}</p>
        </main>
    }
}

const fn is_of_file(error: &UnlockError) -> bool {
    matches!(error, UnlockError::NoFile | UnlockError::WrongFile(_))
}

const fn is_of_passphrase(error: UnlockError) -> bool {
    matches!(error, UnlockError::NoPassphrase | UnlockError::Passphrase)
}

fn words_of(error: UnlockError, words: &UnlockWords) -> String {
    match error {
        UnlockError::NoFile => &words.no_file,
        UnlockError::WrongFile(
            FileKind::PrivateKey | FileKind::SealedPrivateKey | FileKind::KeyShare,
        ) => &words.private_key,
        UnlockError::WrongFile(FileKind::PublicKey | FileKind::PublicKeys) => &words.public_key,
        UnlockError::WrongFile(FileKind::Request | FileKind::Note) => &words.sealed_request,
        UnlockError::WrongFile(_) => &words.wrong_file,
        UnlockError::NoPassphrase => &words.no_passphrase,
        UnlockError::Passphrase => &words.wrong_passphrase,
        UnlockError::Passkey => &words.no_passkey,
        UnlockError::Keys => &words.wrong_keys,
        UnlockError::Service(ServiceError::Revoked) => &words.revoked,
        UnlockError::Service(ServiceError::Expired) => &words.expired,
        UnlockError::Service(ServiceError::NoResponse) if !page::is_online() => &words.offline,
        UnlockError::Service(_) => &words.down,
    }
    .clone()
}

/// The button that locks.
#[component]
pub fn LockButton(
    /// What the screens share.
    app: App,
) -> impl IntoView {
    let words = &app.content.words.site;
    view! {
        <Button
            label=words.lock.clone()
            look="button secondary"
            on_press=move || app.lock(Locked::AtStart)
        />
    }
}
