//! All requests that were listed.

use std::cmp::Reverse;
use std::collections::HashMap;

use uuid::Uuid;

use super::entry::{Entry, Unreadable, Work};
use super::filter::{Filter, Order, folded};
use super::lists::List;

/// All requests that were listed, each once.
#[derive(Debug, Default)]
pub struct Requests {
    entries: HashMap<Uuid, Entry>,
}

/// The number of requests that could, and could not, be read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// They opened.
    pub opened: usize,
    /// They are sealed for other keys.
    pub other_keys: usize,
    /// They are not what was received.
    pub damaged: usize,
    /// They never were readable requests.
    pub garbage: usize,
}

impl Requests {
    /// Adds a request, or takes the place of what was known of it before.
    pub fn put(&mut self, entry: Entry) {
        self.entries.insert(entry.id, entry);
    }

    /// Forgets a request.
    pub fn remove(&mut self, id: &Uuid) {
        self.entries.remove(id);
    }

    /// The requests of a reference: mostly one, and two are possible.
    pub fn of_reference(&self, reference: &str) -> Vec<Uuid> {
        let of_it = self.entries.values().filter(|entry| entry.reference == reference);
        of_it.map(|entry| entry.id).collect()
    }

    /// Takes over what was done about a request, unless something later is known. Returns `false` where the
    /// request is not known.
    pub fn update(&mut self, id: &Uuid, work: Work) -> bool {
        let Some(entry) = self.entries.get_mut(id) else { return false };
        // A response that was overtaken by another must not undo it.
        if work.version >= entry.work.version {
            let notes = work.notes.max(entry.work.notes);
            entry.work = Work { notes, ..work };
        }
        true
    }

    /// A request.
    pub fn get(&self, id: &Uuid) -> Option<&Entry> {
        self.entries.get(id)
    }

    /// All requests, in no order.
    pub fn iter(&self) -> impl Iterator<Item = &Entry> {
        self.entries.values()
    }

    /// The number of requests in a list.
    pub fn count(&self, list: List, me: &str) -> usize {
        self.entries.values().filter(|entry| list.holds(entry, me)).count()
    }

    /// How many could be read.
    pub fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        for entry in self.entries.values() {
            match entry.unreadable() {
                None => counts.opened += 1,
                Some(Unreadable::OtherKeys(_)) => counts.other_keys += 1,
                Some(Unreadable::Damaged) => counts.damaged += 1,
                Some(Unreadable::Garbage) => counts.garbage += 1,
            }
        }
        counts
    }

    /// The requests that a list shows, in their order; those of all lists that a search finds. `cautions` are the ids of the flags that call for
    /// caution.
    pub fn shown(
        &self,
        (list, me): (List, &str),
        filter: &Filter,
        order: Order,
        cautions: &[String],
    ) -> Vec<Uuid> {
        let mut shown: Vec<&Entry> = self
            .entries
            .values()
            .filter(|entry| filter.is_search() || list.holds(entry, me))
            .filter(|entry| filter.keeps(entry, cautions))
            .collect();
        let arrival = |entry: &Entry| (entry.received_at, entry.id);
        match order {
            Order::Newest => shown.sort_by_key(|entry| Reverse(arrival(entry))),
            Order::Oldest => shown.sort_by_key(|entry| arrival(entry)),
            Order::Name => shown.sort_by_cached_key(|entry| {
                let name = entry.opened().map(|request| folded(&request.patient.name));
                (name.is_none(), name, arrival(entry))
            }),
        }
        shown.into_iter().map(|entry| entry.id).collect()
    }
}
