//! The queries that write and read the list of changes, the same for both databases.
//!
//! Every change is written under `begin_recorded`, whose lock is held until the commit. So no number is given
//! before the change with the number before it can be read: whoever asks for what came after a number misses
//! none. A sequence of PostgreSQL alone would not do: it gives numbers in the order of the inserts, not of the
//! commits.

/// Methods of a database that has the pool `reading`.
macro_rules! feed_queries {
    ($database:ty, on: $Connection:ty, row: $Row:ty, id: $Id:ty) => {
        impl $database {
            /// Adds a change within a transaction of `begin_recorded`. `entry` is the request after it; `before`
            /// what it was before a change of state, `None` for an added note.
            async fn add_change(
                transaction: &mut $Connection,
                actor: &Actor,
                entry: &Entry,
                before: Option<&Handling>,
                now: OffsetDateTime,
            ) -> Result<(), StoreError> {
                let insert = "INSERT INTO changes (position, reference, at, actor, kind, state, \
                              holder, tries, version, notes, state_before, holder_before, \
                              tries_before) \
                              VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";
                sqlx::query(insert)
                    .bind(entry.position)
                    .bind(Reference::of(&entry.id).to_string())
                    .bind(now.unix_timestamp())
                    .bind(actor.name())
                    .bind(if before.is_some() { "state" } else { "note" })
                    .bind(entry.state.as_str())
                    .bind(&entry.holder)
                    .bind(i64::from(entry.tries))
                    .bind(entry.version)
                    .bind(i64::from(entry.notes))
                    .bind(before.map(|it| it.state.as_str()))
                    .bind(before.and_then(|it| it.holder.as_deref()))
                    .bind(before.map(|it| i64::from(it.tries)))
                    .execute(transaction)
                    .await?;
                Ok(())
            }

            /// Records, in the audit and in the list of changes, that requests were deleted.
            async fn record_deleted(
                transaction: &mut $Connection,
                actor: &Actor,
                ids: &[Uuid],
                detail: &str,
            ) -> Result<(), StoreError> {
                let insert = "INSERT INTO changes (reference, at, actor, kind) \
                              VALUES ($1, $2, $3, 'deleted')";
                let now = OffsetDateTime::now_utc().unix_timestamp();
                for id in ids {
                    sqlx::query(insert)
                        .bind(Reference::of(id).to_string())
                        .bind(now)
                        .bind(actor.name())
                        .execute(&mut *transaction)
                        .await?;
                }
                let event = |id| Event::of_request(Action::Deleted, id, detail);
                let events: Vec<Event> = ids.iter().map(event).collect();
                Self::append(transaction, actor, events).await
            }

            /// What a request was before its last change of state; `None` if there was none.
            async fn handling_before(
                transaction: &mut $Connection,
                position: i64,
            ) -> Result<Option<Handling>, StoreError> {
                let select = "SELECT state_before AS state, holder_before AS holder, \
                              tries_before AS tries FROM changes \
                              WHERE position = $1 AND kind = 'state' \
                              ORDER BY number DESC LIMIT 1";
                let select = sqlx::query_as(select).bind(position);
                Ok(select.fetch_optional(transaction).await?)
            }

            pub(super) async fn changes(
                &self,
                after: i64,
                limit: u32,
            ) -> Result<Vec<Change>, StoreError> {
                let select = "SELECT changes.number, changes.at, changes.actor, changes.kind, \
                              changes.reference, requests.id, changes.state, changes.holder, \
                              changes.tries, changes.version, changes.notes FROM changes \
                              LEFT JOIN requests ON requests.position = changes.position \
                              WHERE changes.number > $1 ORDER BY changes.number LIMIT $2";
                let select = sqlx::query_as(select).bind(after).bind(i64::from(limit));
                Ok(select.fetch_all(&self.reading).await?)
            }

            pub(super) async fn last_change(&self) -> Result<i64, StoreError> {
                let select = "SELECT COALESCE(MAX(number), 0) FROM changes";
                Ok(sqlx::query_scalar(select).fetch_one(&self.reading).await?)
            }

            pub(super) async fn history(
                &self,
                position: i64,
                version: i64,
            ) -> Result<Vec<PastChange>, StoreError> {
                let select = "SELECT at, actor, state, holder, tries FROM changes \
                              WHERE position = $1 AND kind = 'state' AND version <= $2 \
                              ORDER BY number";
                let select = sqlx::query_as(select).bind(position).bind(version);
                Ok(select.fetch_all(&self.reading).await?)
            }
        }

        impl FromRow<'_, $Row> for Handling {
            fn from_row(row: &$Row) -> Result<Self, sqlx::Error> {
                Ok(Self {
                    state: decoded_state(row.try_get("state")?)?,
                    holder: row.try_get("holder")?,
                    tries: decoded(u32::try_from(row.try_get::<i64, _>("tries")?))?,
                })
            }
        }

        impl FromRow<'_, $Row> for PastChange {
            fn from_row(row: &$Row) -> Result<Self, sqlx::Error> {
                Ok(Self {
                    at: decoded(OffsetDateTime::from_unix_timestamp(row.try_get("at")?))?,
                    by: row.try_get("actor")?,
                    handling: Handling::from_row(row)?,
                })
            }
        }

        impl FromRow<'_, $Row> for Change {
            fn from_row(row: &$Row) -> Result<Self, sqlx::Error> {
                let after = || -> Result<AfterChange, sqlx::Error> {
                    Ok(AfterChange {
                        id: row.try_get::<$Id, _>("id")?.into(),
                        handling: Handling::from_row(row)?,
                        version: row.try_get("version")?,
                        notes: decoded(u32::try_from(row.try_get::<i64, _>("notes")?))?,
                    })
                };
                let kind = match row.try_get("kind")? {
                    "state" => ChangeKind::State(after()?),
                    "note" => ChangeKind::Note(after()?),
                    "deleted" => ChangeKind::Deleted,
                    _ => return decoded(Err("no such kind of changes")),
                };
                Ok(Self {
                    number: row.try_get("number")?,
                    at: decoded(OffsetDateTime::from_unix_timestamp(row.try_get("at")?))?,
                    by: row.try_get("actor")?,
                    reference: row.try_get("reference")?,
                    kind,
                })
            }
        }
    };
}
pub(super) use feed_queries;
