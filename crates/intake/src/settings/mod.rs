//! What the program is told.
//!
//! A setting can come from a flag (`--frame-ancestors`), from the environment
//! (`INTAKE_FRAME_ANCESTORS`) or from one TOML file (`frame_ancestors`); the first of these that
//! names it holds, else its default. Paths are relative to the working directory.

mod environment;
mod file;
mod flags;
mod source;
mod value;

use std::net::SocketAddr;
use std::path::PathBuf;

use crate::keys::KnownKeys;

pub use flags::{ServiceFlags, StoreFlags};
pub use source::{Given, Mistake, Origin, Sources};
pub use value::{Database, FrameAncestors, PostgresAddress, without_password};

/// The settings there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Setting {
    /// Address and port to listen on.
    Listen,
    /// Where requests are stored.
    Database,
    /// Folder of the built pages.
    Site,
    /// Files of the public keys that requests may be sealed for.
    Keys,
    /// Who may show the pages in a frame.
    FrameAncestors,
    /// For how long browsers insist on TLS.
    Hsts,
}

impl Setting {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Listen, Self::Database, Self::Site, Self::Keys, Self::FrameAncestors, Self::Hsts];

    /// Its name in the file.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Listen => "listen",
            Self::Database => "database",
            Self::Site => "site",
            Self::Keys => "keys",
            Self::FrameAncestors => "frame_ancestors",
            Self::Hsts => "hsts",
        }
    }

    /// The setting of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|setting| setting.name() == name)
    }

    /// What holds where nobody gives it.
    const fn default_words(self) -> &'static [&'static str] {
        match self {
            Self::Listen => &["127.0.0.1:8080"],
            Self::Database => &["sqlite:intake.db"],
            Self::FrameAncestors => &["'self'"],
            Self::Site | Self::Keys | Self::Hsts => &[],
        }
    }
}

/// What the service runs with. Every value can be used: files were read, folders were there.
#[derive(Clone, Debug)]
pub struct Settings {
    /// See [`Setting::Listen`].
    pub listen: SocketAddr,
    /// See [`Setting::Database`].
    pub database: Database,
    /// See [`Setting::Site`]; without it only the interface is served.
    pub site: Option<PathBuf>,
    /// What the files of [`Setting::Keys`] hold: at least one key.
    pub keys: KnownKeys,
    /// See [`Setting::FrameAncestors`].
    pub frame_ancestors: FrameAncestors,
    /// Seconds of `Strict-Transport-Security`; without it the header is not sent.
    pub hsts: Option<u32>,
}

impl Settings {
    /// The settings that hold.
    ///
    /// # Errors
    /// Every mistake in any of them.
    pub fn from_sources(sources: &Sources) -> Result<Self, Vec<Mistake>> {
        let mut mistakes = sources.mistakes().to_vec();
        let listen = sources.value(Setting::Listen, value::address, &mut mistakes);
        let database = database_of(sources, &mut mistakes);
        let site = sources.value(Setting::Site, value::folder, &mut mistakes);
        let keys = sources.value(Setting::Keys, value::keys, &mut mistakes);
        let frame_ancestors =
            sources.value(Setting::FrameAncestors, FrameAncestors::parse, &mut mistakes);
        let hsts = sources.value(Setting::Hsts, value::seconds, &mut mistakes);
        match (listen, database, site, keys, frame_ancestors, hsts) {
            (
                Some(listen),
                Some(database),
                Some(site),
                Some(keys),
                Some(frame_ancestors),
                Some(hsts),
            ) if mistakes.is_empty() => {
                Ok(Self { listen, database, site, keys, frame_ancestors, hsts })
            }
            _ => Err(mistakes),
        }
    }
}

/// The database alone, for commands that need nothing else.
///
/// # Errors
/// Every mistake in it and in the file as a whole.
pub fn database(sources: &Sources) -> Result<Database, Vec<Mistake>> {
    let mut mistakes = sources.mistakes().to_vec();
    match database_of(sources, &mut mistakes) {
        Some(database) if mistakes.is_empty() => Ok(database),
        _ => Err(mistakes),
    }
}

fn database_of(sources: &Sources, mistakes: &mut Vec<Mistake>) -> Option<Database> {
    let parse = match sources.given(Setting::Database).origin {
        Origin::Flag(_) => Database::parse_in_the_open,
        _ => Database::parse,
    };
    sources.value(Setting::Database, parse, mistakes)
}
