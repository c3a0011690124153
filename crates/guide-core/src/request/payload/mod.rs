//! The payload, as the clinic reads it: JSON of the schema `appointment-request/2`. Requests of
//! `appointment-request/1` still open.

mod current;
// Opening is native: the browser never reads a payload.
#[cfg(not(target_arch = "wasm32"))]
mod opened;
#[cfg(not(target_arch = "wasm32"))]
mod v1;

pub use super::details::{Coverage, Needs, Patient, Policyholder, Preferred};
pub use current::{AppointmentRequest, BLOCK, Circumstances, Consent, IncludedAssessment, SCHEMA};
#[cfg(not(target_arch = "wasm32"))]
pub use opened::PayloadError;
#[cfg(not(target_arch = "wasm32"))]
pub use v1::SCHEMA as SCHEMA_1;
