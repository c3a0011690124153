//! An opened request, on its way into an export.

use std::io;

use guide_core::request::payload::AppointmentRequest;
use guide_core::request::reference::Reference;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use crate::state::State;

/// An opened request with what the store knows of it.
#[derive(Clone)]
pub struct Opened {
    /// When it was received.
    pub received_at: OffsetDateTime,
    /// Its state with the clinic.
    pub state: State,
    /// The request itself.
    pub request: AppointmentRequest,
}

impl Opened {
    /// The request's short name.
    pub fn reference(&self) -> String {
        Reference::of(&self.request.request_id).to_string()
    }

    /// When it was received, RFC 3339, UTC.
    ///
    /// # Errors
    /// For a year that RFC 3339 cannot write.
    pub fn received_at(&self) -> io::Result<String> {
        self.received_at.format(&Rfc3339).map_err(io::Error::other)
    }
}
