//! `intake check`.

use std::io::Write;
use std::process::ExitCode;

use super::CommandError;
use crate::settings::{Setting, Settings, Sources};

/// Prints each setting, what holds and where it comes from, then every mistake.
pub(super) fn run(sources: &Sources, out: &mut impl Write) -> Result<ExitCode, CommandError> {
    for setting in Setting::ALL {
        let given = sources.given(setting);
        let words = if given.words.is_empty() { "-".to_owned() } else { given.words.join(" ") };
        writeln!(out, "{:16}{words:40}  {}", setting.name(), given.origin)?;
    }
    Settings::from_sources(sources).map_err(CommandError::Settings)?;
    Ok(ExitCode::SUCCESS)
}
