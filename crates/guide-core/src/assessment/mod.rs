//! A self-assessment as data: what is asked, in which order, and what the answers come to.
//!
//! Nothing here knows a single question. The definition is written by a clinician in
//! `content/<language>/assessment.toml`, travels to the browser without its sentences, in Postcard's
//! format, and is followed by:
//! - [`definition`]: the types of that file;
//! - [`answers`]: what a person answered, and when an answer is acceptable;
//! - [`flow`]: which question comes next;
//! - [`score`]: criteria, total, flags and outcome;
//! - [`check`]: what can be wrong with a definition (native only, it stops the build);
//! - [`fhir`]: the same for the clinic's own systems (native only).

pub mod answers;
#[cfg(not(target_arch = "wasm32"))]
pub mod check;
pub mod definition;
mod facts;
#[cfg(not(target_arch = "wasm32"))]
pub mod fhir;
pub mod flow;
pub mod score;
mod truth;

pub use answers::{Answer, AnswerError, Answers};
pub use definition::Assessment;
pub use score::{Score, ScoreError};
