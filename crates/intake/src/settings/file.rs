//! Settings from a TOML file.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use guide_core::source::line_at;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::setting::Setting;
use super::source::{Given, Mistake, Source};

/// The settings in a file, as far as it can be read, and every mistake in its form.
#[derive(Debug, Default)]
pub(super) struct SettingsFile {
    /// The settings given, by their names.
    pub given: BTreeMap<String, Given>,
    /// Names that are no setting, values of a wrong type, and errors of TOML.
    pub mistakes: Vec<Mistake>,
}

/// Reads a file. The parser of `toml` gives positions, so each mistake gets its line.
pub(super) fn read(path: &Path) -> SettingsFile {
    let file = path.display().to_string();
    let mut read = SettingsFile::default();
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) => {
            read.mistakes.push(Mistake { place: file, reason: error.to_string() });
            return read;
        }
    };
    let settings = Setting::all();
    let (table, errors) = DeTable::parse_recoverable(&text);
    let place = |offset| format!("{file}:{}", line_at(&text, offset));
    read.mistakes.extend(errors.iter().map(|error| Mistake {
        place: place(error.span().map_or(0, |span| span.start)),
        reason: error.message().replace('\n', " "),
    }));
    for (key, value) in table.get_ref() {
        let (name, offset) = (key.get_ref(), key.span().start);
        let words = match settings.iter().find(|setting| setting.name() == name) {
            Some(setting) => words(setting, value.get_ref()),
            None => Err(format!("there is no setting \"{name}\"")),
        };
        match words {
            Ok(words) => {
                let source = Source::File { file: file.clone(), line: line_at(&text, offset) };
                read.given.insert(name.to_string(), Given { words, source });
            }
            Err(reason) => read.mistakes.push(Mistake { place: place(offset), reason }),
        }
    }
    read
}

/// The words of a value, as they would be given on the command line.
fn words(setting: &Setting, value: &DeValue<'_>) -> Result<Vec<String>, String> {
    let words = match value {
        DeValue::String(text) => Some(vec![text.to_string()]),
        DeValue::Integer(number) => Some(vec![number.as_str().to_owned()]),
        DeValue::Array(entries) => {
            let text = |entry: &Spanned<DeValue<'_>>| entry.get_ref().as_str().map(str::to_owned);
            entries.iter().map(text).collect()
        }
        _ => None,
    };
    words.ok_or_else(|| format!("{}: takes a text, a number or a list", setting.name()))
}
