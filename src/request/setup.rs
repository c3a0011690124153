//! Settings of the clinic that the app needs.

use serde::{Deserialize, Serialize};

use crate::browser::keys::Key;

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
    /// The URL of the keys that hold now, for a page that was opened before they changed.
    pub keys_url: String,
    /// The URL to which sealed requests are posted.
    pub endpoint: String,
    /// The version of the text beside the consent checkbox.
    pub consent_version: String,
}
