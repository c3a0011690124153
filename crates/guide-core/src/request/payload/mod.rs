//! The payload, as the clinic reads it: JSON of the schema `appointment-request/2`, or `/3` where it says what
//! matters to the patient. Requests of `appointment-request/1` still open.

mod current;
// The patient's page never reads a payload, and pays no byte for it.
#[cfg(feature = "opening")]
mod opened;
#[cfg(feature = "opening")]
mod v1;

pub use super::choices::Weight;
pub use super::details::{Coverage, Needs, Patient, Policyholder, Preferred};
pub use current::{
    AppointmentRequest, BLOCK, Circumstances, Consent, Included, IncludedAssessment,
    IncludedMatters, SCHEMA, SCHEMA_WITH_MATTERS, WeighedMatter, is_id,
};
#[cfg(feature = "opening")]
pub use opened::PayloadError;
#[cfg(feature = "opening")]
pub use v1::SCHEMA as SCHEMA_1;
