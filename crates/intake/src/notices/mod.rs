//! Notices that requests arrived: by e-mail, by a signed webhook, or both. They say that request
//! XXXX-XXXX arrived, or how many did, and nothing else: whoever reads the mail on the way learns no
//! more.
//!
//! A notice is stored in the same commit as its request, so that none is missed, and deleted once it
//! was taken; until then it is tried again, after half a minute at first and then ever more slowly.
//! Where the service dies between the two, it is sent twice, under the same id.
//!
//! Notices are gathered: the first goes out at once, then at most one in a quarter of an hour, of all
//! that arrived meanwhile. Anybody can send requests; nobody is to flood the front desk with mail.
//! Each channel works on its own, so that one that hangs delays no other.

mod arrival;
mod channels;
mod email;
mod error;
mod secret;
mod webhook;

pub use arrival::Arrival;
pub use channels::{Channels, NoticeSettings};
pub use email::{Email, EmailSettings, Login, Transport};
pub use error::{NoticeError, TIME_LIMIT};
pub use secret::{Secret, SecretError};
pub use webhook::{SigningKey, Webhook, WebhookSettings};
