//! `intake token`.

use std::io::Write;
use std::process::ExitCode;
use std::str::FromStr;

use clap::{Args, Subcommand};
use guide_core::request::form::CalendarDate;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use super::by::ByFlag;
use super::error::CommandError;
use super::runtime::{today, wait_for};
use crate::settings::{self, StoreFlags};
use crate::store::{STORE_TIMEOUT, Store, Token};
use crate::tokens::{NewToken, Scopes};

/// Commands on the staff's tokens.
#[derive(Debug, Subcommand)]
pub(super) enum TokenCommand {
    /// Make a token, and print it: once, since only its hash is stored
    New(NewFlags),
    /// List the tokens by name, with scopes, last day and last use (to the minute)
    List {
        #[command(flatten)]
        store: StoreFlags,
    },
    /// Make a token invalid, at once
    Revoke {
        #[command(flatten)]
        store: StoreFlags,
        #[command(flatten)]
        by: ByFlag,
        /// Its name
        name: String,
    },
}

/// Flags of `intake token new`.
#[derive(Args, Debug)]
pub(super) struct NewFlags {
    #[command(flatten)]
    store: StoreFlags,
    #[command(flatten)]
    by: ByFlag,
    /// Its scopes, with commas between: list and mark requests, delete them, or admin, which is
    /// everything and reading the audit
    #[arg(long = "scope", value_name = "SCOPES", default_value = "list,mark")]
    scopes: Scopes,
    /// Last day on which it can be used (UTC), such as 2027-11-30, or never; without it, today in a
    /// year
    #[arg(long, value_name = "DATE")]
    expires: Option<Expiry>,
    /// Its user, person or software; shown by `token list`, in the log and in the audit
    name: String,
}

/// The last day of a token.
#[derive(Clone, Copy, Debug)]
enum Expiry {
    On(CalendarDate),
    Never,
}

impl FromStr for Expiry {
    type Err = &'static str;

    fn from_str(word: &str) -> Result<Self, Self::Err> {
        match word {
            "never" => Ok(Self::Never),
            day => day
                .parse()
                .map(Self::On)
                .map_err(|_| "give a day of the calendar as YYYY-MM-DD, or never"),
        }
    }
}

impl TokenCommand {
    pub(super) fn run(self, out: &mut impl Write) -> Result<ExitCode, CommandError> {
        match self {
            Self::New(flags) => make(flags, out)?,
            Self::List { store } => list(store, out)?,
            Self::Revoke { store, by, name } => {
                let actor = by.actor();
                let revoked =
                    with(store, async |store| Ok(store.revoke_token(&actor, &name).await?))?;
                if !revoked {
                    return Err(CommandError::NoSuchToken(name));
                }
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// Prints the token to `out`, and what it allows to standard error.
fn make(flags: NewFlags, out: &mut impl Write) -> Result<(), CommandError> {
    let NewFlags { store, by, scopes, expires, name } = flags;
    let today = today()?;
    let expires = match expires {
        None => Some(today.next_year()),
        Some(Expiry::On(last)) => Some(last),
        Some(Expiry::Never) => None,
    };
    let (new, token) = NewToken::make(&name, scopes, expires, today)?;
    let (actor, now) = (by.actor(), OffsetDateTime::now_utc());
    if !with(store, async |store| Ok(store.add_token(&actor, &new, now).await?))? {
        return Err(CommandError::TokenTaken(new.name));
    }
    writeln!(out, "{token}")?;
    let NewToken { name, scopes, .. } = new;
    match expires {
        Some(last) => eprintln!("the token of {name} allows {scopes}, until {last} (UTC)"),
        None => eprintln!(
            "the token of {name} allows {scopes}, and never expires: revoke it when nobody needs it \
             (intake token revoke)"
        ),
    }
    Ok(())
}

fn list(flags: StoreFlags, out: &mut impl Write) -> Result<(), CommandError> {
    let database = settings::database(&flags.sources()).map_err(CommandError::Settings)?;
    let tokens = wait_for(async {
        let store = Store::open_for_reading(&database, STORE_TIMEOUT).await?;
        Ok(store.tokens().await?)
    })?;
    let now = OffsetDateTime::now_utc();
    writeln!(
        out,
        "{:20}  {:16}  {:19}  {:20}  name",
        "created_at (UTC)", "scopes", "last day (UTC)", "last use (UTC)"
    )?;
    for token in tokens {
        let last_day = match token.expires {
            Some(last) if token.has_expired(now) => format!("{last} expired"),
            Some(last) => last.to_string(),
            None => "never".to_owned(),
        };
        let used_at = token.used_at.map(|it| it.format(&Rfc3339)).transpose()?;
        let Token { name, created_at, scopes, .. } = token;
        writeln!(
            out,
            "{:20}  {scopes:16}  {last_day:19}  {:20}  {name}",
            created_at.format(&Rfc3339)?,
            used_at.as_deref().unwrap_or("-")
        )?;
    }
    Ok(())
}

/// Runs a task with the store, and closes it.
pub(super) fn with<T>(
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
