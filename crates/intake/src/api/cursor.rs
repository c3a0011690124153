//! Cursors of the list of requests, opaque to clients.

use std::fmt;
use std::str::FromStr;

/// Digits of an epoch.
const EPOCH_DIGITS: usize = 32;

/// A place in one listing. Positions begin anew where an older state of the database was restored, so
/// a place names the listing that it is of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Cursor {
    /// The listing's epoch; `None` in a cursor of the first release.
    pub epoch: Option<String>,
    /// The position of the last request that was listed; 0 before the first.
    pub position: i64,
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(epoch) = &self.epoch {
            write!(f, "{epoch}.")?;
        }
        write!(f, "{}", self.position)
    }
}

/// A word that is no `next` of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct NotACursor;

impl FromStr for Cursor {
    type Err = NotACursor;

    fn from_str(word: &str) -> Result<Self, NotACursor> {
        let (epoch, position) = match word.split_once('.') {
            Some((epoch, position)) => (Some(epoch), position),
            None => (None, word),
        };
        let is_epoch = |epoch: &str| {
            epoch.len() == EPOCH_DIGITS && epoch.bytes().all(|byte| byte.is_ascii_hexdigit())
        };
        if epoch.is_some_and(|epoch| !is_epoch(epoch))
            || !position.bytes().all(|byte| byte.is_ascii_digit())
        {
            return Err(NotACursor);
        }
        let position = position.parse().map_err(|_| NotACursor)?;
        Ok(Self { epoch: epoch.map(str::to_owned), position })
    }
}
