//! Listing and changing requests, and their notes.

use clinic_core::state::State;
use guide_core::request::envelope::Recipient;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Service, ServiceError};
use crate::model::entry::Work;

/// Requests in a page: their envelopes are read in one go, which must not stop the page.
const PAGE: u32 = 50;

/// Some requests.
#[derive(Clone, Debug, Deserialize)]
pub struct Listed {
    /// In the order that was asked for.
    pub requests: Vec<ListedRequest>,
    /// Where the next page begins.
    pub next: String,
    /// There is a next page now.
    pub more: bool,
    /// Where those begin that arrive later.
    pub newest: String,
    /// The last change that these requests know of.
    pub change: i64,
}

/// A request, sealed.
#[derive(Clone, Debug, Deserialize)]
pub struct ListedRequest {
    /// Its state.
    #[serde(flatten)]
    pub status: RequestStatus,
    /// The JWE.
    pub envelope: String,
    /// Recipients that were added since.
    pub added_recipients: Vec<Recipient>,
    /// `false` if it is not what was received; `None` where that is not known.
    pub intact: Option<bool>,
}

/// The state of a request.
#[derive(Clone, Debug, Deserialize)]
pub struct RequestStatus {
    /// Its id.
    pub id: Uuid,
    /// Its short name.
    pub reference: String,
    /// When it was received.
    pub received_at: Timestamp,
    state: State,
    changed_at: Timestamp,
    holder: Option<String>,
    tries: u32,
    version: u64,
    notes: u32,
}

/// A request with its history and its notes.
#[derive(Clone, Debug, Deserialize)]
pub struct WholeRequest {
    /// The request.
    #[serde(flatten)]
    pub request: ListedRequest,
    /// What was done about it, the oldest first.
    pub history: Vec<Step>,
    /// Its notes, the oldest first.
    pub sealed_notes: Vec<SealedNote>,
}

/// Something that was done about a request.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Step {
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: String,
    /// The state that came of it.
    pub state: State,
    /// Who has it since.
    pub holder: Option<String>,
}

/// A sealed note.
#[derive(Clone, Debug, Deserialize)]
pub struct SealedNote {
    /// Its number.
    pub number: i64,
    /// When it was written.
    pub at: Timestamp,
    /// By whom.
    pub by: String,
    /// The JWE.
    pub envelope: String,
}

/// Changes of requests.
#[derive(Clone, Debug, Deserialize)]
pub struct Changes {
    /// In their order.
    pub changes: Vec<Change>,
    /// The number to ask with next.
    pub next: i64,
    /// Another one means that all has to be listed again.
    pub epoch: String,
}

/// A change of a request.
#[derive(Clone, Debug, Deserialize)]
pub struct Change {
    at: Timestamp,
    /// By whom.
    pub by: String,
    /// The request; `None` where it was deleted.
    pub id: Option<Uuid>,
    /// Its short name.
    pub reference: String,
    state: Option<State>,
    holder: Option<String>,
    tries: Option<u32>,
    version: Option<u64>,
    notes: Option<u32>,
}

/// The requests to list.
#[derive(Clone, Copy, Debug)]
pub enum Range<'a> {
    /// The newest, and on to older ones.
    Newest,
    /// Those before a place.
    Before(&'a str),
    /// Those that arrived after a place.
    After(&'a str),
}

/// A new state.
#[derive(Clone, Debug, Serialize)]
pub struct NewState {
    /// The state.
    pub state: State,
    /// Who is to have it; without it, as the service has it: the person who claims it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub holder: Option<String>,
}

impl RequestStatus {
    /// What was done about it.
    pub fn work(&self) -> Work {
        Work {
            state: self.state,
            holder: self.holder.clone(),
            tries: self.tries,
            version: self.version,
            changed_at: self.changed_at,
            notes: self.notes,
        }
    }
}

impl Change {
    /// What was done about the request since; `None` where it was deleted.
    pub fn work(&self) -> Option<Work> {
        Some(Work {
            state: self.state?,
            holder: self.holder.clone(),
            tries: self.tries?,
            version: self.version?,
            changed_at: self.at,
            notes: self.notes?,
        })
    }
}

impl Service {
    /// Lists requests of some states; of all where none is given.
    ///
    /// # Errors
    /// Any [`ServiceError`].
    pub async fn list(&self, range: Range<'_>, states: &[State]) -> Result<Listed, ServiceError> {
        let range = match range {
            Range::Newest => "before=end".to_owned(),
            Range::Before(place) => ["before=", place].concat(),
            Range::After(place) => ["after=", place].concat(),
        };
        let states: Vec<&str> = states.iter().map(|state| state.as_str()).collect();
        let states = match states.is_empty() {
            true => String::new(),
            false => format!("&state={}", states.join(",")),
        };
        self.get(&format!("v1/requests?{range}{states}&limit={PAGE}")).await
    }

    /// A request with its history and its notes.
    ///
    /// # Errors
    /// Any [`ServiceError`].
    pub async fn request(&self, id: Uuid) -> Result<WholeRequest, ServiceError> {
        self.get(&format!("v1/requests/{id}")).await
    }

    /// Sets the state of a request, if nobody has changed it since `version`.
    ///
    /// # Errors
    /// Any [`ServiceError`].
    pub async fn set_state(
        &self,
        id: Uuid,
        version: u64,
        state: &NewState,
    ) -> Result<RequestStatus, ServiceError> {
        self.send("PATCH", &format!("v1/requests/{id}"), Some(version), state).await
    }

    /// Takes back the last change of a request, if that is the one of `version`.
    ///
    /// # Errors
    /// Any [`ServiceError`].
    pub async fn undo(&self, id: Uuid, version: u64) -> Result<RequestStatus, ServiceError> {
        self.call("POST", &format!("v1/requests/{id}/undo"), Some(version), None).await
    }

    /// Stores a sealed note.
    ///
    /// # Errors
    /// Any [`ServiceError`].
    pub async fn add_note(&self, id: Uuid, envelope: String) -> Result<(), ServiceError> {
        let body = Some((guide_core::request::envelope::MEDIA_TYPE, envelope));
        let path = format!("v1/requests/{id}/notes");
        self.call::<serde_json::Value>("POST", &path, None, body).await.map(drop)
    }

    /// Deletes a request for good.
    ///
    /// # Errors
    /// Any [`ServiceError`].
    pub async fn delete(&self, id: Uuid) -> Result<(), ServiceError> {
        self.call_without_response("DELETE", &format!("v1/requests/{id}")).await
    }

    /// The changes after a number.
    ///
    /// # Errors
    /// Any [`ServiceError`].
    pub async fn changes(&self, after: i64) -> Result<Changes, ServiceError> {
        self.get(&format!("v1/changes?after={after}&limit=200")).await
    }
}
