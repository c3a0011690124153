//! Places of the listing.

use crate::model::lists::List;

/// Places of the listing.
#[derive(Clone, Debug, Default)]
pub struct Places {
    /// Requests after this one have arrived since.
    pub newest: String,
    /// Changes after this one were made since.
    pub change: i64,
    pub epoch: Option<String>,
    /// Where the closed requests that are not fetched yet begin; `None` where none is left.
    pub closed: Settled,
    pub junk: Settled,
}

/// The fetching of a list of settled requests.
#[derive(Clone, Debug, Default)]
pub struct Settled {
    pub is_fetching: bool,
    pub progress: Progress,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Progress {
    #[default]
    NotBegun,
    Before(String),
    Done,
}

impl Places {
    pub fn of(&mut self, list: List) -> &mut Settled {
        match list {
            List::Junk => &mut self.junk,
            _ => &mut self.closed,
        }
    }
}
