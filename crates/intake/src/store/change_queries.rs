//! The changes of stored requests, the same for both databases. Each is one transaction with its lines of
//! the audit.

/// The detail of a deletion after the set time.
pub(super) const RETENTION: &str = "retention";

/// Methods of a database that has the pool `writing`, and those of `audit_queries` and `feed_queries`.
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
                    Self::record_deleted(&mut transaction, actor, &[id], "").await?;
                }
                transaction.commit().await?;
                connection.return_to_pool();
                Ok(deleted)
            }

            pub(super) async fn delete_settled_before(
                &self,
                moment: OffsetDateTime,
                limit: u32,
            ) -> Result<u64, StoreError> {
                let delete = "DELETE FROM requests WHERE position IN \
                              (SELECT position FROM requests \
                              WHERE state IN ('booked', 'declined', 'closed', 'junk') \
                              AND changed_at < $1 ORDER BY changed_at LIMIT $2) RETURNING id";
                let mut connection = Lease::of(&self.writing).await?;
                let mut transaction = Self::begin_recorded(&mut connection).await?;
                let deleted: Vec<$Id> = sqlx::query_scalar(delete)
                    .bind(moment.unix_timestamp())
                    .bind(i64::from(limit))
                    .fetch_all(&mut *transaction)
                    .await?;
                let ids: Vec<Uuid> = deleted.into_iter().map(Uuid::from).collect();
                Self::record_deleted(&mut transaction, &Actor::Service, &ids, RETENTION).await?;
                transaction.commit().await?;
                connection.return_to_pool();
                Ok(ids.len() as u64)
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
                let ids: Vec<Uuid> = deleted.into_iter().map(Uuid::from).collect();
                Self::record_deleted(&mut transaction, actor, &ids, "").await?;
                transaction.commit().await?;
                connection.return_to_pool();
                Ok(ids.len() as u64)
            }
        }
    };
}
pub(super) use change_queries;
