//! The states of a request with the clinic.

use serde::{Deserialize, Serialize};

/// The state of a request with the clinic. Any may follow any other, so that a slip can be corrected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// Nobody has taken it up yet.
    New,
    /// Somebody of the staff has taken it up.
    Claimed,
    /// The patient was called or written to, and did not answer.
    Tried,
    /// The patient was reached; what follows is not settled.
    Reached,
    /// An appointment was agreed on.
    Booked,
    /// The patient, or the clinic, does not want an appointment.
    Declined,
    /// Nothing is left to do, for any other reason.
    Closed,
    /// No patient's request, such as advertising.
    Junk,
}

/// A word that names no state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAState;

impl State {
    /// All states, in the order in which they usually follow each other.
    pub const ALL: [Self; 8] = [
        Self::New,
        Self::Claimed,
        Self::Tried,
        Self::Reached,
        Self::Booked,
        Self::Declined,
        Self::Closed,
        Self::Junk,
    ];

    /// The name, as it is stored and sent.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Claimed => "claimed",
            Self::Tried => "tried",
            Self::Reached => "reached",
            Self::Booked => "booked",
            Self::Declined => "declined",
            Self::Closed => "closed",
            Self::Junk => "junk",
        }
    }

    /// Returns `true` if nothing is left to do: such a request is deleted after the set time.
    pub const fn is_settled(self) -> bool {
        matches!(self, Self::Booked | Self::Declined | Self::Closed | Self::Junk)
    }
}

impl std::str::FromStr for State {
    type Err = NotAState;

    fn from_str(word: &str) -> Result<Self, NotAState> {
        Self::ALL.into_iter().find(|state| state.as_str() == word).ok_or(NotAState)
    }
}
