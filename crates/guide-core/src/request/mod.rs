//! The appointment request, from the form's entries to the sealed bytes that arrive. From the top:
//! - [`outbox`]: the state machine that posts sealed requests until they arrive;
//! - [`envelope`]: the form of a sealed request;
//! - [`mod@reference`]: the short name of a request;
//! - [`payload`]: the content of a request, as the clinic reads it;
//! - [`form`]: the form's entries, and the rules by which they are accepted;
//! - `details`: an accepted form, as typed values;
//! - `fields`: the fields of the form, and the rules that each has to meet;
//! - [`email`], [`phone`], `choices`: values of the fields.

mod choices;
mod details;
pub mod email;
pub mod envelope;
mod fields;
pub mod form;
pub mod outbox;
pub mod payload;
pub mod phone;
pub mod reference;
