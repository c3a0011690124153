//! The changes of stored requests, the same for both databases. Each is one transaction with its lines of
//! the audit.

/// The detail of a deletion after the set time.
pub(super) const RETENTION: &str = "retention";

/// Methods of a database that has the pool `writing`, and those of `audit_queries`.
macro_rules! change_queries {
    ($database:ty, id: $Id:ty) => {
        impl $database {
            pub(super) async fn set_epoch(
                &self,
                actor: &Actor,
                epoch: &str,
            ) -> Result<(), StoreError> {
                let mut connection = Lease::of(&self.writing).await?;
                let mut transaction = Self::begin_recorded(&mut connection).await?;
                let update = "UPDATE listing SET epoch = $1";
                sqlx::query(update).bind(epoch).execute(&mut *transaction).await?;
                Self::append(&mut transaction, actor, [Event::restored()]).await?;
                transaction.commit().await?;
                connection.return_to_pool();
                Ok(())
            }

            pub(super) async fn set_state(
                &self,
                actor: &Actor,
                id: Uuid,
                state: State,
                now: OffsetDateTime,
            ) -> Result<Option<Entry>, StoreError> {
                let update = "UPDATE requests SET state = $2, changed_at = $3 \
                              WHERE id = $1 AND state <> $2 \
                              RETURNING position, id, received_at, state, changed_at, \
                              CAST(length(envelope) AS BIGINT)";
                let select = "SELECT position, id, received_at, state, changed_at, \
                              CAST(length(envelope) AS BIGINT) FROM requests WHERE id = $1";
                let mut connection = Lease::of(&self.writing).await?;
                let mut transaction = Self::begin_recorded(&mut connection).await?;
                let changed: Option<EntryRow<$Id>> = sqlx::query_as(update)
                    .bind(<$Id>::from(id))
                    .bind(state.as_str())
                    .bind(now.unix_timestamp())
                    .fetch_optional(&mut *transaction)
                    .await?;
                let row = match changed {
                    Some(row) => {
                        let marked = Event::of_request(Action::Marked, &id, state.as_str());
                        Self::append(&mut transaction, actor, [marked]).await?;
                        Some(row)
                    }
                    None => {
                        let select = sqlx::query_as(select).bind(<$Id>::from(id));
                        select.fetch_optional(&mut *transaction).await?
                    }
                };
                transaction.commit().await?;
                connection.return_to_pool();
                row.map(Entry::from_row).transpose()
            }

            pub(super) async fn add_recipients(
                &self,
                actor: &Actor,
                recipients: &[(Uuid, String, Vec<u8>)],
            ) -> Result<usize, StoreError> {
                let insert = "INSERT INTO added_recipients (position, kid, recipient) \
                              SELECT position, $2, $3 FROM requests WHERE id = $1 \
                              ON CONFLICT (position, kid) DO UPDATE SET recipient = $3";
                let mut connection = Lease::of(&self.writing).await?;
                let mut transaction = Self::begin_recorded(&mut connection).await?;
                let mut events = Vec::new();
                for (id, kid, json) in recipients {
                    let insert = sqlx::query(insert).bind(<$Id>::from(*id)).bind(kid).bind(json);
                    if insert.execute(&mut *transaction).await?.rows_affected() > 0 {
                        let detail = format!("for key {kid}");
                        events.push(Event::of_request(Action::RecipientAdded, id, detail));
                    }
                }
                let added = events.len();
                Self::append(&mut transaction, actor, events).await?;
                transaction.commit().await?;
                connection.return_to_pool();
                Ok(added)
            }

            pub(super) async fn delete(
                &self,
                actor: &Actor,
                id: Uuid,
            ) -> Result<bool, StoreError> {
                let delete = "DELETE FROM requests WHERE id = $1";
                let mut connection = Lease::of(&self.writing).await?;
                let mut transaction = Self::begin_recorded(&mut connection).await?;
                let delete = sqlx::query(delete).bind(<$Id>::from(id));
                let deleted = delete.execute(&mut *transaction).await?.rows_affected() > 0;
                if deleted {
                    let deleted = Event::of_request(Action::Deleted, &id, "");
                    Self::append(&mut transaction, actor, [deleted]).await?;
                }
                transaction.commit().await?;
                connection.return_to_pool();
                Ok(deleted)
            }

            pub(super) async fn delete_closed_before(
                &self,
                moment: OffsetDateTime,
                limit: u32,
            ) -> Result<u64, StoreError> {
                let delete = "DELETE FROM requests WHERE position IN \
                              (SELECT position FROM requests \
                              WHERE state = 'closed' AND changed_at < $1 \
                              ORDER BY changed_at LIMIT $2) RETURNING id";
                let mut connection = Lease::of(&self.writing).await?;
                let mut transaction = Self::begin_recorded(&mut connection).await?;
                let deleted: Vec<$Id> = sqlx::query_scalar(delete)
                    .bind(moment.unix_timestamp())
                    .bind(i64::from(limit))
                    .fetch_all(&mut *transaction)
                    .await?;
                let count = deleted.len() as u64;
                let event = |id| Event::of_request(Action::Deleted, &Uuid::from(id), RETENTION);
                let events = deleted.into_iter().map(event);
                Self::append(&mut transaction, &Actor::Service, events).await?;
                transaction.commit().await?;
                connection.return_to_pool();
                Ok(count)
            }

            pub(super) async fn delete_matching(
                &self,
                actor: &Actor,
                filter: &Filter,
                last_position: i64,
                limit: u32,
            ) -> Result<u64, StoreError> {
                let delete = "DELETE FROM requests WHERE position IN \
                              (SELECT position FROM requests \
                              WHERE (CAST($1 AS TEXT) IS NULL OR state = $1) \
                              AND received_at >= $2 AND received_at < $3 AND position <= $4 \
                              ORDER BY position LIMIT $5) RETURNING id";
                let received_at = filter.bounds();
                let mut connection = Lease::of(&self.writing).await?;
                let mut transaction = Self::begin_recorded(&mut connection).await?;
                let deleted: Vec<$Id> = sqlx::query_scalar(delete)
                    .bind(filter.state.map(State::as_str))
                    .bind(received_at.start)
                    .bind(received_at.end)
                    .bind(last_position)
                    .bind(i64::from(limit))
                    .fetch_all(&mut *transaction)
                    .await?;
                let count = deleted.len() as u64;
                let event = |id| Event::of_request(Action::Deleted, &Uuid::from(id), "");
                Self::append(&mut transaction, actor, deleted.into_iter().map(event)).await?;
                transaction.commit().await?;
                connection.return_to_pool();
                Ok(count)
            }
        }
    };
}
pub(super) use change_queries;
