//! The self-assessment: one question at a time, scored in the browser, kept in memory alone.
//!
//! - [`island`]: events of the page
//! - [`action`]: actions of the buttons
//! - [`session`]: answers and steps, and their changes by each event
//! - [`state`]: signals of what the screens show
//! - [`part`]: the parts of the screens, which follow the signals
//! - [`result`]: what a result says
//! - [`dom`]: shows the questions, moves the focus, and puts answers into words
//! - [`screen`]: the screens
//! - [`ids`]: ids of elements
//! - `view`: renders every screen, natively

mod action;
mod dom;
mod ids;
mod island;
pub mod part;
mod result;
mod screen;
mod session;
mod state;
#[cfg(not(target_arch = "wasm32"))]
pub mod view;
