//! The queries that append to the audit and read it, the same for both databases.

use super::error::StoreError;
use crate::audit::{Hash, Line, StoredLine};

/// The columns of a [`StoredLine`]: position, at, actor, action, subject, detail, hash; texts as bytes.
pub(super) type LineRow = (i64, Vec<u8>, Vec<u8>, Vec<u8>, Vec<u8>, Vec<u8>, Vec<u8>);

/// A line, whatever somebody has put into it: what cannot be a line at all does not fit its hash.
pub(super) fn line_from_row(row: LineRow) -> StoredLine {
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    let (position, at, actor, action, subject, detail, hash) = row;
    let line = Line {
        position,
        at: text(at),
        actor: text(actor),
        action: text(action),
        subject: text(subject),
        detail: text(detail),
    };
    StoredLine { line, hash: stored_hash(&hash).unwrap_or(Hash::NONE) }
}

pub(super) fn stored_hash(bytes: &[u8]) -> Result<Hash, StoreError> {
    bytes.try_into().map(Hash).map_err(StoreError::decoding)
}

/// Methods of a database that has the pools `reading` and `writing`, and `begin_recorded`, which
/// begins a transaction in which nobody else appends. `lines` selects those after `$1`, at most `$2`.
macro_rules! audit_queries {
    ($database:ty, on: $Connection:ty, lines: $lines:literal) => {
        impl $database {
            /// Appends lines within a transaction of `begin_recorded`.
            pub(super) async fn append(
                transaction: &mut $Connection,
                actor: &Actor,
                events: impl IntoIterator<Item = Event>,
            ) -> Result<(), StoreError> {
                let select = "SELECT position, hash FROM audit ORDER BY position DESC LIMIT 1";
                let insert = "INSERT INTO audit \
                              (position, at, actor, action, subject, detail, hash) \
                              VALUES ($1, $2, $3, $4, $5, $6, $7)";
                let last: Option<(i64, Vec<u8>)> =
                    sqlx::query_as(select).fetch_optional(&mut *transaction).await?;
                let (mut position, mut head) = match last {
                    Some((position, hash)) => (position, stored_hash(&hash)?),
                    None => (0, Hash::NONE),
                };
                // After the lock, so that times are in the order of the lines.
                let now = OffsetDateTime::now_utc().truncate_to_second();
                let at = now.format(&Rfc3339).map_err(StoreError::decoding)?;
                for Event { action, subject, detail } in events {
                    position += 1;
                    let (action, actor) = (action.as_str().to_owned(), actor.words());
                    let line = Line { position, at: at.clone(), actor, action, subject, detail };
                    head = line.hash_after(head);
                    sqlx::query(insert)
                        .bind(position)
                        .bind(line.at)
                        .bind(line.actor)
                        .bind(line.action)
                        .bind(line.subject)
                        .bind(line.detail)
                        .bind(head.0.as_slice())
                        .execute(&mut *transaction)
                        .await?;
                }
                Ok(())
            }

            pub(super) async fn record(
                &self,
                actor: &Actor,
                events: Vec<Event>,
            ) -> Result<(), StoreError> {
                let mut connection = Lease::of(&self.writing).await?;
                let mut transaction = Self::begin_recorded(&mut connection).await?;
                Self::append(&mut transaction, actor, events).await?;
                transaction.commit().await?;
                connection.return_to_pool();
                Ok(())
            }

            pub(super) async fn audit_page(
                &self,
                after: i64,
                limit: u32,
            ) -> Result<Vec<StoredLine>, StoreError> {
                let rows: Vec<LineRow> = sqlx::query_as($lines)
                    .bind(after)
                    .bind(i64::from(limit))
                    .fetch_all(&self.reading)
                    .await?;
                Ok(rows.into_iter().map(line_from_row).collect())
            }
        }
    };
}
pub(super) use audit_queries;
