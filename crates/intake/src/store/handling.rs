//! How far the clinic has come with a request, and what changes make of that.

use clinic_core::state::State;

use super::entry::Entry;
use crate::audit::Actor;

/// How far the clinic has come with a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handling {
    /// Its state.
    pub state: State,
    /// The name of the token that has it; `None` if nobody has.
    pub holder: Option<String>,
    /// How often somebody tried to reach the patient.
    pub tries: u32,
}

/// A change of a request that somebody asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Marking<'a> {
    /// The new state.
    pub state: State,
    /// The name of the token that is to have it. Without one: nobody if it is new again, the caller if it is
    /// claimed, else whoever has it, or the caller if nobody has. The command line has no token.
    pub holder: Option<&'a str>,
    /// The version that the change is of: another one is left as it is.
    pub version: Option<i64>,
}

/// The outcome of a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MarkOutcome {
    /// The request as it is now. A change to what it was already changes nothing, not even its version.
    Marked(Entry),
    /// There is no such request.
    NoSuchRequest,
    /// It has another version than the change is of; nothing was changed.
    AnotherVersion,
    /// The holder is no token that can be used and allows marking; nothing was changed.
    UnknownHolder,
    /// It was never changed, so there is nothing to undo.
    NothingToUndo,
}

impl Entry {
    /// How far the clinic has come with it.
    pub fn handling(&self) -> Handling {
        Handling { state: self.state, holder: self.holder.clone(), tries: self.tries }
    }
}

impl Handling {
    /// What a change makes of it.
    pub(super) fn marked(&self, marking: &Marking<'_>, actor: &Actor) -> Self {
        let Marking { state, holder, .. } = *marking;
        let caller = || actor.token().map(str::to_owned);
        let present = || self.holder.clone();
        let holder = match (holder, state) {
            (Some(name), _) => Some(name.to_owned()),
            (None, State::New) => None,
            (None, State::Claimed) => caller().or_else(present),
            (None, _) => present().or_else(caller),
        };
        let tries = match state {
            State::New => 0,
            State::Tried => self.tries.saturating_add(1),
            _ => self.tries,
        };
        Self { state, holder, tries }
    }

    /// The detail in the audit of a change to this by an actor.
    pub(super) fn detail(&self, before: &Self, actor: &Actor) -> String {
        let state = self.state.as_str();
        match self.holder.as_deref() {
            Some(name) if self.state == State::Claimed => format!("{state} by {name}"),
            Some(name) if self.holder != before.holder && actor.token() != Some(name) => {
                format!("{state}, held by {name}")
            }
            _ => state.to_owned(),
        }
    }
}
