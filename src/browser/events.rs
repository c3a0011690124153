//! Events of the islands for the page around them: custom events on the document, `migraine-guide:…`.
//! `src/scripts/frame.js` passes them on to the page that frames the guide. Never an answer, a score or an
//! outcome.

use js_sys::{Object, Reflect};
use leptos::prelude::document;
use wasm_bindgen::JsValue;
use web_sys::{CustomEvent, CustomEventInit};

/// Something that happened.
#[derive(Clone, Copy, Debug)]
pub enum GuideEvent<'a> {
    /// A step of the self-assessment is shown. The same for everybody who comes so far, whatever
    /// was answered; see `Assessment::shared_step`.
    Step {
        /// Which step, from 1.
        index: usize,
        /// The number of steps.
        of: usize,
    },
    /// The self-assessment was finished.
    AssessmentComplete,
    /// A request arrived.
    Submitted {
        /// By which the clinic knows it.
        reference: &'a str,
    },
    /// A request did not arrive.
    Error {
        /// Why, as `public/embed.d.ts` lists it.
        code: &'a str,
    },
    /// In a frame: the browser is to go back, past the entries of a frame that has ended.
    Back {
        /// The number of entries.
        entries: usize,
    },
}

/// Dispatches it on the document.
pub fn emit(event: GuideEvent<'_>) {
    let detail = Object::new();
    let with = |key: &str, value: JsValue| {
        let _ = Reflect::set(&detail, &key.into(), &value);
    };
    let name = match event {
        GuideEvent::Step { index, of } => {
            with("index", (index as u32).into());
            with("of", (of as u32).into());
            "step"
        }
        GuideEvent::AssessmentComplete => "assessment-complete",
        GuideEvent::Submitted { reference } => {
            with("reference", reference.into());
            "submitted"
        }
        GuideEvent::Error { code } => {
            with("code", code.into());
            "error"
        }
        GuideEvent::Back { entries } => {
            with("entries", (entries as u32).into());
            "back"
        }
    };
    let init = CustomEventInit::new();
    init.set_detail(&detail);
    let name = ["migraine-guide:", name].concat();
    if let Ok(event) = CustomEvent::new_with_event_init_dict(&name, &init) {
        let _ = document().dispatch_event(&event);
    }
}
