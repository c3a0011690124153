//! Settings from the command line.

use std::path::PathBuf;

use clap::{Arg, ArgMatches, Args, Command, FromArgMatches, value_parser};

use super::setting::Setting;
use super::source::Flags;
use super::sources::Sources;

/// The flag that names the settings file, which is no setting itself.
const CONFIG: &str = "config";
/// The setting that all commands share.
const DATABASE: &str = "database";

/// Flags of a command: those of all settings, or those of the database alone.
#[derive(Debug)]
pub struct CommandFlags<const ALL: bool>(Flags);

/// Flags of a command that only needs what is stored.
pub type StoreFlags = CommandFlags<false>;

/// Flags of the service.
pub type ServiceFlags = CommandFlags<true>;

impl<const ALL: bool> CommandFlags<ALL> {
    fn settings() -> Vec<Setting> {
        let mut settings = Setting::all();
        settings.retain(|setting| ALL || setting.name() == DATABASE);
        // The one that all commands share comes first in their help.
        settings.sort_by_key(|setting| setting.name() != DATABASE);
        settings
    }

    /// Gathers the settings from these flags, the process's environment and the file.
    pub fn sources(self) -> Sources {
        // A variable that is not Unicode cannot be one of ours.
        let variables = std::env::vars_os().filter_map(|(name, value)| {
            Some((name.into_string().ok()?, value.into_string().ok()?))
        });
        Sources::gather(self.0, variables)
    }
}

impl<const ALL: bool> Args for CommandFlags<ALL> {
    fn augment_args(command: Command) -> Command {
        let config = Arg::new(CONFIG)
            .long(CONFIG)
            .value_name("FILE")
            .value_parser(value_parser!(PathBuf))
            .help("Settings file (TOML) [env: INTAKE_CONFIG]");
        command.arg(config).args(Self::settings().iter().map(Setting::unparsed))
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl<const ALL: bool> FromArgMatches for CommandFlags<ALL> {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let words = Self::settings().into_iter().filter_map(|setting| {
            let words = matches.get_many::<String>(setting.name())?;
            Some((setting.name().to_owned(), words.cloned().collect()))
        });
        let config = matches.get_one(CONFIG).cloned();
        Ok(Self(Flags { config, words: words.collect() }))
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}
