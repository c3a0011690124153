//! Opening requests. One that does not open never hides another.

use std::sync::Arc;

use clinic_core::open::{OpenError, Opening, sealed_for};
use guide_core::request::envelope::Recipient;
use guide_core::request::payload::AppointmentRequest;
use uuid::Uuid;
use web_jwe::decrypt;

use super::session::Session;
use crate::model::entry::{Content, Entry, Unreadable};
use crate::service::requests::ListedRequest;

/// Opens a request that was listed.
pub async fn open(session: &Session, listed: ListedRequest) -> Entry {
    let ListedRequest { status, envelope, added_recipients, intact } = listed;
    let opened = try_open(session, envelope.as_bytes(), &added_recipients, status.id).await;
    let content = match opened {
        Ok(request) => Content::Opened(Arc::new(request)),
        Err(error) => Content::Unreadable(match (error, intact) {
            (_, Some(false)) => Unreadable::Damaged,
            (OpenError::NoMatchingKey, _) => {
                let keys = sealed_for(envelope.as_bytes(), &added_recipients);
                Unreadable::OtherKeys(keys.unwrap_or_default())
            }
            // The service stores no such thing: somebody put it there.
            (OpenError::IdMismatch | OpenError::AddedRecipient, _) => Unreadable::Damaged,
            (_, Some(true)) => Unreadable::Garbage,
            // A release that kept no digest stored it.
            (_, None) => Unreadable::Damaged,
        }),
    };
    Entry {
        id: status.id,
        reference: status.reference.clone(),
        received_at: status.received_at,
        work: status.work(),
        content,
    }
}

async fn try_open(
    session: &Session,
    envelope: &[u8],
    added: &[Recipient],
    id: Uuid,
) -> Result<AppointmentRequest, OpenError> {
    let key = |kid: &str| session.keys.iter().find(|key| key.kid == kid);
    let opening = Opening::plan(envelope, added, |kid| key(kid).is_some())?;
    for attempt in opening.attempts() {
        let Some(key) = key(&attempt.recipient.header.kid) else { continue };
        let envelope = opening.envelope_for(attempt);
        if let Ok(payload) = decrypt(&envelope, &attempt.recipient, key).await {
            return opening.finish(&payload, Some(id));
        }
    }
    Err(opening.failure())
}
