//! The self-assessment: one question at a time, scored in the browser, kept in memory alone.
//!
//! - [`island`]: events of the page
//! - [`action`]: actions of the buttons
//! - [`session`]: answers and steps, and their changes by each event
//! - [`dom`]: shows them in the rendered screens
//! - [`screen`]: the screens
//! - [`ids`]: ids of elements
//! - `view`: renders every screen, natively

mod action;
mod dom;
mod ids;
mod island;
mod screen;
mod session;
#[cfg(not(target_arch = "wasm32"))]
pub mod view;
