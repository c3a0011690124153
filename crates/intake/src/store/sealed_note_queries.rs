//! The queries about sealed notes, the same for both databases.

/// Methods of a database that has the pools `reading` and `writing`, and those of `audit_queries`,
/// `feed_queries` and `marking_queries`.
macro_rules! sealed_note_queries {
    ($database:ty, on: $Connection:ty, row: $Row:ty) => {
        impl $database {
            pub(super) async fn add_note(
                &self,
                actor: &Actor,
                id: Uuid,
                envelope: &[u8],
                now: OffsetDateTime,
            ) -> Result<NoteOutcome, StoreError> {
                let mut connection = Lease::of(&self.writing).await?;
                let mut transaction = Self::begin_recorded(&mut connection).await?;
                let outcome =
                    Self::add_note_within(&mut transaction, actor, id, envelope, now).await?;
                transaction.commit().await?;
                connection.return_to_pool();
                Ok(outcome)
            }

            async fn add_note_within(
                transaction: &mut $Connection,
                actor: &Actor,
                id: Uuid,
                envelope: &[u8],
                now: OffsetDateTime,
            ) -> Result<NoteOutcome, StoreError> {
                let same = "SELECT number, at, actor, envelope FROM sealed_notes \
                            WHERE position = $1 AND envelope = $2";
                let count = "UPDATE requests SET notes = $2 WHERE position = $1";
                let insert = "INSERT INTO sealed_notes (position, number, at, actor, envelope) \
                              VALUES ($1, $2, $3, $4, $5)";
                let Some(entry) = Self::entry_within(transaction, id).await? else {
                    return Ok(NoteOutcome::NoSuchRequest);
                };
                let same = sqlx::query_as(same).bind(entry.position).bind(envelope);
                if let Some(note) = same.fetch_optional(&mut *transaction).await? {
                    return Ok(NoteOutcome::Duplicate(note));
                }
                if entry.notes >= MAX_NOTES {
                    return Ok(NoteOutcome::TooMany);
                }
                let entry = Entry { notes: entry.notes + 1, ..entry };
                let note = SealedNote {
                    number: entry.notes,
                    at: now.truncate_to_second(),
                    by: actor.name(),
                    envelope: envelope.to_owned(),
                };
                sqlx::query(count)
                    .bind(entry.position)
                    .bind(i64::from(entry.notes))
                    .execute(&mut *transaction)
                    .await?;
                sqlx::query(insert)
                    .bind(entry.position)
                    .bind(i64::from(note.number))
                    .bind(note.at.unix_timestamp())
                    .bind(&note.by)
                    .bind(envelope)
                    .execute(&mut *transaction)
                    .await?;
                Self::add_change(transaction, actor, &entry, None, now).await?;
                let detail = format!("note {}", note.number);
                let added = Event::of_request(Action::NoteAdded, &id, detail);
                Self::append(transaction, actor, [added]).await?;
                Ok(NoteOutcome::Added(note))
            }

            pub(super) async fn notes(
                &self,
                position: i64,
                count: u32,
            ) -> Result<Vec<SealedNote>, StoreError> {
                let select = "SELECT number, at, actor, envelope FROM sealed_notes \
                              WHERE position = $1 AND number <= $2 ORDER BY number";
                let select = sqlx::query_as(select).bind(position).bind(i64::from(count));
                Ok(select.fetch_all(&self.reading).await?)
            }
        }

        impl FromRow<'_, $Row> for SealedNote {
            fn from_row(row: &$Row) -> Result<Self, sqlx::Error> {
                Ok(Self {
                    number: decoded(u32::try_from(row.try_get::<i64, _>("number")?))?,
                    at: decoded(OffsetDateTime::from_unix_timestamp(row.try_get("at")?))?,
                    by: row.try_get("actor")?,
                    envelope: row.try_get("envelope")?,
                })
            }
        }
    };
}
pub(super) use sealed_note_queries;
