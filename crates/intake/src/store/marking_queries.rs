//! The queries that change how far the clinic has come with a request, the same for both databases.

/// Methods of a database that has the pool `writing`, and those of `audit_queries` and `feed_queries`.
macro_rules! marking_queries {
    ($database:ty, on: $Connection:ty, id: $Id:ty) => {
        impl $database {
            pub(super) async fn mark(
                &self,
                actor: &Actor,
                id: Uuid,
                marking: &Marking<'_>,
                now: OffsetDateTime,
            ) -> Result<MarkOutcome, StoreError> {
                let mut connection = Lease::of(&self.writing).await?;
                let mut transaction = Self::begin_recorded(&mut connection).await?;
                let outcome = Self::mark_within(&mut transaction, actor, id, marking, now).await?;
                transaction.commit().await?;
                connection.return_to_pool();
                Ok(outcome)
            }

            pub(super) async fn undo(
                &self,
                actor: &Actor,
                id: Uuid,
                version: i64,
                now: OffsetDateTime,
            ) -> Result<MarkOutcome, StoreError> {
                let mut connection = Lease::of(&self.writing).await?;
                let mut transaction = Self::begin_recorded(&mut connection).await?;
                let outcome = Self::undo_within(&mut transaction, actor, id, version, now).await?;
                transaction.commit().await?;
                connection.return_to_pool();
                Ok(outcome)
            }

            /// Of two changes at once the second finds what the first made of the request: nobody else
            /// changes one between `begin_recorded` and the commit.
            async fn mark_within(
                transaction: &mut $Connection,
                actor: &Actor,
                id: Uuid,
                marking: &Marking<'_>,
                now: OffsetDateTime,
            ) -> Result<MarkOutcome, StoreError> {
                let Some(entry) = Self::entry_within(transaction, id).await? else {
                    return Ok(MarkOutcome::NoSuchRequest);
                };
                if marking.version.is_some_and(|version| version != entry.version) {
                    return Ok(MarkOutcome::AnotherVersion);
                }
                if let Some(name) = marking.holder
                    && !Self::may_hold(transaction, name, now).await?
                {
                    return Ok(MarkOutcome::UnknownHolder);
                }
                let before = entry.handling();
                let after = before.marked(marking, actor);
                if after == before {
                    return Ok(MarkOutcome::Marked(entry));
                }
                let detail = after.detail(&before, actor);
                let marked = Event::of_request(Action::Marked, &id, detail);
                let entry = Self::handle(transaction, actor, entry, after, now).await?;
                Self::append(transaction, actor, [marked]).await?;
                Ok(MarkOutcome::Marked(entry))
            }

            async fn undo_within(
                transaction: &mut $Connection,
                actor: &Actor,
                id: Uuid,
                version: i64,
                now: OffsetDateTime,
            ) -> Result<MarkOutcome, StoreError> {
                let Some(entry) = Self::entry_within(transaction, id).await? else {
                    return Ok(MarkOutcome::NoSuchRequest);
                };
                if version != entry.version {
                    return Ok(MarkOutcome::AnotherVersion);
                }
                let Some(after) = Self::handling_before(transaction, entry.position).await? else {
                    return Ok(MarkOutcome::NothingToUndo);
                };
                let detail = after.detail(&entry.handling(), actor);
                let undone = Event::of_request(Action::Undone, &id, detail);
                let entry = Self::handle(transaction, actor, entry, after, now).await?;
                Self::append(transaction, actor, [undone]).await?;
                Ok(MarkOutcome::Marked(entry))
            }

            async fn entry_within(
                transaction: &mut $Connection,
                id: Uuid,
            ) -> Result<Option<Entry>, StoreError> {
                let select = concat!("SELECT ", entry_columns!(), " FROM requests WHERE id = $1");
                let select = sqlx::query_as(select).bind(<$Id>::from(id));
                Ok(select.fetch_optional(transaction).await?)
            }

            /// Returns `true` for the name of a token that can be used, and allows marking. None is made or
            /// revoked until the commit.
            async fn may_hold(
                transaction: &mut $Connection,
                name: &str,
                now: OffsetDateTime,
            ) -> Result<bool, StoreError> {
                let select = "SELECT name, created_at, scopes, expires, used_at \
                              FROM tokens WHERE name = $1";
                let row: Option<TokenRow> =
                    sqlx::query_as(select).bind(name).fetch_optional(transaction).await?;
                let token = row.map(Token::from_row).transpose()?;
                Ok(token.is_some_and(|it| it.scopes.allow(Scope::Mark) && !it.has_expired(now)))
            }

            /// Makes this of a request, as its next version.
            async fn handle(
                transaction: &mut $Connection,
                actor: &Actor,
                entry: Entry,
                after: Handling,
                now: OffsetDateTime,
            ) -> Result<Entry, StoreError> {
                let update = "UPDATE requests SET state = $2, holder = $3, tries = $4, \
                              version = $5, changed_at = $6 WHERE position = $1";
                let before = entry.handling();
                let Handling { state, holder, tries } = after;
                let version = entry.version + 1;
                let changed_at = now.truncate_to_second();
                let entry = Entry { state, holder, tries, version, changed_at, ..entry };
                sqlx::query(update)
                    .bind(entry.position)
                    .bind(entry.state.as_str())
                    .bind(&entry.holder)
                    .bind(i64::from(entry.tries))
                    .bind(entry.version)
                    .bind(entry.changed_at.unix_timestamp())
                    .execute(&mut *transaction)
                    .await?;
                Self::add_change(transaction, actor, &entry, Some(&before), now).await?;
                Ok(entry)
            }
        }
    };
}
pub(super) use marking_queries;
