//! The rules of the migraine guide, shared by the browser and the server: the self-assessment and
//! the appointment request.
//!
//! A line imports only from lines below it; so do the files of a module, in the order of its docs.
//!
//! | module | holds |
//! |---|---|
//! | [`request`] | the appointment request: form, payload, envelope, outbox |
//! | [`assessment`] | questions, answers, scoring and the order of the questions, all from data |
//! | [`source`] | content files, read with file, line and reason for every mistake (native only) |
//! | [`review`] | a clinician's review of a content file (native only) |
//! | [`key`] | the clinic's public keys |
//! | [`policy`] | the Content-Security-Policy of the pages |
//! | [`date`], [`by_id`], `redacted` | days of the calendar, a map by id, `Debug` that hides values |
//! | `typed` | numbers and addresses as they were typed or pasted |
//!
//! No input or output, no clock, no randomness: callers bring today's date, ids and digests.

pub mod assessment;
pub mod by_id;
pub mod date;
pub mod key;
#[cfg(not(target_arch = "wasm32"))]
pub mod policy;
mod redacted;
pub mod request;
#[cfg(not(target_arch = "wasm32"))]
pub mod review;
#[cfg(not(target_arch = "wasm32"))]
pub mod source;
mod typed;
