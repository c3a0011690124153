//! `intake check`.

use std::io::Write;
use std::process::ExitCode;

use super::{CommandError, today};
use crate::settings::{Setting, Settings, Sources, without_password};

/// Prints each setting, what holds and where it comes from, then what will be a mistake soon, then
/// every mistake.
pub(super) fn run(sources: &Sources, out: &mut impl Write) -> Result<ExitCode, CommandError> {
    for setting in Setting::ALL {
        let given = sources.given(setting);
        let words = match setting {
            Setting::Database => given.words.iter().map(|it| without_password(it)).collect(),
            _ => given.words,
        };
        let words = if words.is_empty() { "-".to_owned() } else { words.join(" ") };
        writeln!(out, "{:16}{words:40}  {}", setting.name(), given.origin)?;
    }
    let settings = Settings::from_sources(sources).map_err(CommandError::Settings)?;
    for (kid, notice) in settings.keys.expiring(today()) {
        eprintln!("warning: key {kid} {notice}");
    }
    Ok(ExitCode::SUCCESS)
}
