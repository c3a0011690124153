//! The appointment request: filled in, checked, encrypted in the browser, sent.
//!
//! [`island`] events of the page · [`session`] state, and what each action does to it · [`action`] the buttons · [`dom`] shows
//! it in the page · [`screen`] its screens and failures · [`finished`] the self-assessment that may be
//! included · [`setup`] settings of the clinic · [`ids`] ids of elements · `view` renders every
//! screen natively · `browser::outbox` encrypts, stores and sends.

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
