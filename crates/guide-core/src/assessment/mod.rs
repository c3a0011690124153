//! A self-assessment as data: which questions are asked, in which order, and how they are scored.
//!
//! Nothing here knows a single question. A clinician writes the definition, in
//! `content/<language>/assessment.toml`. It travels to the browser without its sentences, in the
//! format of Postcard. From the top:
//! - [`check`]: problems of a definition (native only, they stop the build);
//! - [`fhir`]: definition and answers for the clinic's own systems;
//! - [`judgement`]: criteria, flags, outcome and its reasons, of answers complete or not;
//! - [`flow`]: which questions are asked, which are open, and when they stop;
//! - `facts`, `truth`: the one evaluator of conditions, for answers that are complete and for those
//!   that are not;
//! - [`answers`]: answers, and the rules by which a question accepts one;
//! - [`definition`]: the types of `assessment.toml`.

pub mod answers;
#[cfg(not(target_arch = "wasm32"))]
pub mod check;
pub mod definition;
mod facts;
pub mod fhir;
pub mod flow;
pub mod judgement;
mod truth;

pub use answers::{Answer, AnswerError, Answers};
pub use definition::Assessment;
pub use judgement::Judgement;
