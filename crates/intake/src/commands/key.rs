//! `intake key`.

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Subcommand;
use guide_core::key::PublicKey;
use guide_core::request::form::CalendarDate;
use serde::Serialize;
use uuid::Uuid;

use super::error::CommandError;
use super::runtime::today;
use super::stored::KeyFlags;
use crate::keys::{self, KeyFiles, NewKey, PassphraseSource, PrivateKey};
use crate::open::unseal;
use crate::seal::seal;

/// Commands on keys.
#[derive(Debug, Subcommand)]
pub(super) enum KeyCommand {
    /// Make a pair of keys, and print the public one for clinic.toml
    New {
        /// Folder for the two files; made where there is none
        #[arg(long, value_name = "FOLDER")]
        out: PathBuf,
        /// Beginning of the files' names
        #[arg(long, default_value = "clinic")]
        name: String,
        /// File that holds the passphrase for the private key; without it you are asked
        #[arg(long, value_name = "FILE", conflicts_with = "no_passphrase")]
        passphrase_file: Option<PathBuf>,
        /// Write the private key unprotected; for development only
        #[arg(long)]
        no_passphrase: bool,
        /// Last day on which the page seals for it, such as 2028-12-31; it opens ever after. You are
        /// warned 30 days before
        #[arg(long, value_name = "DATE", value_parser = date)]
        expires: Option<CalendarDate>,
    },
    /// Prove that private keys open what the page seals for public ones
    Check {
        #[command(flatten)]
        private: KeyFlags,
        /// File of a public key, JWK or JWK Set; may be given again
        #[arg(long, value_name = "FILE", required = true)]
        public: Vec<PathBuf>,
    },
}

/// The part of `clinic.toml` that names a key.
#[derive(Serialize)]
struct ClinicKeys<'a> {
    keys: [&'a PublicKey; 1],
}

impl KeyCommand {
    pub(super) fn run(self, out: &mut impl Write) -> Result<ExitCode, CommandError> {
        match self {
            Self::New { out: folder, name, passphrase_file, no_passphrase, expires } => {
                let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
                if name.is_empty() || !name.bytes().all(fits) {
                    return Err(CommandError::Name);
                }
                let today = today()?;
                if expires.is_some_and(|last| last < today) {
                    return Err(CommandError::ExpiresInThePast);
                }
                // Before anybody types a passphrase.
                KeyFiles::new(&folder, &name)?;
                let passphrase = match no_passphrase {
                    true => None,
                    false => Some(PassphraseSource::new(passphrase_file).new_one()?),
                };
                let key = NewKey::generate(expires)?;
                let KeyFiles { private, public } =
                    key.write(&folder, &name, passphrase.as_deref())?;
                eprintln!("private key: {} (keep it secret, and a copy safe)", private.display());
                eprintln!("public key:  {}", public.display());
                let snippet = toml::to_string(&ClinicKeys { keys: [&key.public] })
                    .map_err(|error| CommandError::Write(error.into()))?;
                out.write_all(snippet.as_bytes())?;
            }
            Self::Check { private, public } => {
                let mut sealed_for = Vec::new();
                for file in public {
                    sealed_for.extend(keys::read_public(&file)?);
                }
                let (private, today) = (private.read()?, today()?);
                for public in sealed_for {
                    try_pair(&private, &public)?;
                    let kid = &public.kid;
                    writeln!(out, "A private key opens what is sealed for {kid}.")?;
                    if let Some(notice) = public.expiry_notice(today) {
                        eprintln!("warning: key {kid} {notice}");
                    }
                }
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}

fn date(text: &str) -> Result<CalendarDate, &'static str> {
    text.parse().map_err(|_| "give a day of the calendar as YYYY-MM-DD")
}

fn try_pair(private: &[PrivateKey], public: &PublicKey) -> Result<(), CommandError> {
    const TRIAL: &[u8] = b"trial";
    let envelope = seal(TRIAL, Uuid::nil(), std::slice::from_ref(public))?;
    let unsealed = unseal(&envelope, private)
        .map_err(|error| CommandError::Trial { kid: public.kid.clone(), error })?;
    if unsealed.payload == TRIAL {
        Ok(())
    } else {
        Err(io::Error::other("the trial came out altered").into())
    }
}
