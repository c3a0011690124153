//! `intake key rewrap` on the clinic's computer, and `intake add-recipients` on the server.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use guide_core::key::PublicKey;
use guide_core::request::envelope::Envelope;
use guide_core::request::payload::AppointmentRequest;

use super::by::ByFlag;
use super::error::CommandError;
use super::export::private_file;
use super::opening::Opener;
use super::runtime::wait_for;
use super::stored::{Counts, KeyFlags, Sealed, Wanted};
use crate::audit::Action;
use crate::keys;
use crate::rewrap::{AddedRecipient, rewrap as rewrap_one};
use crate::settings::{self, StoreFlags};
use crate::store::{STORE_TIMEOUT, Store};

/// Flags of `intake key rewrap`.
#[derive(Args, Debug)]
pub(super) struct RewrapFlags {
    #[command(flatten)]
    store: StoreFlags,
    #[command(flatten)]
    keys: KeyFlags,
    #[command(flatten)]
    by: ByFlag,
    /// File of the public key that shall open them too
    #[arg(long, value_name = "FILE")]
    public: PathBuf,
    /// File to write, for `intake add-recipients` on the server
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

/// Flags of `intake add-recipients`.
#[derive(Args, Debug)]
pub(super) struct AddRecipientsFlags {
    #[command(flatten)]
    store: StoreFlags,
    #[command(flatten)]
    by: ByFlag,
    /// File that `intake key rewrap` wrote
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

/// Writes a recipient for each request that the private keys open and the public one does not.
pub(super) fn rewrap(flags: RewrapFlags) -> Result<ExitCode, CommandError> {
    let RewrapFlags { store, keys, by, public, out } = flags;
    let database = settings::database(&store.sources()).map_err(CommandError::Settings)?;
    // Before anybody types a passphrase.
    if out.exists() {
        return Err(CommandError::Taken(out));
    }
    let other = <[PublicKey; 1]>::try_from(keys::read_public(&public)?);
    let [other] = other.map_err(|_| CommandError::OnePublicKey)?;
    let keys = keys.read()?;
    let mut file = private_file(out.clone())?;
    let (mut counts, mut written) = (Counts::default(), 0);
    let write = |sealed: Sealed, request: AppointmentRequest| {
        let envelope = sealed.for_all().unwrap_or_default();
        if let Some(recipient) = rewrap_one(&envelope, &keys, &other)? {
            let line = AddedRecipient { id: request.request_id, recipient };
            let json = serde_json::to_string(&line).map_err(|it| CommandError::Write(it.into()))?;
            writeln!(file, "{json}")?;
            written += 1;
        }
        Ok(())
    };
    let opener = Opener {
        database: &database,
        wanted: Wanted::default(),
        keys: &keys,
        actor: by.actor(),
        action: Action::Rewrapped,
        other: Some(&other),
    };
    let left_sealed = wait_for(opener.for_each(&mut counts, write))?;
    file.sync_all()?;
    eprintln!("{written} written to {}; {left_sealed} open with that key already", out.display());
    Ok(counts.finish())
}

/// Adds all recipients in a file; none if one of them is no recipient of its request.
pub(super) fn add(
    flags: AddRecipientsFlags,
    out: &mut impl Write,
) -> Result<ExitCode, CommandError> {
    let AddRecipientsFlags { store, by, file } = flags;
    let actor = by.actor();
    let database = settings::database(&store.sources()).map_err(CommandError::Settings)?;
    let lines = read(&file)?;
    let (mut added, mut gone) = (0_usize, 0_usize);
    wait_for(async {
        let store = Store::open_beside(&database, STORE_TIMEOUT).await?;
        for (line, AddedRecipient { id, recipient }) in (1..).zip(&lines) {
            let Some(envelope) = store.envelope(*id).await? else { continue };
            let parsed = Envelope::parse(&envelope).map(|(envelope, _)| envelope);
            if parsed.and_then(|it| it.with_recipients([recipient.clone()])).is_err() {
                return Err(CommandError::NotARecipient { file: file.clone(), line });
            }
        }
        for AddedRecipient { id, recipient } in &lines {
            match store.add_recipient(&actor, *id, recipient).await? {
                true => added += 1,
                false => gone += 1,
            }
        }
        store.close().await;
        Ok(())
    })?;
    writeln!(out, "{added} added, {gone} of requests that are not stored any more")?;
    Ok(ExitCode::SUCCESS)
}

fn read(file: &Path) -> Result<Vec<AddedRecipient>, CommandError> {
    let text = fs::read_to_string(file).map_err(|error| {
        let what = file.display().to_string();
        CommandError::Unusable { what, error }
    })?;
    let parse = |(line, text)| {
        serde_json::from_str(text)
            .map_err(|_| CommandError::NotARecipient { file: file.to_owned(), line })
    };
    (1..).zip(text.lines()).map(parse).collect()
}
