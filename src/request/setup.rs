//! Settings of the clinic that the app needs.

use guide_core::key::Point;
use guide_core::request::form::CalendarDate;
use serde::{Deserialize, Serialize};

use crate::browser::crypto::SealingKey;

/// Settings from `clinic.toml`, packed into the page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Setup {
    /// The language of the page.
    pub language: String,
    /// Ids of the locations; with one only, the form does not ask for it.
    pub locations: Vec<String>,
    /// The clinic's time zone, of the IANA database.
    pub time_zone: String,
    /// The keys; every request is encrypted for each of them.
    pub keys: Vec<Key>,
    /// The URL to which sealed requests are posted.
    pub endpoint: String,
    /// The version of the text beside the consent checkbox.
    pub consent_version: String,
}

/// A public key of the clinic.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Key {
    /// The key id, which names the recipient in an envelope.
    pub kid: String,
    /// The key's point on the curve.
    pub point: Point,
    /// The last day of use.
    pub expires: Option<CalendarDate>,
}

impl Setup {
    /// The keys that are valid on this day; `None` if all have expired.
    ///
    /// Each is accepted one day longer, since the device's clock may be wrong. Intake checks them again.
    pub fn keys(&self, today: CalendarDate) -> Option<Vec<SealingKey>> {
        let valid = |key: &&Key| key.expires.is_none_or(|last| today <= last.next_day());
        let sealing =
            |Key { kid, point, .. }: &Key| SealingKey { kid: kid.clone(), point: point.clone() };
        let keys: Vec<SealingKey> = self.keys.iter().filter(valid).map(sealing).collect();
        (!keys.is_empty()).then_some(keys)
    }
}
