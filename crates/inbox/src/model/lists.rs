//! The lists. A request stands in exactly one of [`List::New`], [`List::Waiting`], [`List::Closed`],
//! [`List::Junk`] and [`List::Unreadable`], and in [`List::Mine`] besides.

use clinic_core::state::State;

use super::entry::Entry;

/// A list of requests.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum List {
    /// Nobody has taken them up.
    #[default]
    New,
    /// The person at this page works on them.
    Mine,
    /// Anybody works on them.
    Waiting,
    /// Nothing is left to do.
    Closed,
    /// No patients' requests.
    Junk,
    /// They cannot be read, and nobody has settled them.
    Unreadable,
}

impl List {
    /// All lists, in the order in which they are shown.
    pub const ALL: [Self; 6] =
        [Self::New, Self::Mine, Self::Waiting, Self::Closed, Self::Junk, Self::Unreadable];

    /// Returns `true` if a request stands in it, for the person of this name.
    pub fn holds(self, entry: &Entry, me: &str) -> bool {
        let work = &entry.work;
        let readable = entry.unreadable().is_none();
        match self {
            Self::New => readable && work.state == State::New,
            Self::Mine => readable && work.is_under_way() && work.is_held_by(me),
            Self::Waiting => readable && work.is_under_way(),
            // What cannot be read is found there too, so that it can be opened again.
            Self::Closed => work.state.is_settled() && work.state != State::Junk,
            Self::Junk => work.state == State::Junk,
            Self::Unreadable => !readable && !work.state.is_settled(),
        }
    }

    /// The states of a list whose requests are fetched only when somebody looks at it; `None` for those that
    /// are fetched at once.
    pub const fn fetched_later(self) -> Option<&'static [State]> {
        match self {
            Self::Closed => Some(&[State::Booked, State::Declined, State::Closed]),
            Self::Junk => Some(&[State::Junk]),
            Self::New | Self::Mine | Self::Waiting | Self::Unreadable => None,
        }
    }
}

/// The states that are fetched at once: something is left to do.
pub const UNSETTLED: [State; 4] = [State::New, State::Claimed, State::Tried, State::Reached];
