//! The migraine guide: one page whose text is HTML before any script runs, with a few islands.
//!
//! Every word and every screen is rendered natively. In the browser the app only decides what is
//! shown, scores, encrypts and sends. Each module uses only those below it:
//!
//! | module | holds |
//! |---|---|
//! | [`site`] | native only: writes every page and the files beside them |
//! | [`pages`] | the pages: header, opening, quick links, article, figures, footer |
//! | `assessment` | the self-assessment: island, session, screens |
//! | `request` | the appointment request: island, session, screens |
//! | [`components`] | native only: radios, text input, summary list, … |
//! | `browser` | the only place that names `web_sys` and `gloo` |
//! | [`content`] | native only: `content/` read and checked into plain types; addresses of pages |
//!
//! `src/scripts/` is for what runs before or without the app.

mod assessment;
mod browser;
pub mod pages;
mod request;

#[cfg(not(target_arch = "wasm32"))]
pub mod components;
#[cfg(not(target_arch = "wasm32"))]
pub mod content;
#[cfg(not(target_arch = "wasm32"))]
pub mod site;

/// Lets the islands in the page come to life. Each is started by `src/scripts/loader.js` right after this.
#[cfg(target_arch = "wasm32")]
pub fn start() {
    leptos::mount::hydrate_islands();
}
