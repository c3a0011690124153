//! Tokens of the staff, by their hashes.

use time::OffsetDateTime;

use super::Store;
use super::backend::{Backend, of_either};
use super::entry::Token;
use super::error::StoreError;
use crate::audit::Actor;
use crate::tokens::NewToken;

impl Store {
    /// Stores a token. Returns `false`, and stores nothing, if the name is taken.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn add_token(
        &self,
        actor: &Actor,
        token: &NewToken,
        now: OffsetDateTime,
    ) -> Result<bool, StoreError> {
        of_either!(&self.backend, add_token(actor, token, now))
    }

    /// Stores a token for its holder, if there is none of anybody yet. Returns `false`, and stores nothing, if there
    /// is: of many at once, in whichever processes, exactly one is stored.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn add_first_token(
        &self,
        token: &NewToken,
        now: OffsetDateTime,
    ) -> Result<bool, StoreError> {
        of_either!(&self.backend, add_first_token(token, now))
    }

    /// All tokens, in the order of their names.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn tokens(&self) -> Result<Vec<Token>, StoreError> {
        of_either!(&self.backend, tokens())
    }

    /// The token of this SHA-256, expired or not.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn token(&self, hash: &[u8; 32]) -> Result<Option<Token>, StoreError> {
        of_either!(&self.backend, token(hash))
    }

    /// Stores that a token was used, unless that was stored within [`USE_PRECISION`](super::USE_PRECISION).
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn token_used(&self, token: &Token, now: OffsetDateTime) -> Result<(), StoreError> {
        match token.is_use_due(now) {
            true => of_either!(&self.backend, set_token_use(&token.name, now)),
            false => Ok(()),
        }
    }

    /// Deletes a token. Returns `true` if it was there.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn revoke_token(&self, actor: &Actor, name: &str) -> Result<bool, StoreError> {
        of_either!(&self.backend, revoke_token(actor, name))
    }
}
