//! `intake staff-file`.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use clinic_core::private_key::PrivateJwk;
use clinic_core::staff_file::StaffFile;
use time::OffsetDateTime;

use super::by::ByFlag;
use super::error::CommandError;
use super::runtime::today;
use super::token::with;
use crate::keys::{self, PassphraseSource};
use crate::settings::StoreFlags;
use crate::tokens::{NewToken, Scopes};

/// Flags of `intake staff-file`.
#[derive(Args, Debug)]
pub(super) struct StaffFileFlags {
    #[command(flatten)]
    store: StoreFlags,
    #[command(flatten)]
    by: ByFlag,
    /// File of a private key of the clinic; may be given again, the newest first
    #[arg(long, value_name = "FILE", required = true)]
    private: Vec<PathBuf>,
    /// File that holds the passphrase of the private keys; without it you are asked
    #[arg(long, value_name = "FILE")]
    passphrase_file: Option<PathBuf>,
    /// File that holds the new passphrase for the staff file; without it you are asked
    #[arg(long, value_name = "FILE")]
    new_passphrase_file: Option<PathBuf>,
    /// The staff file to be written
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// Its scopes, with commas between
    #[arg(long = "scope", value_name = "SCOPES", default_value = "list,mark")]
    scopes: Scopes,
    /// The name of the person, for lists, the log and the audit
    name: String,
}

/// Makes a token, and a staff file with it and the clinic's keys. The token is stored last: after an error
/// there is none.
pub(super) fn run(flags: StaffFileFlags) -> Result<ExitCode, CommandError> {
    let StaffFileFlags {
        store,
        by,
        private,
        passphrase_file,
        new_passphrase_file,
        out,
        scopes,
        name,
    } = flags;
    let today = today()?;
    let (new, token) = NewToken::make(&name, scopes, Some(today.next_year()), today)?;
    let existing = PassphraseSource::new(passphrase_file);
    let mut jwks: Vec<PrivateJwk> = Vec::new();
    for file in &private {
        jwks.push(keys::private_jwk(file, &existing)?);
    }
    let content = StaffFile::new(&new.name, &token, jwks).map_err(CommandError::StaffFile)?;
    let passphrase = PassphraseSource::new(new_passphrase_file);
    keys::write_staff_file(&out, &content, &passphrase)?;
    let (actor, now) = (by.actor(), OffsetDateTime::now_utc());
    let added = with(store, async |store| Ok(store.add_token(&actor, &new, now).await?));
    if !matches!(added, Ok(true)) {
        // It would open nothing.
        let _ = std::fs::remove_file(&out);
    }
    match added? {
        true => {
            eprintln!("{}: the staff file of {}, good for a year", out.display(), new.name);
            Ok(ExitCode::SUCCESS)
        }
        false => Err(CommandError::TokenTaken(new.name)),
    }
}
