//! The appointment request, from what is typed to what is sent.
//!
//! [`form`] what is typed and when it is acceptable · [`email`] addresses and slips in them ·
//! [`phone`] phone numbers · [`payload`] what the clinic reads · [`envelope`] how it is sealed ·
//! [`outbox`] how it is posted until it arrives · [`mod@reference`] the short name of a request.

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
