//! The first set-up, in five steps. Nothing is kept if it is left in the middle: the one-time link stays good
//! until the fourth step, and everything can begin anew.
//!
//! | module | holds |
//! |---|---|
//! | `ids` | ids of elements |
//! | `welcome` | step 1: what comes, and the name of the first person |
//! | `key` | steps 2 and 3: a pair of keys, saved and proved |
//! | `staff` | step 4: the first staff file |
//! | `public` | step 5: the public keys, for the pages |

pub mod ids;
pub mod key;
pub mod public;
mod staff;
mod welcome;

use clinic_core::inbox::words::fill;
use clinic_core::private_key::PrivateJwk;
use guide_core::key::PublicKey;
use leptos::prelude::*;

use self::key::{KeyStep, KeyStepWords};
use self::public::PublicKeys;
use self::staff::StaffStep;
use self::welcome::Welcome;
use crate::stage::App;

/// The number of steps.
const STEPS: usize = 5;

/// A step, with what the steps before it made.
#[derive(Clone)]
enum Step {
    Welcome,
    Clinic { name: String },
    Recovery { name: String, clinic: PrivateJwk },
    Staff { name: String, clinic: PrivateJwk, recovery: PrivateJwk },
    Public { keys: Vec<PublicKey> },
}

impl Step {
    const fn number(&self) -> usize {
        match self {
            Self::Welcome => 1,
            Self::Clinic { .. } => 2,
            Self::Recovery { .. } => 3,
            Self::Staff { .. } => 4,
            Self::Public { .. } => 5,
        }
    }
}

/// The first set-up.
#[component]
pub fn SetUp(
    /// What the screens share.
    app: App,
    /// The secret of the one-time link.
    secret: String,
    /// Called when all is done.
    on_done: impl Fn() + Copy + Send + 'static,
) -> impl IntoView {
    let words = &app.content.words.set_up;
    let step = RwSignal::new_local(Step::Welcome);
    let progress = move || {
        let number = step.with(Step::number).to_string();
        fill(&words.progress, &[("number", &number), ("all", &STEPS.to_string())])
    };
    let clinic_words = KeyStepWords {
        title: words.clinic_title.as_str(),
        is_page: true,
        text: &words.clinic_text,
        file: "clinic.private.jwk.json",
    };
    let recovery_words = KeyStepWords {
        title: words.recovery_title.as_str(),
        is_page: true,
        text: &words.recovery_text,
        file: "recovery.private.jwk.json",
    };
    let shown = move || {
        match step.get() {
        Step::Welcome => {
            view! { <Welcome app secret=secret.clone() on_name=move |name| step.set(Step::Clinic { name }) /> }.into_any()
        }
        Step::Clinic { name } => {
            let on_key = move |clinic| step.set(Step::Recovery { name: name.clone(), clinic });
            view! { <KeyStep app words=clinic_words on_key /> }.into_any()
        }
        Step::Recovery { name, clinic } => {
            let on_key = move |recovery| {
                step.set(Step::Staff { name: name.clone(), clinic: clinic.clone(), recovery });
            };
            view! { <KeyStep app words=recovery_words on_key /> }.into_any()
        }
        Step::Staff { name, clinic, recovery } => {
            let key = clinic.clone();
            let on_file = move || {
                // Nothing private is needed any more.
                let keys = vec![clinic.public().clone(), recovery.public().clone()];
                step.set(Step::Public { keys });
            };
            view! { <StaffStep app secret=secret.clone() name key on_file /> }.into_any()
        }
        Step::Public { keys } => view! { <PublicKeys app keys on_done /> }.into_any(),
    }
    };
    view! {
        <main class="narrow set-up">
            <p class="progress muted">{progress}</p>
            {shown}
        </main>
    }
}
