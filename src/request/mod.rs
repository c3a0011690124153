//! The appointment request: filled in, checked, encrypted in the browser, sent.
//!
//! - [`island`]: events of the page
//! - [`action`]: actions of the buttons
//! - [`session`]: the state, and its changes by each event
//! - [`state`]: signals of what the screens show
//! - [`part`]: the parts of the screens, which follow the signals
//! - [`words`]: words of the page for them
//! - [`dom`]: shows the errors of the form, and moves the focus
//! - [`screen`]: screens and failures
//! - [`finished`]: the self-assessment that a request may include
//! - [`prepared`]: a checked request, ready to be encrypted
//! - [`keys`]: the keys to encrypt it for
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
mod keys;
pub mod part;
mod prepared;
mod screen;
mod session;
mod setup;
mod state;
#[cfg(not(target_arch = "wasm32"))]
pub mod view;
mod words;

pub use finished::{Finished, included};
pub use island::offer_assessment;
