//! What the program needs to know of the clinic.

use guide_core::request::form::CalendarDate;
use serde::{Deserialize, Serialize};

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
    /// The JWK, JSON: Web Crypto reads it, the program need not.
    pub jwk: String,
    /// The last day on which it is sealed for.
    pub expires: Option<CalendarDate>,
}

impl Setup {
    /// A JSON array of the keys that are sealed for on this day; none where none is left.
    ///
    /// A day is added to each: the clock here may be wrong, and intake has the last word.
    pub fn keys(&self, today: CalendarDate) -> Option<String> {
        let holds = |key: &&Key| key.expires.is_none_or(|last| today <= last.next_day());
        let keys: Vec<&str> = self.keys.iter().filter(holds).map(|key| &*key.jwk).collect();
        (!keys.is_empty()).then(|| ["[", &keys.join(","), "]"].concat())
    }
}
