//! The content of a notice.

use guide_core::request::reference::Reference;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::store::{Alarm, Channel, Notice, Unread};

/// The content of a notice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoticeContent {
    /// The id of the notice, the same for each attempt; it reveals nothing.
    pub id: Uuid,
    /// The reason for it.
    pub event: Event,
}

/// The reason for a notice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// Requests arrived.
    Arrived {
        /// Their number.
        requests: u64,
        /// The reference of the last of them.
        reference: String,
    },
    /// Nobody took up requests that arrived some working days ago.
    Unread {
        /// Their number.
        requests: u64,
        /// The reference of the oldest of them.
        reference: String,
        /// Whole days since that one was received.
        age_days: u64,
    },
}

impl NoticeContent {
    pub(super) fn of(notice: &Notice) -> Self {
        Self {
            id: Uuid::new_v5(&notice.request_id, notice.channel.as_str().as_bytes()),
            event: Event::Arrived {
                requests: notice.requests,
                reference: Reference::of(&notice.request_id).to_string(),
            },
        }
    }

    pub(super) fn of_alarm(
        channel: Channel,
        alarm: &Alarm,
        unread: &Unread,
        now: OffsetDateTime,
    ) -> Self {
        let attempt_of = format!("{} after {}", channel.as_str(), alarm.sent_at.unix_timestamp());
        let age = now - unread.received_at;
        Self {
            id: Uuid::new_v5(&unread.oldest, attempt_of.as_bytes()),
            event: Event::Unread {
                requests: unread.count,
                reference: Reference::of(&unread.oldest).to_string(),
                age_days: age.whole_days().unsigned_abs(),
            },
        }
    }
}
