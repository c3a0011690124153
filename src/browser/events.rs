//! Custom events `migraine-guide:…` on the document, which `src/scripts/frame.js` passes on to the page
//! that frames the guide. None carries an answer, a score or an outcome.

use js_sys::{Object, Reflect};
use leptos::prelude::document;
use wasm_bindgen::JsValue;
use web_sys::{CustomEvent, CustomEventInit};

/// An event of an island.
#[derive(Clone, Copy, Debug)]
pub enum GuideEvent<'a> {
    /// A step of the self-assessment is shown. The numbers are the same for all answers; see
    /// `Assessment::shared_step`.
    Step {
        /// The step's number, from 1.
        index: usize,
        /// The number of steps.
        of: usize,
    },
    /// The self-assessment was finished.
    AssessmentComplete,
    /// A request arrived.
    Submitted {
        /// The reference by which the clinic finds it.
        reference: &'a str,
    },
    /// A request did not arrive.
    Error {
        /// The reason, one of those in `public/embed.d.ts`.
        code: &'a str,
    },
    /// The browser has to go back past history entries of a frame that no longer exists.
    Back {
        /// The number of entries.
        entries: usize,
    },
}

/// Dispatches an event on the document.
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
