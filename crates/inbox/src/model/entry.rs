//! A request: what the service knows of it, and what opening it gave.

use std::sync::Arc;

use clinic_core::state::State;
use guide_core::request::payload::AppointmentRequest;
use jiff::Timestamp;
use uuid::Uuid;

/// A request.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Its id.
    pub id: Uuid,
    /// Its short name, `XXXX-XXXX`.
    pub reference: String,
    /// When the service received it.
    pub received_at: Timestamp,
    /// What was done about it.
    pub work: Work,
    /// What opening it gave.
    pub content: Content,
}

/// What was done about a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Work {
    /// Its state.
    pub state: State,
    /// The name of the person who has it.
    pub holder: Option<String>,
    /// How often the patient was tried to reach in vain.
    pub tries: u32,
    /// Grows with each change: a change names the one that it was made upon.
    pub version: u64,
    /// The time of the last change.
    pub changed_at: Timestamp,
    /// The number of sealed notes.
    pub notes: u32,
}

/// What opening a request gave.
#[derive(Clone, Debug)]
pub enum Content {
    /// It opened.
    Opened(Arc<AppointmentRequest>),
    /// It did not.
    Unreadable(Unreadable),
}

/// Why a request cannot be read. None hides any other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// It is sealed for other keys than those in the staff file: these.
    OtherKeys(Vec<String>),
    /// It is not what was received: the disk damaged it, or somebody altered it.
    Damaged,
    /// It never was a request that this clinic could read.
    Garbage,
}

impl Entry {
    /// The request, where it opened.
    pub fn opened(&self) -> Option<&AppointmentRequest> {
        match &self.content {
            Content::Opened(request) => Some(request),
            Content::Unreadable(_) => None,
        }
    }

    /// Why it cannot be read, where it cannot.
    pub fn unreadable(&self) -> Option<&Unreadable> {
        match &self.content {
            Content::Opened(_) => None,
            Content::Unreadable(why) => Some(why),
        }
    }
}

impl Work {
    /// Returns `true` while somebody works on it.
    pub fn is_under_way(&self) -> bool {
        matches!(self.state, State::Claimed | State::Tried | State::Reached)
    }

    /// Returns `true` if this person has it.
    pub fn is_held_by(&self, name: &str) -> bool {
        self.holder.as_deref() == Some(name)
    }
}
