//! `intake token`.

use std::io::Write;
use std::process::ExitCode;

use clap::Subcommand;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use super::error::CommandError;
use super::runtime::wait_for;
use crate::settings::{self, StoreFlags};
use crate::store::{STORE_TIMEOUT, Store, Token};
use crate::tokens;

/// Commands on the staff's tokens.
#[derive(Debug, Subcommand)]
pub(super) enum TokenCommand {
    /// Make a token, and print it: once, since only its hash is stored
    New {
        #[command(flatten)]
        store: StoreFlags,
        /// Its user, person or software; shown by `token list`
        name: String,
    },
    /// List the tokens by name
    List {
        #[command(flatten)]
        store: StoreFlags,
    },
    /// Make a token invalid, at once
    Revoke {
        #[command(flatten)]
        store: StoreFlags,
        /// Its name
        name: String,
    },
}

impl TokenCommand {
    pub(super) fn run(self, out: &mut impl Write) -> Result<ExitCode, CommandError> {
        match self {
            Self::New { store, name } => {
                if name.trim().is_empty() || name.chars().any(char::is_control) {
                    return Err(CommandError::TokenName);
                }
                let token = tokens::new();
                let now = OffsetDateTime::now_utc();
                let added = with(store, async |store| {
                    Ok(store.add_token(&name, &tokens::hash(&token), now).await?)
                })?;
                if !added {
                    return Err(CommandError::TokenTaken(name));
                }
                writeln!(out, "{token}")?;
            }
            Self::List { store } => {
                let database =
                    settings::database(&store.sources()).map_err(CommandError::Settings)?;
                let tokens = wait_for(async {
                    let store = Store::open_for_reading(&database, STORE_TIMEOUT).await?;
                    Ok(store.tokens().await?)
                })?;
                for Token { name, created_at } in tokens {
                    writeln!(out, "{}  {name}", created_at.format(&Rfc3339)?)?;
                }
            }
            Self::Revoke { store, name } => {
                let revoked = with(store, async |store| Ok(store.revoke_token(&name).await?))?;
                if !revoked {
                    return Err(CommandError::NoSuchToken(name));
                }
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// Runs a task with the store, and closes it.
fn with<T>(
    flags: StoreFlags,
    task: impl AsyncFnOnce(&Store) -> Result<T, CommandError>,
) -> Result<T, CommandError> {
    let database = settings::database(&flags.sources()).map_err(CommandError::Settings)?;
    wait_for(async {
        let store = Store::open_beside(&database, STORE_TIMEOUT).await?;
        let done = task(&store).await;
        store.close().await;
        done
    })
}
