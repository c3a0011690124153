//! Reading requests, their history and notes, and the list of changes.

use std::collections::BTreeSet;

use guide_core::request::reference::Reference;
use uuid::Uuid;

use super::Store;
use super::backend::{Backend, of_either};
use super::change::{Change, PastChange};
use super::entry::{Entry, Sealed};
use super::error::StoreError;
use super::listing::{Listing, Place};
use super::sealed_note::SealedNote;

impl Store {
    /// A part of the list, with the envelopes. The next part, from the last position on, misses none, however
    /// many arrive meanwhile.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn listing(&self, listing: &Listing) -> Result<Vec<Sealed>, StoreError> {
        if listing.positions.as_ref().is_some_and(Vec::is_empty) {
            return Ok(Vec::new());
        }
        of_either!(&self.backend, listing(listing))
    }

    /// At most `limit` requests in the order of their arrival, those after a position.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn page(&self, after: i64, limit: u32) -> Result<Vec<Sealed>, StoreError> {
        let place = Place::After(after);
        self.listing(&Listing { place, states: BTreeSet::new(), positions: None, limit }).await
    }

    /// The positions of the requests of this reference: mostly one, but a reference names no request for sure.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn positions_of(&self, reference: Reference) -> Result<Vec<i64>, StoreError> {
        let ids: Vec<(i64, Uuid)> = of_either!(&self.backend, ids())?;
        let of_it = ids.into_iter().filter(|(_, id)| Reference::of(id) == reference);
        Ok(of_it.map(|(position, _)| position).collect())
    }

    /// A request with its envelope; `None` where there is none of this id.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn sealed(&self, id: Uuid) -> Result<Option<Sealed>, StoreError> {
        of_either!(&self.backend, sealed(id))
    }

    /// All stored requests without their envelopes, in the order of their arrival.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn entries(&self) -> Result<Vec<Entry>, StoreError> {
        of_either!(&self.backend, entries())
    }

    /// At most `limit` changes in their order, those after a number (0 for all). The next call, from the last
    /// number on, misses none, however many are made meanwhile.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn changes(&self, after: i64, limit: u32) -> Result<Vec<Change>, StoreError> {
        of_either!(&self.backend, changes(after, limit))
    }

    /// The number of the last change; 0 before the first.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn last_change(&self) -> Result<i64, StoreError> {
        of_either!(&self.backend, last_change())
    }

    /// The changes of the request at a position that led to this version, the oldest first.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn history(
        &self,
        position: i64,
        version: i64,
    ) -> Result<Vec<PastChange>, StoreError> {
        of_either!(&self.backend, history(position, version))
    }

    /// The first `count` notes of the request at a position, the oldest first.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn notes(&self, position: i64, count: u32) -> Result<Vec<SealedNote>, StoreError> {
        of_either!(&self.backend, notes(position, count))
    }
}
