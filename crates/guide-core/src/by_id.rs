//! A small map from ids to values: some hundred entries at most, ordered by id.
//!
//! A library would do, and was measured in the app: `BTreeMap` costs 4.3 KB more (Brotli), `litemap`
//! 0.2 KB; and `litemap` writes an empty map as a list and reads lists, which payloads do not allow.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde::ser::{Serialize, Serializer};

/// Values by id; in JSON, an object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ById<T>(Vec<(String, T)>);

impl<T> ById<T> {
    /// The value of this id.
    pub fn get(&self, id: &str) -> Option<&T> {
        self.place(id).ok().and_then(|at| self.0.get(at)).map(|(_, value)| value)
    }

    /// Sets the value of this id, or removes it.
    pub fn set(&mut self, id: &str, value: Option<T>) {
        match (self.place(id), value) {
            (Ok(at), Some(value)) => {
                if let Some(entry) = self.0.get_mut(at) {
                    entry.1 = value;
                }
            }
            (Ok(at), None) => {
                self.0.remove(at);
            }
            (Err(at), Some(value)) => self.0.insert(at, (id.to_owned(), value)),
            (Err(_), None) => {}
        }
    }

    /// The index of this id's entry, or the one at which it would be inserted.
    fn place(&self, id: &str) -> Result<usize, usize> {
        self.0.binary_search_by(|(known, _)| known.as_str().cmp(id))
    }

    /// All entries, in the order of their ids.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &T)> {
        self.0.iter().map(|(id, value)| (id.as_str(), value))
    }
}

impl<T> Default for ById<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> FromIterator<(String, T)> for ById<T> {
    fn from_iter<I: IntoIterator<Item = (String, T)>>(entries: I) -> Self {
        let mut all = Self::default();
        entries.into_iter().for_each(|(id, value)| all.set(&id, Some(value)));
        all
    }
}

impl<T: Serialize> Serialize for ById<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter())
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for ById<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Entries<T>(PhantomData<T>);

        impl<'de, T: Deserialize<'de>> Visitor<'de> for Entries<T> {
            type Value = ById<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object with a member for each id")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<ById<T>, A::Error> {
                let mut all = ById::default();
                while let Some((id, value)) = map.next_entry::<String, T>()? {
                    all.set(&id, Some(value));
                }
                Ok(all)
            }
        }

        deserializer.deserialize_map(Entries(PhantomData))
    }
}
