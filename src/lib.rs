//! The migraine guide: one page whose text is HTML before any program runs, with a few islands.
//!
//! Every word and every screen is rendered natively. In the browser the program only decides what
//! is shown, scores, seals and sends.
//!
//! | module | holds |
//! |---|---|
//! | `assessment` | the self-assessment: its island, session, display and screens |
//! | `request` | the appointment request: its island, session, display and screens |
//! | `quick_links` | the table of contents, and what marks the section in view |
//! | `browser` | the only place that names `web_sys` |
//! | `packed` | how island props travel |
//! | `components` | native only: radios, text input, summary list, … |
//! | [`content`], `words` | native only: `content/` read and checked |
//! | `figures` | native only: the drawings of the guide, and the same told in text |
//! | `article`, [`page`], `display`, [`head`] | native only: the pages |
//! | `embed_builder` | native only: the page where staff build what goes into their own site |
//! | [`plugin`], [`prerender`], [`site_files`], [`theme_colors`] | native only: what is written |

mod assessment;
mod browser;
mod packed;
mod quick_links;
mod request;

#[cfg(not(target_arch = "wasm32"))]
mod article;
#[cfg(not(target_arch = "wasm32"))]
mod article_list;
#[cfg(not(target_arch = "wasm32"))]
pub mod components;
#[cfg(not(target_arch = "wasm32"))]
pub mod content;
#[cfg(not(target_arch = "wasm32"))]
mod display;
#[cfg(not(target_arch = "wasm32"))]
mod embed_builder;
#[cfg(not(target_arch = "wasm32"))]
mod figures;
#[cfg(not(target_arch = "wasm32"))]
pub mod head;
#[cfg(not(target_arch = "wasm32"))]
pub mod page;
#[cfg(not(target_arch = "wasm32"))]
pub mod plugin;
#[cfg(not(target_arch = "wasm32"))]
pub mod prerender;
#[cfg(not(target_arch = "wasm32"))]
pub mod site_files;
#[cfg(not(target_arch = "wasm32"))]
pub mod theme_colors;
#[cfg(not(target_arch = "wasm32"))]
mod words;

/// Lets the islands in the page come to life. Each is started by `src/start.js` right after this.
#[cfg(target_arch = "wasm32")]
pub fn start() {
    leptos::mount::hydrate_islands();
}
