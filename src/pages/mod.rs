//! The pages, rendered natively: header, opening, quick links, article, footer.
//!
//! [`header`] with the [`display_menu`] · [`opening`] title and buttons · [`quick_links`] table of
//! contents and the island that marks the section in view · [`article`] sections with what is
//! inserted in them ([`figures`], [`article_list`], [`embed_builder`] and the two islands), and the
//! link to the [`contents`] · [`footer`]. Each has a style file (`style/`) and a test
//! (`tests/rendered/`) of its name.

#[cfg(not(target_arch = "wasm32"))]
mod article;
#[cfg(not(target_arch = "wasm32"))]
mod article_list;
#[cfg(not(target_arch = "wasm32"))]
mod contents;
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
pub use render::{render, render_not_found};
