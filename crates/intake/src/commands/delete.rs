//! `intake delete`.

use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;
use std::time::Duration;

use clap::Args;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;
use tokio::time::sleep;
use uuid::Uuid;

use super::by::ByFlag;
use super::error::CommandError;
use super::mark::StateName;
use super::runtime::wait_for;
use super::stored::ids_of;
use crate::audit::Actor;
use crate::settings::{self, StoreFlags};
use crate::store::{Database, Filter, Matching, STORE_TIMEOUT, Store};

/// Requests deleted in one commit. While it lasts a running service stores nothing.
const BATCH: u32 = 256;
/// The pause after each, in which a running service stores pending requests: it tries for SQLite's
/// lock every 100 ms at the latest.
const PAUSE: Duration = Duration::from_millis(100);

/// Flags of `intake delete`: the requests of the references given, or those that meet every condition.
#[derive(Args, Debug)]
#[group(id = "which", required = true, multiple = true, args = [
    "references", "state", "older_than_days", "received_from", "received_before",
])]
pub(super) struct DeleteFlags {
    #[command(flatten)]
    store: StoreFlags,
    #[command(flatten)]
    by: ByFlag,
    /// Only those of this state
    #[arg(long, value_enum)]
    state: Option<StateName>,
    /// Only those received so many days ago or earlier
    #[arg(long, value_name = "DAYS", conflicts_with = "received_before")]
    older_than_days: Option<u32>,
    /// Only those received at this moment or later: 2026-11-25, or 2026-11-25T14:30:00Z (UTC)
    #[arg(long, value_name = "MOMENT", value_parser = moment)]
    received_from: Option<OffsetDateTime>,
    /// Only those received before this moment
    #[arg(long, value_name = "MOMENT", value_parser = moment)]
    received_before: Option<OffsetDateTime>,
    /// Delete them without asking
    #[arg(long)]
    yes: bool,
    /// Their references, or ids
    #[arg(value_name = "XXXX-XXXX", conflicts_with_all = [
        "state", "older_than_days", "received_from", "received_before",
    ])]
    references: Vec<String>,
}

/// Asks, with their number, then deletes the requests for good. Those that arrive after the question
/// are not touched.
pub(super) fn run(flags: DeleteFlags, out: &mut impl Write) -> Result<ExitCode, CommandError> {
    let DeleteFlags {
        store,
        by,
        state,
        older_than_days,
        received_from,
        received_before,
        yes,
        references,
    } = flags;
    let before = |days: u32| {
        let days = time::Duration::days(days.into());
        OffsetDateTime::now_utc().checked_sub(days).unwrap_or(OffsetDateTime::UNIX_EPOCH)
    };
    let filter = Filter {
        state: state.map(StateName::state),
        received_from,
        received_before: received_before.or(older_than_days.map(before)),
    };
    let database = settings::database(&store.sources()).map_err(CommandError::Settings)?;
    let which = match references.as_slice() {
        [] => Which::Matching(filter, wait_for(count(&database, &filter))?),
        _ => Which::Ids(wait_for(ids(&database, &references))?),
    };
    let count = which.count();
    if count > 0 && !yes && !confirmed(count)? {
        return Err(CommandError::NotConfirmed(count));
    }
    let deleted = match count {
        0 => 0,
        _ => wait_for(delete(&database, which, &by.actor()))?,
    };
    writeln!(out, "{deleted} requests deleted")?;
    Ok(ExitCode::SUCCESS)
}

/// The requests to delete, as they were before the question.
enum Which {
    Matching(Filter, Matching),
    Ids(Vec<Uuid>),
}

impl Which {
    fn count(&self) -> u64 {
        match self {
            Self::Matching(_, matching) => matching.count,
            Self::Ids(ids) => ids.len() as u64,
        }
    }
}

/// The ids that references mean.
async fn ids(database: &Database, references: &[String]) -> Result<Vec<Uuid>, CommandError> {
    let store = Store::open_for_reading(database, STORE_TIMEOUT).await?;
    let entries = store.entries().await?;
    store.close().await;
    ids_of(references, &entries)
}

async fn count(database: &Database, filter: &Filter) -> Result<Matching, CommandError> {
    let store = Store::open_for_reading(database, STORE_TIMEOUT).await?;
    let matching = store.matching(filter).await?;
    store.close().await;
    Ok(matching)
}

async fn delete(database: &Database, which: Which, actor: &Actor) -> Result<u64, CommandError> {
    let store = Store::open_beside(database, STORE_TIMEOUT).await?;
    let deleted = match which {
        Which::Matching(filter, Matching { last_position, .. }) => {
            delete_matching(&store, actor, &filter, last_position).await?
        }
        Which::Ids(ids) => {
            let mut deleted = 0;
            for id in ids {
                deleted += u64::from(store.delete(actor, id).await?);
            }
            deleted
        }
    };
    store.close().await;
    Ok(deleted)
}

async fn delete_matching(
    store: &Store,
    actor: &Actor,
    filter: &Filter,
    last_position: i64,
) -> Result<u64, CommandError> {
    let mut deleted = 0;
    loop {
        match store.delete_matching(actor, filter, last_position, BATCH).await? {
            0 => break,
            more => deleted += more,
        }
        sleep(PAUSE).await;
    }
    if deleted > 0 {
        // If a reader is in the way, the service erases them within the hour.
        store.erase_deleted().await?;
    }
    Ok(deleted)
}

/// Asks on the terminal; without one nobody confirms.
fn confirmed(count: u64) -> Result<bool, CommandError> {
    if !io::stdin().is_terminal() {
        return Ok(false);
    }
    eprint!("Delete {count} requests for good? Type yes: ");
    let mut typed = String::new();
    io::stdin().read_line(&mut typed)?;
    Ok(typed.trim() == "yes")
}

/// A moment of RFC 3339, or the first of a day.
fn moment(word: &str) -> Result<OffsetDateTime, String> {
    OffsetDateTime::parse(word, &Rfc3339)
        .or_else(|_| OffsetDateTime::parse(&format!("{word}T00:00:00Z"), &Rfc3339))
        .map_err(|_| {
            "give a day or a moment, such as 2026-11-25 or 2026-11-25T14:30:00Z".to_owned()
        })
}
