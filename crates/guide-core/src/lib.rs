//! What the migraine guide knows, apart from any screen or server.
//!
//! | module | holds |
//! |---|---|
//! | [`assessment`] | questions, answers, scoring and the order of the questions, all from data |
//! | [`request`] | the appointment request: form rules, payload, envelope, reference |
//! | [`by_id`] | values by id: answers, points |
//! | [`key`] | the clinic's public keys |
//! | [`source`] | content files read with file, line and reason for every mistake (native only) |
//!
//! No input or output, no clock, no randomness: callers bring today's date, ids and digests.

pub mod assessment;
pub mod by_id;
pub mod date;
pub mod key;
mod redacted;
pub mod request;
#[cfg(not(target_arch = "wasm32"))]
pub mod source;
