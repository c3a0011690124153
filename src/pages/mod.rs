//! Renders the pages, natively.
//!
//! - [`render`](mod@render): a whole page
//! - [`header`], [`display_menu`]: the clinic, and the Display settings
//! - [`opening`]: title, dates, buttons
//! - [`quick_links`]: table of contents, and the island that marks the section in view
//! - [`article`]: sections with their inserts: [`figures`], [`article_list`], [`embed_builder`] and the
//!   islands
//! - [`decision_aid`]: options to compare, questions to take along, the diary, the glossary
//! - [`contents`]: the link back to the table of contents
//! - [`footer`]: people, places, further pages
//!
//! Each has a style file (`style/`) and a test (`tests/rendered/`) of its name.

#[cfg(not(target_arch = "wasm32"))]
mod article;
#[cfg(not(target_arch = "wasm32"))]
mod article_list;
#[cfg(not(target_arch = "wasm32"))]
mod contents;
#[cfg(not(target_arch = "wasm32"))]
mod decision_aid;
#[cfg(not(target_arch = "wasm32"))]
mod display_menu;
#[cfg(not(target_arch = "wasm32"))]
mod embed_builder;
#[cfg(not(target_arch = "wasm32"))]
mod figures;
#[cfg(not(target_arch = "wasm32"))]
mod footer;
#[cfg(not(target_arch = "wasm32"))]
mod header;
#[cfg(not(target_arch = "wasm32"))]
mod opening;
mod quick_links;
#[cfg(not(target_arch = "wasm32"))]
mod render;

#[cfg(not(target_arch = "wasm32"))]
pub use render::{Error, render, render_not_found};
