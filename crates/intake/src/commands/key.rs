//! `intake key`.

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Subcommand};
use guide_core::key::PublicKey;
use guide_core::request::form::CalendarDate;
use serde::Serialize;
use uuid::Uuid;

use super::error::CommandError;
use super::rewrap::{RewrapFlags, rewrap};
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
        #[command(flatten)]
        files: NewFiles,
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
    /// Print the public keys of private ones, for clinic.toml
    Public {
        #[command(flatten)]
        private: KeyFlags,
    },
    /// Change the passphrase of a private key, or give it one; the key stays the same
    Passphrase {
        /// File of the private key; it is replaced
        #[arg(long, value_name = "FILE")]
        private: PathBuf,
        /// File that holds the passphrase in force; without it you are asked
        #[arg(long, value_name = "FILE")]
        passphrase_file: Option<PathBuf>,
        /// File that holds the new passphrase; without it you are asked
        #[arg(long, value_name = "FILE")]
        new_passphrase_file: Option<PathBuf>,
    },
    /// Split a private key into three shares, of which any two make it again
    Split {
        /// File of the private key; it stays as it is
        #[arg(long, value_name = "FILE")]
        private: PathBuf,
        /// File that holds its passphrase; without it you are asked
        #[arg(long, value_name = "FILE")]
        passphrase_file: Option<PathBuf>,
        /// Folder for the files
        #[arg(long, value_name = "FOLDER")]
        out: PathBuf,
        /// Beginning of the files' names
        #[arg(long, default_value = "recovery", value_parser = name)]
        name: String,
    },
    /// Make a private key again from two of its shares
    Combine {
        /// File of a share; given twice
        #[arg(long, value_name = "FILE", required = true)]
        share: Vec<PathBuf>,
        #[command(flatten)]
        files: NewFiles,
    },
    /// Make stored requests openable by another key too, on the clinic's computer; what it writes is added
    /// to them by `intake add-recipients` on the server
    Rewrap(RewrapFlags),
}

/// The files of a pair of keys that are written.
#[derive(Args, Debug)]
pub(super) struct NewFiles {
    /// Folder for the two files; made where there is none
    #[arg(long, value_name = "FOLDER")]
    out: PathBuf,
    /// Beginning of the files' names
    #[arg(long, default_value = "clinic", value_parser = name)]
    name: String,
    /// File that holds the new passphrase for the private key; without it you are asked
    #[arg(long, value_name = "FILE", conflicts_with = "no_passphrase")]
    passphrase_file: Option<PathBuf>,
    /// Write the private key unprotected; for development only
    #[arg(long)]
    no_passphrase: bool,
}

impl NewFiles {
    /// Writes the keys that `make` makes, once a passphrase is known.
    fn write(
        self,
        make: impl FnOnce() -> Result<NewKey, CommandError>,
    ) -> Result<NewKey, CommandError> {
        let Self { out: folder, name, passphrase_file, no_passphrase } = self;
        // Before anybody types a passphrase.
        KeyFiles::new(&folder, &name)?;
        let passphrase = match no_passphrase {
            true => None,
            false => Some(PassphraseSource::new(passphrase_file).new_one()?),
        };
        let key = make()?;
        let KeyFiles { private, public } = key.write(&folder, &name, passphrase.as_deref())?;
        eprintln!("private key: {} (keep it secret, and a copy safe)", private.display());
        eprintln!("public key:  {}", public.display());
        Ok(key)
    }
}

/// The part of `clinic.toml` that names keys.
#[derive(Serialize)]
struct ClinicKeys<'a> {
    keys: Vec<&'a PublicKey>,
}

fn snippet(keys: Vec<&PublicKey>) -> Result<String, CommandError> {
    toml::to_string(&ClinicKeys { keys }).map_err(|error| CommandError::Write(error.into()))
}

impl KeyCommand {
    pub(super) fn run(self, out: &mut impl Write) -> Result<ExitCode, CommandError> {
        match self {
            Self::New { files, expires } => {
                let today = today()?;
                if expires.is_some_and(|last| last < today) {
                    return Err(CommandError::ExpiresInThePast);
                }
                let key = files.write(|| Ok(NewKey::generate(expires)?))?;
                out.write_all(snippet(vec![&key.public])?.as_bytes())?;
            }
            Self::Public { private } => {
                let keys = private.read()?;
                let keys = keys.iter().map(PrivateKey::public).collect();
                out.write_all(snippet(keys)?.as_bytes())?;
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
                    writeln!(out, "Fingerprint, as on the privacy page: {}", public.fingerprint())?;
                    if let Some(notice) = public.expiry_notice(today) {
                        eprintln!("warning: key {kid} {notice}");
                    }
                }
            }
            Self::Split { private, passphrase_file, out: folder, name } => {
                let passphrase = PassphraseSource::new(passphrase_file);
                for file in keys::split(&private, &passphrase, &folder, &name)? {
                    writeln!(out, "{}", file.display())?;
                }
                eprintln!(
                    "Any two of these files make the private key again: give each to another person, \
                     and keep no two in one place. Try `intake key combine` before you destroy {}.",
                    private.display()
                );
            }
            Self::Combine { share, files } => {
                // Before anybody types a passphrase.
                let key = keys::combine(&share)?;
                eprintln!("these are shares of the key {}", key.public.fingerprint());
                files.write(|| Ok(key))?;
            }
            Self::Rewrap(flags) => return rewrap(flags),
            Self::Passphrase { private, passphrase_file, new_passphrase_file } => {
                let old = PassphraseSource::new(passphrase_file);
                let new = PassphraseSource::new(new_passphrase_file);
                let key = keys::change_passphrase(&private, &old, &new)?;
                writeln!(out, "{} has the new passphrase.", private.display())?;
                eprintln!(
                    "Copies of this file stay as they were: destroy them, and make new ones. If somebody \
                     may have had a copy that they could open, rotate the key {}.",
                    key.public().kid
                );
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}

fn name(text: &str) -> Result<String, &'static str> {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
    match !text.is_empty() && text.bytes().all(fits) {
        true => Ok(text.to_owned()),
        false => Err("a name has letters, digits, dashes and underscores only"),
    }
}

fn date(text: &str) -> Result<CalendarDate, &'static str> {
    text.parse().map_err(|_| "give a day of the calendar as YYYY-MM-DD")
}

fn try_pair(private: &[PrivateKey], public: &PublicKey) -> Result<(), CommandError> {
    const TRIAL: &[u8] = b"trial";
    let envelope = seal(TRIAL, Uuid::nil(), std::slice::from_ref(public))?;
    let unsealed = unseal(&envelope, &[], private)
        .map_err(|error| CommandError::Trial { kid: public.kid.clone(), error })?;
    if unsealed.payload == TRIAL {
        Ok(())
    } else {
        Err(io::Error::other("the trial came out altered").into())
    }
}
