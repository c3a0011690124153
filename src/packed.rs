//! How island props travel: packed small, read with little code.
//!
//! Leptos sends props as JSON. Reading JSON into named fields costs the bundle several kilobytes a
//! type; Postcard reads fields by their order. Its bytes are carried in the JSON as a string with
//! a character a byte.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A value that travels packed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Packed<T>(pub T);

impl<T: Serialize> Serialize for Packed<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let bytes = postcard::to_allocvec(&self.0).map_err(serde::ser::Error::custom)?;
        serializer.serialize_str(&bytes.into_iter().map(char::from).collect::<String>())
    }
}

impl<'de, T: DeserializeOwned> Deserialize<'de> for Packed<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        // Every character was a byte; another than that cannot come from `serialize`.
        let bytes: Vec<u8> = text.chars().map(|it| u8::try_from(it).unwrap_or_default()).collect();
        postcard::from_bytes(&bytes).map(Self).map_err(serde::de::Error::custom)
    }
}
