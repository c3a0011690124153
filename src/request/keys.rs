//! The keys to encrypt a request for: those of the page, until others are fetched.

use guide_core::request::form::CalendarDate;
use web_jwe::SealingKey;

use super::setup::Setup;
use crate::browser::keys;

/// What goes on once the clinic's keys have been fetched.
#[derive(Clone, Copy, Debug)]
pub enum AfterKeys {
    /// Nothing: the page was just opened.
    Fill,
    /// "Check your request".
    Review,
    /// Send.
    Send,
    /// The request was refused, maybe because it was encrypted for a key that the clinic has no more. `true` means
    /// that an earlier post may have arrived.
    Refused(bool),
}

/// The keys that were fetched, if any: those in the page had expired or were refused.
#[derive(Default)]
pub struct FetchedKeys(Option<Vec<SealingKey>>);

impl FetchedKeys {
    /// The keys to encrypt for; `None` if all have expired.
    pub fn or_of_page(&self, setup: &Setup, today: CalendarDate) -> Option<Vec<SealingKey>> {
        self.0.clone().or_else(|| keys::valid(&setup.keys, today))
    }

    /// Replaces them.
    pub fn replace(&mut self, keys: Vec<SealingKey>) {
        self.0 = Some(keys);
    }
}
