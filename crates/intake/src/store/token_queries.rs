//! The queries about tokens, the same for both databases.

/// Methods of a database that has the pools `reading` and `writing`.
macro_rules! token_queries {
    ($database:ty) => {
        impl $database {
            pub(super) async fn add_token(
                &self,
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
                    .execute(&self.writing)
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

            pub(super) async fn revoke_token(&self, name: &str) -> Result<bool, StoreError> {
                let delete = "DELETE FROM tokens WHERE name = $1";
                let done = sqlx::query(delete).bind(name).execute(&self.writing).await?;
                Ok(done.rows_affected() > 0)
            }
        }
    };
}
pub(super) use token_queries;
