//! The payload, as the clinic reads it: JSON of the schema `appointment-request/2`. Requests of
//! `appointment-request/1` still open.

mod current;
// The patient's page never reads a payload, and pays no byte for it.
#[cfg(feature = "opening")]
mod opened;
#[cfg(feature = "opening")]
mod v1;

pub use super::details::{Coverage, Needs, Patient, Policyholder, Preferred};
pub use current::{AppointmentRequest, BLOCK, Circumstances, Consent, IncludedAssessment, SCHEMA};
#[cfg(feature = "opening")]
pub use opened::PayloadError;
#[cfg(feature = "opening")]
pub use v1::SCHEMA as SCHEMA_1;
