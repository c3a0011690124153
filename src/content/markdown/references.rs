//! Citations of an article and their entries, matched.

use std::collections::{BTreeMap, HashMap};

use super::article::{Citation, Reference};

/// Filled while an article is read.
#[derive(Default)]
pub(super) struct References {
    /// In the order of the first citation.
    cited: Vec<Cited>,
    /// Where in it a name stands.
    places: HashMap<String, usize>,
    /// The entries, as HTML, and where in the file they begin.
    entries: BTreeMap<String, (String, usize)>,
}

struct Cited {
    name: String,
    times: usize,
    /// Where it is first cited.
    offset: usize,
}

impl References {
    /// Cites a reference.
    pub(super) fn cite(&mut self, name: &str, offset: usize) -> Citation {
        let place = *self.places.entry(name.to_owned()).or_insert_with(|| {
            self.cited.push(Cited { name: name.to_owned(), times: 0, offset });
            self.cited.len() - 1
        });
        let cited = &mut self.cited[place];
        cited.times += 1;
        Citation { name: name.to_owned(), number: place + 1, nth: cited.times }
    }

    /// Adds the entry of a reference; `false` where there was one.
    pub(super) fn add(&mut self, name: &str, html: String, offset: usize) -> bool {
        self.entries.insert(name.to_owned(), (html, offset)).is_none()
    }

    /// Citations without an entry, then entries that are not cited: names and offsets.
    pub(super) fn unmatched(&self) -> [Vec<(&str, usize)>; 2] {
        let cited = self.cited.iter().filter(|it| !self.entries.contains_key(&it.name));
        let entries = self.entries.iter().filter(|(name, _)| !self.places.contains_key(*name));
        [
            cited.map(|it| (&*it.name, it.offset)).collect(),
            entries.map(|(name, (_, offset))| (&**name, *offset)).collect(),
        ]
    }

    /// The list, in the order of the first citation.
    pub(super) fn into_list(mut self) -> Vec<Reference> {
        let html = |name: &str| self.entries.remove(name).map(|(html, _)| html).unwrap_or_default();
        let mut html = html;
        let reference = |Cited { name, times, .. }| {
            let html = html(&name);
            Reference { name, html, citations: times }
        };
        self.cited.into_iter().map(reference).collect()
    }
}
