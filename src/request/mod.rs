//! The appointment request: filled in, checked, encrypted in the browser, sent.
//!
//! - [`island`]: events of the page
//! - [`action`]: actions of the buttons
//! - [`session`]: the state, and its changes by each event
//! - [`dom`]: shows the state in the rendered screens
//! - [`screen`]: screens and failures
//! - [`finished`]: the self-assessment that a request may include
//! - [`setup`]: settings of the clinic
//! - [`ids`]: ids of elements
//! - `view`: renders every screen, natively
//!
//! `browser::outbox` encrypts, stores and sends.

mod action;
mod dom;
mod finished;
mod ids;
mod island;
mod screen;
mod session;
mod setup;
#[cfg(not(target_arch = "wasm32"))]
pub mod view;

pub use finished::{Finished, included};
pub use island::offer_assessment;
