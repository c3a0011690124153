//! The queries about trials of storing, the same for both databases.

/// Methods of a database that has the pools `reading` and `writing`, and those of `audit_queries`.
macro_rules! trial_queries {
    ($database:ty, on: $Connection:ty, id: $Id:ty) => {
        impl $database {
            /// Sets a trial apart from the requests, within the transaction that inserted it there.
            async fn set_apart(
                transaction: &mut $Connection,
                trial: Uuid,
            ) -> Result<(), StoreError> {
                let insert = "INSERT INTO trials (id, received_at, envelope) \
                              SELECT id, received_at, envelope FROM requests WHERE id = $1";
                let delete = "DELETE FROM requests WHERE id = $1";
                for statement in [insert, delete] {
                    let statement = sqlx::query(statement).bind(<$Id>::from(trial));
                    statement.execute(&mut *transaction).await?;
                }
                Ok(())
            }

            pub(super) async fn trial(&self, id: Uuid) -> Result<Option<Vec<u8>>, StoreError> {
                let select = "SELECT envelope FROM trials WHERE id = $1";
                let select = sqlx::query_scalar(select).bind(<$Id>::from(id));
                Ok(select.fetch_optional(&self.reading).await?)
            }

            pub(super) async fn end_trial(
                &self,
                actor: &Actor,
                id: Uuid,
                succeeded_at: Option<OffsetDateTime>,
            ) -> Result<(), StoreError> {
                let delete = "DELETE FROM trials WHERE id = $1";
                let note = "INSERT INTO last_trial (one, tried_at, tried_by) VALUES (1, $1, $2) \
                            ON CONFLICT (one) DO UPDATE SET tried_at = $1, tried_by = $2";
                let mut connection = Lease::of(&self.writing).await?;
                let mut transaction = Self::begin_recorded(&mut connection).await?;
                let delete = sqlx::query(delete).bind(<$Id>::from(id));
                delete.execute(&mut *transaction).await?;
                if let Some(tried_at) = succeeded_at {
                    let by = actor.name();
                    let note = sqlx::query(note).bind(tried_at.unix_timestamp()).bind(by);
                    note.execute(&mut *transaction).await?;
                    Self::append(&mut transaction, actor, [Event::trial()]).await?;
                }
                transaction.commit().await?;
                connection.return_to_pool();
                Ok(())
            }

            pub(super) async fn last_trial(&self) -> Result<Option<Trial>, StoreError> {
                let select = "SELECT tried_at, tried_by FROM last_trial";
                let row: Option<(i64, String)> =
                    sqlx::query_as(select).fetch_optional(&self.reading).await?;
                row.map(|(at, by)| Ok(Trial { tried_at: moment(at)?, by })).transpose()
            }

            pub(super) async fn delete_trials_outside(
                &self,
                from: OffsetDateTime,
                to: OffsetDateTime,
            ) -> Result<u64, StoreError> {
                let delete = "DELETE FROM trials WHERE received_at < $1 OR received_at > $2";
                let delete =
                    sqlx::query(delete).bind(from.unix_timestamp()).bind(to.unix_timestamp());
                Ok(delete.execute(&self.writing).await?.rows_affected())
            }
        }
    };
}
pub(super) use trial_queries;
