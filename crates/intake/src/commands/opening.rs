//! Opening stored requests for the commands that read them, each recorded in the audit.

use guide_core::key::PublicKey;
use guide_core::request::payload::AppointmentRequest;
use time::format_description::well_known::Rfc3339;

use super::error::CommandError;
use super::recorder::Recorder;
use super::stored::{Counts, Sealed, Wanted, reference};
use crate::audit::{Action, Actor, Event};
use crate::keys::PrivateKey;
use crate::store::{Database, Entry, STORE_TIMEOUT, Store};

/// Requests opened, recorded in one commit, and printed together: any number fits into memory, and a
/// commit each would take minutes for many.
const AT_ONCE: usize = 64;

/// Opens stored requests.
pub(super) struct Opener<'a> {
    /// The database.
    pub database: &'a Database,
    /// The requests to open.
    pub wanted: Wanted,
    /// The keys to open with.
    pub keys: &'a [PrivateKey],
    /// Whoever opens them.
    pub actor: Actor,
    /// What is recorded of each that was opened.
    pub action: Action,
    /// The key that they are opened for, where it is not to read them.
    pub other: Option<&'a PublicKey>,
}

impl Opener<'_> {
    /// Passes the requests that can be opened to `take`, in the order of their arrival, after they were
    /// recorded. Those that cannot are counted, and reported to standard error.
    pub async fn for_each(
        self,
        counts: &mut Counts,
        mut take: impl FnMut(Sealed, AppointmentRequest) -> Result<(), CommandError>,
    ) -> Result<(), CommandError> {
        let Self { database, wanted, keys, actor, action, other } = self;
        let store = Store::open_for_reading(database, STORE_TIMEOUT).await?;
        let mut entries = store.entries().await?;
        entries.retain(|entry| wanted.means(entry));
        if entries.is_empty() && !wanted.is_all() {
            let id = wanted.id.map(|id| id.to_string());
            return Err(CommandError::NoSuchRequest(
                id.into_iter().chain(wanted.reference.clone()).collect(),
            ));
        }
        let mut recorder = Recorder::open(database, actor).await?;
        let kids: Vec<&str> = keys.iter().map(|key| key.public().kid.as_str()).collect();
        let mut detail = format!("with key {}", kids.join(" or "));
        if let Some(other) = other {
            detail += &format!(", for key {}", other.kid);
        }
        for entries in entries.chunks(AT_ONCE) {
            let (mut opened, mut events) = (Vec::new(), Vec::new());
            for entry in entries {
                let sealed = read(&store, entry).await?;
                if let Some(request) = counts.open(&sealed, keys) {
                    opened.push((sealed, request));
                    events.push(Event::of_request(action, &entry.id, detail.clone()));
                }
            }
            recorder.record(events).await?;
            for (sealed, request) in opened {
                take(sealed, request)?;
            }
        }
        recorder.close().await;
        store.close().await;
        Ok(())
    }
}

async fn read(store: &Store, entry: &Entry) -> Result<Sealed, CommandError> {
    let received_at = entry.received_at.format(&Rfc3339)?;
    let added = store.added_recipients(entry.position - 1, entry.position).await?;
    Ok(Sealed {
        heading: format!("{}  received {received_at} (UTC)", reference(entry)),
        entry: Some(entry.clone()),
        envelope: store.envelope(entry.id).await?,
        digest: store.digest(entry.id).await?,
        added: added.into_iter().map(|(_, recipient)| recipient).collect(),
    })
}
