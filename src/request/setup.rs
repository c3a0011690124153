//! What the program needs to know of the clinic.

use guide_core::key::PublicKey;
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
    pub keys: Vec<PublicKey>,
    /// Where sealed requests are posted.
    pub endpoint: String,
    /// Version of the text beside the consent checkbox.
    pub consent_version: String,
}
