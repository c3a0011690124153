//! The content of a notice.

use guide_core::request::reference::Reference;
use uuid::Uuid;

use crate::store::Notice;

/// The content of a notice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoticeContent {
    /// The id of the notice, the same for each attempt; it reveals nothing.
    pub id: Uuid,
    /// The number of requests that arrived.
    pub requests: u64,
    /// The reference of the last of them.
    pub reference: String,
}

impl NoticeContent {
    pub(super) fn of(notice: &Notice) -> Self {
        Self {
            id: Uuid::new_v5(&notice.request_id, notice.channel.as_str().as_bytes()),
            requests: notice.requests,
            reference: Reference::of(&notice.request_id).to_string(),
        }
    }
}
