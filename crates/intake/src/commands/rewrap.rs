//! `intake key rewrap` on the clinic's computer, and `intake add-recipients` on the server.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use guide_core::key::PublicKey;
use guide_core::request::payload::AppointmentRequest;
use tempfile::NamedTempFile;

use super::by::ByFlag;
use super::error::CommandError;
use super::opening::Opener;
use super::runtime::wait_for;
use super::stored::{Counts, KeyFlags, Sealed, Wanted};
use crate::audit::Action;
use crate::keys::{self, KnownKeys};
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
    /// File of the public key, JWK or JWK Set, that they must be for; may be given again
    #[arg(long, value_name = "FILE", required = true)]
    public: Vec<PathBuf>,
    /// File that `intake key rewrap` wrote
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

/// Writes a recipient for each request that the private keys open.
pub(super) fn rewrap(flags: RewrapFlags) -> Result<ExitCode, CommandError> {
    let RewrapFlags { store, keys, by, public, out } = flags;
    let database = settings::database(&store.sources()).map_err(CommandError::Settings)?;
    // Before anybody types a passphrase.
    if out.exists() {
        return Err(CommandError::Taken(out));
    }
    let other = <[PublicKey; 1]>::try_from(keys::read_public(&public)?);
    let [other] = other.map_err(|_| CommandError::OnePublicKey)?;
    eprintln!("for the key {}", other.fingerprint());
    let keys = keys.read()?;
    let unusable = |error| CommandError::Unusable { what: out.display().to_string(), error };
    // Beside its place, which it takes when it is complete.
    let folder = out.parent().filter(|it| !it.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut file = NamedTempFile::new_in(folder).map_err(unusable)?;
    let (mut counts, mut written) = (Counts::default(), 0);
    let write = |sealed: Sealed, request: AppointmentRequest| {
        let envelope = sealed.envelope.as_deref().unwrap_or_default();
        let recipient = rewrap_one(envelope, &sealed.added(), &keys, &other)?;
        let line = AddedRecipient::of(request.request_id, envelope, recipient);
        let json = serde_json::to_string(&line).map_err(|it| CommandError::Write(it.into()))?;
        writeln!(file, "{json}").map_err(unusable)?;
        written += 1;
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
    wait_for(opener.for_each(&mut counts, write))?;
    file.as_file().sync_all().map_err(unusable)?;
    file.persist_noclobber(&out).map_err(|error| unusable(error.error))?;
    eprintln!("{written} written to {}", out.display());
    Ok(counts.finish())
}

/// Adds all recipients in a file; none if one of them is no recipient for one of the keys.
pub(super) fn add(
    flags: AddRecipientsFlags,
    out: &mut impl Write,
) -> Result<ExitCode, CommandError> {
    let AddRecipientsFlags { store, by, public, file } = flags;
    let actor = by.actor();
    let database = settings::database(&store.sources()).map_err(CommandError::Settings)?;
    let known: KnownKeys =
        public.iter().map(|file| KnownKeys::read(file)).collect::<Result<_, _>>()?;
    let recipients = read(&file, &known)?;
    let added = wait_for(async {
        let store = Store::open_beside(&database, STORE_TIMEOUT).await?;
        let mut fitting = Vec::new();
        for it in &recipients {
            if store.envelope(it.id).await?.is_some_and(|envelope| it.fits(&envelope)) {
                fitting.push((it.id, it.recipient.clone()));
            }
        }
        let added = store.add_recipients(&actor, &fitting).await?;
        store.close().await;
        Ok(added)
    })?;
    let others = recipients.len() - added;
    writeln!(out, "{added} added, {others} of requests that are not stored here (any more)")?;
    Ok(if added > 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The recipients in a file, each checked.
fn read(file: &Path, known: &KnownKeys) -> Result<Vec<AddedRecipient>, CommandError> {
    let text = fs::read_to_string(file).map_err(|error| {
        let what = file.display().to_string();
        CommandError::Unusable { what, error }
    })?;
    let parse = |(line, text): (usize, &str)| {
        let refused = |reason| CommandError::NotARecipient { file: file.to_owned(), line, reason };
        let added: AddedRecipient = serde_json::from_str(text).map_err(|_| {
            refused("no line that `intake key rewrap` wrote; copy the file once more")
        })?;
        added
            .recipient
            .check()
            .map_err(|_| refused("no recipient of a sealed request; copy the file once more"))?;
        if !known.contains(&added.recipient.header.kid) {
            return Err(refused("for another key than those of --public"));
        }
        Ok(added)
    };
    (1..).zip(text.lines()).map(parse).collect()
}
