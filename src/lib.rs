//! The migraine guide: one page whose text is HTML before any script runs, with a few islands.
//!
//! Every word and every screen is rendered natively. In the browser the app shows and hides, scores,
//! encrypts and sends. Each module uses only those below it (`tests/tidy/imports.rs`):
//!
//! | module | holds |
//! |---|---|
//! | [`site`] | native only: writes all pages and the files beside them |
//! | [`pages`] | the pages: header, opening, quick links, article, figures, footer |
//! | `assessment` | the self-assessment: island, actions, session, screens |
//! | `request` | the appointment request: island, actions, session, screens |
//! | [`components`] | native only: choices, text input, summary list, … |
//! | `browser` | browser APIs: the only module that names `web_sys` and `gloo_net` |
//! | [`content`] | native only: reads and checks `content/`; addresses of pages |
//!
//! `src/scripts/` has the scripts that run before or without the app.

mod assessment;
mod browser;
pub mod pages;
mod request;

#[cfg(not(target_arch = "wasm32"))]
pub use assessment::part::Part as AssessmentPart;
#[cfg(not(target_arch = "wasm32"))]
pub use request::part::Part as RequestPart;

#[cfg(not(target_arch = "wasm32"))]
pub mod components;
#[cfg(not(target_arch = "wasm32"))]
pub mod content;
#[cfg(not(target_arch = "wasm32"))]
pub mod site;

/// Prepares hydration. `src/scripts/loader.js` then hydrates each island.
///
/// Like `leptos::mount::hydrate_islands`, which adds an executor and a context for data of a server: 4.9 KB
/// (Brotli 11) that nothing here uses.
#[cfg(target_arch = "wasm32")]
pub fn start() {
    let owner = leptos::prelude::Owner::new_root(None);
    std::mem::forget(owner);
}
