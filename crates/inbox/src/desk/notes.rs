//! Notes: sealed for the clinic's keys before they are sent, so that the service cannot read them either.

use std::rc::Rc;

use clinic_core::note::Note as NotePayload;
use guide_core::request::envelope::{Envelope, ProtectedHeader};
use leptos::prelude::*;
use leptos::task::spawn_local;
use uuid::Uuid;
use web_jwe::{decrypt, seal};

use super::session::Session;
use super::state::{Desk, Note};
use crate::service::requests::SealedNote;

impl Desk {
    /// Seals a note and adds it to a request. `on_done` is called once it is stored.
    pub fn add_note(self, id: Uuid, text: String, on_done: impl FnOnce() + 'static) {
        let Some(session) = self.session() else { return };
        if self.is_busy.get_untracked() {
            return;
        }
        self.is_busy.set(true);
        spawn_local(async move {
            let words = &self.content.words.request;
            match sealed(&session, id, &text).await {
                Some(envelope) => match session.service.add_note(id, envelope).await {
                    Ok(()) => {
                        on_done();
                        self.say(&words.note_added);
                        self.refresh_detail();
                    }
                    Err(error) => self.say_error(error),
                },
                None => self.say(&words.note_not_sealed),
            }
            self.ends_change().await;
        });
    }

    pub(super) async fn open_notes(
        &self,
        session: &Rc<Session>,
        id: Uuid,
        sealed: Vec<SealedNote>,
    ) -> Vec<Note> {
        let mut notes = Vec::new();
        for SealedNote { number, at, by, envelope } in sealed {
            let text = opened(session, id, envelope.as_bytes()).await;
            notes.push(Note { number, at, by, text });
        }
        notes
    }
}

async fn sealed(session: &Session, id: Uuid, text: &str) -> Option<String> {
    let payload = NotePayload::new(id, text).ok()?.to_padded_json().ok()?;
    seal(&payload, &ProtectedHeader::of_note(id), &session.sealing).await.ok()
}

/// The text of a note; `None` where it does not open, or is of another request.
async fn opened(session: &Session, id: Uuid, envelope: &[u8]) -> Option<String> {
    let (envelope, header) = Envelope::parse_note(envelope).ok()?;
    if header.rid != id {
        return None;
    }
    for recipient in &envelope.recipients {
        let key = session.keys.iter().find(|key| key.kid == recipient.header.kid);
        let Some(key) = key else { continue };
        if let Ok(payload) = decrypt(&envelope, recipient, key).await {
            return NotePayload::from_json(&payload, id).ok().map(|note| note.text().to_owned());
        }
    }
    None
}
