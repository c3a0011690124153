//! Notices of new requests: by e-mail, by a signed webhook, or both. A notice holds the reference of
//! the last request and their number, and nothing else: whoever reads the mail on the way learns no
//! more.
//!
//! A notice is stored in the same commit as its request, so that none is missed, and deleted once it
//! was accepted. Until then it is retried with exponential backoff, from half a minute to an hour. If
//! the service dies between the two, it is sent twice, under the same id.
//!
//! Notices are gathered: the first is sent at once, then at most one in a quarter of an hour, of all
//! requests that arrived meanwhile. Anybody can send requests; that must not flood the front desk.
//! Each channel works on its own, so that one that hangs delays no other.
//!
//! Requests that stay new for some working days cause an alarm by the same channels, at most
//! once in 24 hours, until somebody marks them: their number, the oldest reference and its age.

mod alarm;
mod channels;
mod content;
mod email;
mod error;
mod secret;
mod webhook;
mod working_days;

pub use channels::{Channels, NoticeSettings};
pub use content::{Event, NoticeContent};
pub use email::{Email, EmailSettings, Login, Transport};
pub use error::{NoticeError, TIME_LIMIT};
pub use secret::{Secret, SecretError};
pub use webhook::{SigningKey, Webhook, WebhookSettings};
pub use working_days::WorkingDays;
