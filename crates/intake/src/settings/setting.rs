//! A setting by its declaration: name, flag, variable, default and help.

use std::error::Error as _;

use clap::builder::OsStr;
use clap::{Arg, ArgAction, Command, CommandFactory as _, FromArgMatches as _, value_parser};

use super::declaration::Settings;

/// A setting, as [`Settings`] declares it.
#[derive(Clone, Debug)]
pub struct Setting(Arg);

impl Setting {
    /// All settings, in the order of their declaration.
    pub fn all() -> Vec<Self> {
        Settings::command().get_arguments().cloned().map(Self).collect()
    }

    /// Its name in the file.
    pub fn name(&self) -> &str {
        self.0.get_id().as_str()
    }

    /// Its flag on the command line.
    pub(super) fn flag(&self) -> String {
        format!("--{}", self.0.get_long().unwrap_or_else(|| self.name()))
    }

    /// Its environment variable.
    pub(super) fn variable(&self) -> String {
        format!("INTAKE_{}", self.name().to_ascii_uppercase())
    }

    /// Returns `true` if it takes a list.
    pub(super) fn is_list(&self) -> bool {
        matches!(self.0.get_action(), ArgAction::Append)
    }

    /// The words in its environment variable, where commas separate those of a list.
    pub(super) fn words_of_variable(&self, value: &str) -> Vec<String> {
        match self.is_list() {
            true => value.split(',').map(|word| word.trim().to_owned()).collect(),
            false => vec![value.to_owned()],
        }
    }

    /// The words in force if no source gives it.
    pub(super) fn default_words(&self) -> Vec<String> {
        self.0.get_default_values().iter().map(|word| word.to_string_lossy().into_owned()).collect()
    }

    /// Its flag for the command line, where any word is taken: all mistakes are found together, once
    /// the environment and the file were read.
    pub(super) fn unparsed(&self) -> Arg {
        let list = if self.is_list() { ", separated by commas" } else { "" };
        let help = self.0.get_help().map(ToString::to_string).unwrap_or_default();
        let help = format!("{help} [env: {}{list}]", self.variable());
        let help = match self.default_words().as_slice() {
            [] => help,
            words => format!("{help} [default: {}]", words.join(", ")),
        };
        let no_default: [OsStr; 0] = [];
        let unparsed =
            self.0.clone().default_values(no_default).value_parser(value_parser!(String));
        unparsed.help(help).display_order(None)
    }

    /// The reason why a word is not a value of it.
    pub(super) fn refusal(&self, word: &str) -> Option<String> {
        let command = Command::new("").no_binary_name(true).disable_help_flag(true);
        let word = format!("{}={word}", self.flag());
        let error = command.arg(self.0.clone()).try_get_matches_from([word]).err()?;
        // Without its source, clap's own message would repeat the word, which may hold a password.
        Some(error.source().map_or_else(|| "cannot be read".to_owned(), ToString::to_string))
    }
}

/// The settings that these words give: of each setting its flag, `=`, and a word in force.
pub(super) fn parse(words: Vec<String>) -> Result<Settings, clap::Error> {
    let no_default: [OsStr; 0] = [];
    let command = Settings::command().mut_args(|arg| arg.default_values(no_default.clone()));
    Settings::from_arg_matches(&command.try_get_matches_from(words)?)
}
