//! The content of a notice.

use guide_core::request::reference::Reference;
use uuid::Uuid;

use crate::store::Notice;

/// What a notice says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arrival {
    /// Of this notice, the same each time the same is tried; tells nothing.
    pub id: Uuid,
    /// The number of requests that arrived.
    pub requests: u64,
    /// Of the last of them.
    pub reference: String,
}

impl Arrival {
    pub(super) fn of(notice: &Notice) -> Self {
        Self {
            id: Uuid::new_v5(&notice.request_id, notice.channel.as_str().as_bytes()),
            requests: notice.requests,
            reference: Reference::of(&notice.request_id).to_string(),
        }
    }
}
