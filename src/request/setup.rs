//! The clinic's settings that the app needs.

use guide_core::key::Point;
use guide_core::request::form::CalendarDate;
use serde::{Deserialize, Serialize};

use crate::browser::crypto::SealingKey;

/// From `clinic.toml`, as it travels to the browser.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Setup {
    /// Language of the page.
    pub language: String,
    /// Ids of the places where one can be seen; a single one is not asked for.
    pub locations: Vec<String>,
    /// The clinic's time zone, of the IANA database.
    pub time_zone: String,
    /// Every request is sealed for all of these.
    pub keys: Vec<Key>,
    /// Where sealed requests are posted.
    pub endpoint: String,
    /// Version of the text beside the consent checkbox.
    pub consent_version: String,
}

/// A public key of the clinic.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Key {
    /// By which an envelope names its recipient.
    pub kid: String,
    /// The key itself.
    pub point: Point,
    /// The last day on which it is sealed for.
    pub expires: Option<CalendarDate>,
}

impl Setup {
    /// The keys that are sealed for on this day; `None` where none is left.
    ///
    /// A day is added to each: the clock here may be wrong, and intake has the last word.
    pub fn keys(&self, today: CalendarDate) -> Option<Vec<SealingKey>> {
        let holds = |key: &&Key| key.expires.is_none_or(|last| today <= last.next_day());
        let sealing =
            |Key { kid, point, .. }: &Key| SealingKey { kid: kid.clone(), point: point.clone() };
        let keys: Vec<SealingKey> = self.keys.iter().filter(holds).map(sealing).collect();
        (!keys.is_empty()).then_some(keys)
    }
}
