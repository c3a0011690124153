//! The self-assessment: one question at a time, scored in the browser, kept in memory alone.
//!
//! [`island`] events of the page · [`session`] answers, the step that is shown, and what each action
//! does to them · [`action`] the buttons · [`dom`] shows them in the page · [`screen`] its screens · [`ids`] ids of elements ·
//! `view` renders every screen natively.

mod action;
mod dom;
mod ids;
mod island;
mod screen;
mod session;
#[cfg(not(target_arch = "wasm32"))]
pub mod view;
