//! The queries that are the same for both databases. SQLite reads `$1` as PostgreSQL does; ids differ
//! in type.

use std::cmp::Ordering;

use sqlx::migrate::Migrator;

use super::error::StoreError;

/// The newest migration that a database has seen.
pub(super) const LATEST: &str = "SELECT MAX(version) FROM _sqlx_migrations WHERE success";

/// The newest migration there is.
pub(super) fn newest(migrations: &Migrator) -> Option<i64> {
    migrations.iter().map(|migration| migration.version).max()
}

/// Refuses tables of another release. `remedy` brings those of an older one up to date.
pub(super) fn refuse_other_release(
    latest: Option<i64>,
    migrations: &Migrator,
    database: String,
    remedy: &'static str,
) -> Result<(), StoreError> {
    match latest.cmp(&newest(migrations)) {
        Ordering::Less => Err(StoreError::Older { database, remedy }),
        Ordering::Equal => Ok(()),
        Ordering::Greater => Err(StoreError::Newer(database)),
    }
}

/// Bytes that a probe writes: the size of a typical envelope.
pub(super) const PROBE_BYTES: usize = 4096;

/// Methods of a database that has the pools `reading` and `writing`.
macro_rules! queries {
    ($database:ty, on: $Connection:ty, id: $Id:ty) => {
        impl $database {
            pub(super) async fn listing(
                &self,
                listing: &Listing,
            ) -> Result<Vec<Sealed>, StoreError> {
                let select = concat!("SELECT ", entry_columns!(), ", envelope FROM requests WHERE ");
                let select = AssertSqlSafe(format!("{select}{}", listing.condition()));
                let listed = sqlx::query_as(select)
                    .bind(listing.position())
                    .bind(i64::from(listing.limit))
                    // One with positions in it does not come again.
                    .persistent(listing.positions.is_none());
                Ok(listed.fetch_all(&self.reading).await?)
            }

            pub(super) async fn sealed(&self, id: Uuid) -> Result<Option<Sealed>, StoreError> {
                let select =
                    concat!("SELECT ", entry_columns!(), ", envelope FROM requests WHERE id = $1");
                let select = sqlx::query_as(select).bind(<$Id>::from(id));
                Ok(select.fetch_optional(&self.reading).await?)
            }

            pub(super) async fn ids(&self) -> Result<Vec<(i64, Uuid)>, StoreError> {
                // Without an order, and nothing but these: SQLite then reads an index alone.
                let select = "SELECT position, id FROM requests";
                let rows: Vec<(i64, $Id)> =
                    sqlx::query_as(select).fetch_all(&self.reading).await?;
                Ok(rows.into_iter().map(|(position, id)| (position, id.into())).collect())
            }

            pub(super) async fn epoch(&self) -> Result<String, StoreError> {
                let select = "SELECT epoch FROM listing";
                Ok(sqlx::query_scalar(select).fetch_one(&self.reading).await?)
            }

            pub(super) async fn entries(&self) -> Result<Vec<Entry>, StoreError> {
                let select =
                    concat!("SELECT ", entry_columns!(), " FROM requests ORDER BY position");
                Ok(sqlx::query_as(select).fetch_all(&self.reading).await?)
            }

            pub(super) async fn envelope(
                &self,
                id: Uuid,
            ) -> Result<Option<Vec<u8>>, StoreError> {
                let select = "SELECT envelope FROM requests WHERE id = $1";
                let id = <$Id>::from(id);
                Ok(sqlx::query_scalar(select).bind(id).fetch_optional(&self.reading).await?)
            }

            pub(super) async fn digest(
                &self,
                id: Uuid,
            ) -> Result<Option<Vec<u8>>, StoreError> {
                let select = "SELECT digest FROM requests WHERE id = $1";
                let digest: Option<Option<Vec<u8>>> = sqlx::query_scalar(select)
                    .bind(<$Id>::from(id))
                    .fetch_optional(&self.reading)
                    .await?;
                Ok(digest.flatten())
            }

            pub(super) async fn digests(
                &self,
                positions: &[i64],
            ) -> Result<Vec<(i64, Option<Vec<u8>>)>, StoreError> {
                let positions: Vec<String> = positions.iter().map(i64::to_string).collect();
                let select = format!(
                    "SELECT position, digest FROM requests WHERE position IN ({})",
                    positions.join(", ")
                );
                // Numbers alone were written into it.
                let select = sqlx::query_as(AssertSqlSafe(select));
                Ok(select.fetch_all(&self.reading).await?)
            }

            pub(super) async fn last_position(&self) -> Result<i64, StoreError> {
                let select = "SELECT COALESCE(MAX(position), 0) FROM requests";
                Ok(sqlx::query_scalar(select).fetch_one(&self.reading).await?)
            }

            pub(super) async fn added_recipients(
                &self,
                after: i64,
                last: i64,
            ) -> Result<Vec<(i64, Vec<u8>)>, StoreError> {
                let select = "SELECT position, recipient FROM added_recipients \
                              WHERE position > $1 AND position <= $2 ORDER BY position, kid";
                let select = sqlx::query_as(select).bind(after).bind(last);
                Ok(select.fetch_all(&self.reading).await?)
            }

            pub(super) async fn date_settled_anew(
                &self,
                now: OffsetDateTime,
                slack: time::Duration,
            ) -> Result<u64, StoreError> {
                let update = "UPDATE requests SET changed_at = $1 \
                              WHERE state IN ('booked', 'declined', 'closed', 'junk') \
                              AND changed_at < received_at - $2 AND received_at <= $1";
                let done = sqlx::query(update)
                    .bind(now.unix_timestamp())
                    .bind(slack.whole_seconds())
                    .execute(&self.writing)
                    .await?;
                Ok(done.rows_affected())
            }

            pub(super) async fn clock(&self) -> Result<Option<Clock>, StoreError> {
                let select = "SELECT seen_at, held_until FROM clock";
                let row: Option<(i64, i64)> =
                    sqlx::query_as(select).fetch_optional(&self.reading).await?;
                let clock = |(seen_at, held_until)| {
                    Ok(Clock { seen_at: moment(seen_at)?, held_until: moment(held_until)? })
                };
                row.map(clock).transpose()
            }

            pub(super) async fn set_clock(&self, clock: Clock) -> Result<(), StoreError> {
                let write = "INSERT INTO clock (one, seen_at, held_until) VALUES (1, $1, $2) \
                             ON CONFLICT (one) DO UPDATE SET seen_at = $1, held_until = $2";
                sqlx::query(write)
                    .bind(clock.seen_at.unix_timestamp())
                    .bind(clock.held_until.unix_timestamp())
                    .execute(&self.writing)
                    .await?;
                Ok(())
            }

            pub(super) async fn last_backup(&self) -> Result<Option<OffsetDateTime>, StoreError> {
                let select = "SELECT backed_up_at FROM backups";
                let seconds: Option<i64> =
                    sqlx::query_scalar(select).fetch_optional(&self.reading).await?;
                seconds.map(moment).transpose()
            }

            pub(super) async fn set_last_backup(
                &self,
                backed_up_at: OffsetDateTime,
            ) -> Result<(), StoreError> {
                let write = "INSERT INTO backups (one, backed_up_at) VALUES (1, $1) \
                             ON CONFLICT (one) DO UPDATE SET backed_up_at = $1";
                let write = sqlx::query(write).bind(backed_up_at.unix_timestamp());
                write.execute(&self.writing).await?;
                Ok(())
            }

            pub(super) async fn count(&self) -> Result<u64, StoreError> {
                // Without a condition an index is counted, not the table with its envelopes.
                let count = "SELECT COUNT(*) FROM requests";
                let count: i64 = sqlx::query_scalar(count).fetch_one(&self.reading).await?;
                Ok(count.unsigned_abs())
            }

            pub(super) async fn matching(
                &self,
                filter: &Filter,
            ) -> Result<Matching, StoreError> {
                let select = "SELECT COUNT(*), COALESCE(MAX(position), 0) FROM requests \
                              WHERE (CAST($1 AS TEXT) IS NULL OR state = $1) \
                              AND received_at >= $2 AND received_at < $3";
                let received_at = filter.bounds();
                let (count, last_position): (i64, i64) = sqlx::query_as(select)
                    .bind(filter.state.map(State::as_str))
                    .bind(received_at.start)
                    .bind(received_at.end)
                    .fetch_one(&self.reading)
                    .await?;
                Ok(Matching { count: count.unsigned_abs(), last_position })
            }

            pub(super) async fn secret(
                &self,
                name: &str,
                fresh: &[u8],
            ) -> Result<Vec<u8>, StoreError> {
                let select = "SELECT value FROM secrets WHERE name = $1";
                let stored: Option<Vec<u8>> =
                    sqlx::query_scalar(select).bind(name).fetch_optional(&self.reading).await?;
                if let Some(stored) = stored {
                    return Ok(stored);
                }
                // Of several processes that insert, one is first.
                let insert = "INSERT INTO secrets (name, value) VALUES ($1, $2) \
                              ON CONFLICT (name) DO NOTHING";
                sqlx::query(insert).bind(name).bind(fresh).execute(&self.writing).await?;
                Ok(sqlx::query_scalar(select).bind(name).fetch_one(&self.writing).await?)
            }

            /// Writes a row as large as a request, and deletes it.
            async fn write_probe(
                transaction: &mut $Connection,
                now: OffsetDateTime,
            ) -> Result<(), StoreError> {
                let insert = "INSERT INTO requests (id, received_at, changed_at, envelope) \
                              VALUES ($1, $2, $2, $3) RETURNING position";
                let delete = "DELETE FROM requests WHERE position = $1";
                let position: i64 = sqlx::query_scalar(insert)
                    // Any other id could be a patient's.
                    .bind(<$Id>::from(Uuid::new_v4()))
                    .bind(now.unix_timestamp())
                    .bind([0_u8; PROBE_BYTES].as_slice())
                    .fetch_one(&mut *transaction)
                    .await?;
                sqlx::query(delete).bind(position).execute(&mut *transaction).await?;
                Ok(())
            }

            pub(super) async fn close(&self) {
                self.writing.close().await;
                self.reading.close().await;
            }
        }
    };
}
pub(super) use queries;
