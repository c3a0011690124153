//! Who gave which setting.

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

use super::{Setting, environment, file};

/// Where a setting's value comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
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
    /// A flag of the command line.
    Flag(Setting),
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Default => f.write_str("default"),
            Self::File { file, line } => write!(f, "{file}:{line}"),
            Self::Environment(variable) => f.write_str(variable),
            Self::Flag(setting) => write!(f, "--{}", setting.name().replace('_', "-")),
        }
    }
}

/// A setting as it was given, not understood yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    /// The values; most settings take one, none stands for "not set".
    pub words: Vec<String>,
    /// Who gave them.
    pub origin: Origin,
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

/// What one layer (file, environment, flags) gives.
pub(super) type Layer = BTreeMap<Setting, Given>;

/// The layers, put over each other.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    given: Layer,
    mistakes: Vec<Mistake>,
}

impl Sources {
    /// Puts flags over environment over file. `variables` are those of the environment; the file
    /// is `config`, else the one that the variable `INTAKE_CONFIG` names, else none.
    pub fn gather(
        config: Option<&Path>,
        flags: Vec<(Setting, Vec<String>)>,
        variables: impl Iterator<Item = (String, String)>,
    ) -> Self {
        let environment = environment::read(variables);
        let mut sources = Self::default();
        if let Some(config) = config.or(environment.config.as_deref()) {
            (sources.given, sources.mistakes) = file::read(config);
        }
        sources.given.extend(environment.layer);
        let flag = |(setting, words)| (setting, Given { words, origin: Origin::Flag(setting) });
        sources.given.extend(flags.into_iter().map(flag));
        sources
    }

    /// What holds for a setting.
    pub fn given(&self, setting: Setting) -> Given {
        self.given.get(&setting).cloned().unwrap_or_else(|| Given {
            words: setting.default_words().iter().map(|word| (*word).to_owned()).collect(),
            origin: Origin::Default,
        })
    }

    /// Mistakes that are no single value's: a file that cannot be read, a name that is none.
    pub fn mistakes(&self) -> &[Mistake] {
        &self.mistakes
    }

    /// A setting understood; `None` where it cannot be, which is noted in `mistakes`.
    pub(super) fn value<T>(
        &self,
        setting: Setting,
        parse: impl Fn(&[String]) -> Result<T, Vec<String>>,
        mistakes: &mut Vec<Mistake>,
    ) -> Option<T> {
        let Given { words, origin } = self.given(setting);
        let place = match origin {
            Origin::Default => setting.name().to_owned(),
            Origin::File { .. } => format!("{origin}: {}", setting.name()),
            Origin::Environment(_) | Origin::Flag(_) => origin.to_string(),
        };
        parse(&words)
            .map_err(|reasons| {
                let mistake = |reason| Mistake { place: place.clone(), reason };
                mistakes.extend(reasons.into_iter().map(mistake));
            })
            .ok()
    }
}
