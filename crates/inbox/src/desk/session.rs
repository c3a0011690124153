//! The keys and the token of a person.

use std::cell::Cell;

use web_jwe::{OpeningKey, SealingKey};

use crate::service::Service;

/// The keys and the token of a person, while the inbox is unlocked.
pub struct Session {
    /// The service, called with the person's token.
    pub service: Service,
    /// The clinic's private keys.
    pub keys: Vec<OpeningKey>,
    /// The clinic's public keys that notes are sealed for.
    pub sealing: Vec<SealingKey>,
    is_closed: Cell<bool>,
}

impl Session {
    /// The session of a person.
    pub const fn new(service: Service, keys: Vec<OpeningKey>, sealing: Vec<SealingKey>) -> Self {
        Self { service, keys, sealing, is_closed: Cell::new(false) }
    }

    /// Ends it: whatever holds it does no more.
    pub fn close(&self) {
        self.is_closed.set(true);
    }

    /// Returns `true` once it has ended.
    pub fn is_closed(&self) -> bool {
        self.is_closed.get()
    }
}
