//! Rows of stored requests, read by the names of their columns.

use clinic_core::state::State;

/// The columns of an [`Entry`](super::Entry), for `concat!`.
macro_rules! entry_columns {
    () => {
        "position, id, received_at, state, changed_at, CAST(length(envelope) AS BIGINT) AS bytes, \
         holder, tries, version, notes"
    };
}
pub(super) use entry_columns;

/// Reads rows of a database, whose ids have this type.
macro_rules! entry_rows {
    ($Row:ty, id: $Id:ty) => {
        impl FromRow<'_, $Row> for Entry {
            fn from_row(row: &$Row) -> Result<Self, sqlx::Error> {
                let small = |column| decoded(u32::try_from(row.try_get::<i64, _>(column)?));
                let moment =
                    |column| decoded(OffsetDateTime::from_unix_timestamp(row.try_get(column)?));
                Ok(Self {
                    position: row.try_get("position")?,
                    id: row.try_get::<$Id, _>("id")?.into(),
                    received_at: moment("received_at")?,
                    state: decoded_state(row.try_get("state")?)?,
                    changed_at: moment("changed_at")?,
                    bytes: small("bytes")?,
                    holder: row.try_get("holder")?,
                    tries: small("tries")?,
                    version: row.try_get("version")?,
                    notes: small("notes")?,
                })
            }
        }

        impl FromRow<'_, $Row> for Sealed {
            fn from_row(row: &$Row) -> Result<Self, sqlx::Error> {
                Ok(Self { entry: Entry::from_row(row)?, envelope: row.try_get("envelope")? })
            }
        }
    };
}
pub(super) use entry_rows;

/// A stored value, or the error of one that this service does not store.
pub(super) fn decoded<T, E>(value: Result<T, E>) -> Result<T, sqlx::Error>
where
    E: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    value.map_err(|error| sqlx::Error::Decode(error.into()))
}

/// A stored state.
pub(super) fn decoded_state(word: &str) -> Result<State, sqlx::Error> {
    decoded(word.parse().map_err(|_| "no such state"))
}
