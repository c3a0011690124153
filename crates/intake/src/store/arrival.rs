//! Envelopes on their way to the disk.

use std::sync::Arc;

use uuid::Uuid;

use super::entry::Channel;

/// An envelope on its way to the disk.
pub(super) struct Arrival {
    pub id: Uuid,
    pub envelope: Vec<u8>,
    /// SHA-256 of the envelope, computed before it is written.
    pub digest: [u8; 32],
    pub channels: Arc<[Channel]>,
    /// It is no request: it is set apart as soon as it is stored.
    pub is_trial: bool,
}

/// The work of one transaction.
pub(super) struct Group {
    pub arrivals: Vec<Arrival>,
    /// Writes something even if no envelope is new.
    pub probe: bool,
}
