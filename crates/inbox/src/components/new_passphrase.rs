//! A new passphrase, typed twice.

use clinic_core::inbox::words::PassphraseWords;
use leptos::prelude::*;

use super::field::Field;
use crate::browser::focus;
use crate::desk::files::{PassphraseError, check_passphrase};

/// A new passphrase, typed twice.
#[derive(Clone, Copy)]
pub struct NewPassphrase {
    once: RwSignal<String>,
    twice: RwSignal<String>,
    error: RwSignal<Option<PassphraseError>>,
    ids: [&'static str; 2],
}

impl NewPassphrase {
    /// Nothing typed yet. `ids` are those of the two fields.
    pub fn new(ids: [&'static str; 2]) -> Self {
        Self {
            once: RwSignal::new(String::new()),
            twice: RwSignal::new(String::new()),
            error: RwSignal::new(None),
            ids,
        }
    }

    /// The passphrase; else shows what is wrong, and moves the focus there.
    pub fn take(&self) -> Option<String> {
        let (once, twice) = (self.once.get_untracked(), self.twice.get_untracked());
        let checked = check_passphrase(&once, &twice);
        self.error.set(checked.err());
        match checked {
            Ok(()) => Some(once),
            Err(PassphraseError::TooShort) => {
                focus::focus(self.ids[0]);
                None
            }
            Err(PassphraseError::Different) => {
                focus::focus(self.ids[1]);
                None
            }
        }
    }

    /// Empties both fields.
    pub fn clear(&self) {
        self.once.try_set(String::new());
        self.twice.try_set(String::new());
    }
}

/// The two fields of a new passphrase.
#[component]
pub fn NewPassphraseFields(
    /// What is typed.
    passphrase: NewPassphrase,
    /// The label of the first field.
    label: &'static str,
    /// A line under it.
    hint: &'static str,
    /// Words for the second field, and for what is wrong.
    words: &'static PassphraseWords,
) -> impl IntoView {
    let NewPassphrase { once, twice, error, ids } = passphrase;
    let if_error = move |wanted: PassphraseError, text: &'static str| {
        Signal::derive(move || (error.get() == Some(wanted)).then(|| text.to_owned()))
    };
    view! {
        <Field
            id=ids[0]
            label=label
            hint=hint
            kind="password"
            autocomplete="new-password"
            value=once
            error=if_error(PassphraseError::TooShort, words.too_short.as_str())
        />
        <Field
            id=ids[1]
            label=words.again.as_str()
            kind="password"
            autocomplete="new-password"
            value=twice
            error=if_error(PassphraseError::Different, words.different.as_str())
        />
    }
}
