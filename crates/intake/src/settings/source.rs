//! Sources of settings, and mistakes in them.

use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;

/// The source of a setting's value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// Nobody gave it.
    Default,
    /// The settings file.
    File {
        /// As it was named.
        file: String,
        /// Counted from 1.
        line: usize,
    },
    /// An environment variable, by its name.
    Environment(String),
    /// A flag of the command line, with its dashes.
    Flag(String),
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Default => f.write_str("default"),
            Self::File { file, line } => write!(f, "{file}:{line}"),
            Self::Environment(name) | Self::Flag(name) => f.write_str(name),
        }
    }
}

/// A setting as it was given, not parsed yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    /// The values; most settings take one, none stands for "not set".
    pub words: Vec<String>,
    /// The source that gave them.
    pub source: Source,
}

/// Settings given by flags.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Flags {
    /// The settings file.
    pub config: Option<PathBuf>,
    /// Words by the names of their settings.
    pub words: BTreeMap<String, Vec<String>>,
}

/// A mistake in the settings.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {reason}")]
pub struct Mistake {
    /// The file and line, variable, flag or setting.
    pub place: String,
    /// Why, and what to do.
    pub reason: String,
}
