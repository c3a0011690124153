//! `intake mark`.

use std::io::Write;
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use clinic_core::state::State;
use guide_core::request::reference::Reference;
use time::OffsetDateTime;

use super::by::ByFlag;
use super::error::CommandError;
use super::runtime::wait_for;
use super::stored::ids_of;
use crate::settings::{self, StoreFlags};
use crate::store::{STORE_TIMEOUT, Store};

/// Flags of `intake mark`.
#[derive(Args, Debug)]
pub(super) struct MarkFlags {
    #[command(flatten)]
    store: StoreFlags,
    #[command(flatten)]
    by: ByFlag,
    /// Their new state
    #[arg(value_enum)]
    state: StateName,
    /// Their references, or ids
    #[arg(value_name = "XXXX-XXXX", required = true)]
    references: Vec<String>,
}

/// The states by name.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum StateName {
    /// Nobody has taken it up yet
    New,
    /// Somebody of the staff has taken it up
    Claimed,
    /// The patient was called or written to, and did not answer
    Tried,
    /// The patient was reached
    Reached,
    /// An appointment was agreed on; it is deleted after the set time, as are the next three
    Booked,
    /// The patient, or the clinic, does not want an appointment
    Declined,
    /// Nothing is left to do, for any other reason
    Closed,
    /// No patient's request, such as advertising
    Junk,
}

impl StateName {
    /// The state of this name.
    pub fn state(self) -> State {
        match self {
            Self::New => State::New,
            Self::Claimed => State::Claimed,
            Self::Tried => State::Tried,
            Self::Reached => State::Reached,
            Self::Booked => State::Booked,
            Self::Declined => State::Declined,
            Self::Closed => State::Closed,
            Self::Junk => State::Junk,
        }
    }
}

/// Marks all of them; none if one is not stored, or a reference is of several. Whoever has one
/// keeps it, unless it is new again: the command line has no token that could take it.
pub(super) fn run(flags: MarkFlags, out: &mut impl Write) -> Result<ExitCode, CommandError> {
    let MarkFlags { store, by, state, references } = flags;
    let (state, actor) = (state.state(), by.actor());
    let database = settings::database(&store.sources()).map_err(CommandError::Settings)?;
    let ids = wait_for(async {
        let store = Store::open_beside(&database, STORE_TIMEOUT).await?;
        let entries = store.entries().await?;
        let ids = ids_of(&references, &entries)?;
        for id in &ids {
            store.set_state(&actor, *id, state, OffsetDateTime::now_utc()).await?;
        }
        store.close().await;
        Ok(ids)
    })?;
    for id in ids {
        writeln!(out, "{}  {}", Reference::of(&id), state.as_str())?;
    }
    Ok(ExitCode::SUCCESS)
}
