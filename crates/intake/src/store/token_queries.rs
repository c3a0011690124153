//! The queries about tokens, the same for both databases.

use crate::audit::{Action, Event};
use crate::tokens::NewToken;

/// Records that a token was made.
pub(super) fn made_token(token: &NewToken) -> Event {
    let NewToken { name, scopes, expires, .. } = token;
    let detail = match expires {
        Some(last) => format!("{scopes}, until {last}"),
        None => format!("{scopes}, without expiry"),
    };
    Event { action: Action::TokenMade, subject: name.clone(), detail }
}

/// Records that the first token was made by the link of the set-up.
pub(super) fn made_first_token(token: &NewToken) -> Event {
    let made = made_token(token);
    Event { detail: format!("{}, by the link of the set-up", made.detail), ..made }
}

/// Records that a token was revoked.
pub(super) fn revoked_token(name: &str) -> Event {
    Event { action: Action::TokenRevoked, subject: name.to_owned(), detail: String::new() }
}

/// Methods of a database that has the pools `reading` and `writing`, and those of `audit_queries`.
macro_rules! token_queries {
    ($database:ty, on: $Connection:ty) => {
        impl $database {
            pub(super) async fn add_token(
                &self,
                actor: &Actor,
                token: &NewToken,
                now: OffsetDateTime,
            ) -> Result<bool, StoreError> {
                let mut connection = Lease::of(&self.writing).await?;
                let mut transaction = Self::begin_recorded(&mut connection).await?;
                let added = Self::insert_token(&mut transaction, token, now).await?;
                if added {
                    Self::append(&mut transaction, actor, [made_token(token)]).await?;
                }
                transaction.commit().await?;
                connection.return_to_pool();
                Ok(added)
            }

            pub(super) async fn add_first_token(
                &self,
                token: &NewToken,
                now: OffsetDateTime,
            ) -> Result<bool, StoreError> {
                let count = "SELECT COUNT(*) FROM tokens";
                let mut connection = Lease::of(&self.writing).await?;
                // Whoever adds another token, in any process, waits for this.
                let mut transaction = Self::begin_recorded(&mut connection).await?;
                let others: i64 = sqlx::query_scalar(count).fetch_one(&mut *transaction).await?;
                let added = others == 0 && Self::insert_token(&mut transaction, token, now).await?;
                if added {
                    let holder = Actor::Token(token.name.clone());
                    Self::append(&mut transaction, &holder, [made_first_token(token)]).await?;
                }
                transaction.commit().await?;
                connection.return_to_pool();
                Ok(added)
            }

            async fn insert_token(
                transaction: &mut $Connection,
                token: &NewToken,
                now: OffsetDateTime,
            ) -> Result<bool, StoreError> {
                let insert = "INSERT INTO tokens (name, hash, created_at, scopes, expires) \
                              VALUES ($1, $2, $3, $4, $5) ON CONFLICT (name) DO NOTHING";
                let done = sqlx::query(insert)
                    .bind(&token.name)
                    .bind(token.hash.as_slice())
                    .bind(now.unix_timestamp())
                    .bind(token.scopes.to_string())
                    .bind(token.expires.map(|day| day.to_string()))
                    .execute(&mut *transaction)
                    .await?;
                Ok(done.rows_affected() > 0)
            }

            pub(super) async fn tokens(&self) -> Result<Vec<Token>, StoreError> {
                let select = "SELECT name, created_at, scopes, expires, used_at \
                              FROM tokens ORDER BY name";
                let rows: Vec<TokenRow> = sqlx::query_as(select).fetch_all(&self.reading).await?;
                rows.into_iter().map(Token::from_row).collect()
            }

            pub(super) async fn token(&self, hash: &[u8; 32]) -> Result<Option<Token>, StoreError> {
                let select = "SELECT name, created_at, scopes, expires, used_at \
                              FROM tokens WHERE hash = $1";
                let row: Option<TokenRow> = sqlx::query_as(select)
                    .bind(hash.as_slice())
                    .fetch_optional(&self.reading)
                    .await?;
                row.map(Token::from_row).transpose()
            }

            pub(super) async fn set_token_use(
                &self,
                name: &str,
                now: OffsetDateTime,
            ) -> Result<(), StoreError> {
                let update = "UPDATE tokens SET used_at = $2 WHERE name = $1";
                let now = now.unix_timestamp();
                sqlx::query(update).bind(name).bind(now).execute(&self.writing).await?;
                Ok(())
            }

            pub(super) async fn revoke_token(
                &self,
                actor: &Actor,
                name: &str,
            ) -> Result<bool, StoreError> {
                let delete = "DELETE FROM tokens WHERE name = $1";
                let mut connection = Lease::of(&self.writing).await?;
                let mut transaction = Self::begin_recorded(&mut connection).await?;
                let delete = sqlx::query(delete).bind(name);
                let revoked = delete.execute(&mut *transaction).await?.rows_affected() > 0;
                if revoked {
                    Self::append(&mut transaction, actor, [revoked_token(name)]).await?;
                }
                transaction.commit().await?;
                connection.return_to_pool();
                Ok(revoked)
            }
        }
    };
}
pub(super) use token_queries;
