//! The sources of settings, by precedence.

use std::collections::HashMap;
use std::path::PathBuf;

use super::file;
use super::setting::Setting;
use super::source::{Flags, Given, Mistake, Source};

/// The words in force for all settings, and mistakes in the settings file.
#[derive(Clone, Debug)]
pub struct Sources {
    in_force: Vec<InForce>,
    mistakes: Vec<Mistake>,
}

/// A setting, and the words in force for it.
#[derive(Clone, Debug)]
pub struct InForce {
    /// The setting.
    pub setting: Setting,
    /// The words, and their source.
    pub given: Given,
}

impl Sources {
    /// Gathers all settings: a flag takes precedence over a variable of the environment, that over the
    /// file, and that over the default. The file is that of the flags, else that of the variable
    /// `INTAKE_CONFIG`, else none.
    ///
    /// An empty variable counts as not given, which clap's own reading of variables does not offer.
    /// Variables that name no setting are no mistakes: Kubernetes makes some that begin with
    /// `INTAKE_` for a service of that name.
    pub fn gather(flags: Flags, variables: impl Iterator<Item = (String, String)>) -> Self {
        let variables: HashMap<String, String> =
            variables.filter(|(_, value)| !value.is_empty()).collect();
        let config = flags.config.or_else(|| variables.get("INTAKE_CONFIG").map(PathBuf::from));
        let mut file = config.map(|file| file::read(&file)).unwrap_or_default();
        let in_force = Setting::all().into_iter().map(|setting| {
            let by_flag = flags.words.get(setting.name());
            let by_variable = variables.get(&setting.variable());
            let given = if let Some(words) = by_flag {
                Given { words: words.clone(), source: Source::Flag(setting.flag()) }
            } else if let Some(value) = by_variable {
                let words = setting.words_of_variable(value);
                Given { words, source: Source::Environment(setting.variable()) }
            } else if let Some(given) = file.given.remove(setting.name()) {
                given
            } else {
                Given { words: setting.default_words(), source: Source::Default }
            };
            InForce { setting, given }
        });
        Self { in_force: in_force.collect(), mistakes: file.mistakes }
    }

    /// All settings, in the order of their declaration.
    pub fn in_force(&self) -> &[InForce] {
        &self.in_force
    }

    /// The words in force for the setting of a name; `None` where there is none of that name.
    pub fn given(&self, name: &str) -> Option<&Given> {
        self.in_force.iter().find(|it| it.setting.name() == name).map(|it| &it.given)
    }

    /// Mistakes of no single value: a file that cannot be read, an unknown name.
    pub fn mistakes(&self) -> &[Mistake] {
        &self.mistakes
    }
}

impl InForce {
    /// The place of a mistake in these words.
    pub(super) fn place(&self) -> String {
        let (source, name) = (&self.given.source, self.setting.name());
        match source {
            Source::Default => name.to_owned(),
            Source::File { .. } => format!("{source}: {name}"),
            Source::Environment(_) | Source::Flag(_) => source.to_string(),
        }
    }
}
