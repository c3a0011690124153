//! The self-assessment in the clinic's own systems: FHIR R4 (4.0.1), as JSON.
//!
//! [`questionnaire`] turns a definition into a Questionnaire, [`response()`] a set of answers into a
//! QuestionnaireResponse. Question ids are `linkId`s, option ids are codes. R4 has no
//! element for the scoring of criteria, flags and outcomes, nor for answers that end the questions
//! at once; these stay in the definition alone. See `docs/assessment.md`.

#[cfg(not(target_arch = "wasm32"))]
mod condition;
#[cfg(not(target_arch = "wasm32"))]
mod path;
#[cfg(not(target_arch = "wasm32"))]
mod questionnaire;
mod response;

#[cfg(not(target_arch = "wasm32"))]
pub use questionnaire::{Publication, questionnaire};
pub use response::{Reply, response};
