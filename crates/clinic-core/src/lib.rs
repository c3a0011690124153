//! What the clinic's programs share: `intake` on the command line and the inbox in the browser.
//!
//! A module uses only modules of lower levels.
//!
//! | level | module | holds |
//! |---|---|---|
//! | 1 | [`contact`] | links that call, text or write to a patient |
//! | | [`note`] | sealed notes of the staff on a request |
//! | | [`open`] | opening a sealed request, but for the cryptography |
//! | | [`private_key`] | a private key as a JWK |
//! | | [`readable`] | an opened request as text that steers nothing |
//! | | [`state`] | the states of a request with the clinic |
//! | 2 | [`calendar`] | a calendar file for an appointment |
//! | | [`export`] | opened requests as a table, JSON or FHIR |
//! | | [`inbox`] | the content of the inbox: its sentences, and facts of the clinic |
//! | | [`staff_file`] | what one person of the staff needs to open requests |
//! | 3 | [`file_kind`] | the kind of a file that somebody chose |
//!
//! No input or output, no clock, no randomness, no cryptography: the callers have their own.

pub mod calendar;
pub mod contact;
pub mod export;
pub mod file_kind;
pub mod inbox;
pub mod note;
pub mod open;
pub mod private_key;
pub mod readable;
pub mod staff_file;
pub mod state;
