//! Settings from a TOML file.

use std::fs;
use std::path::Path;

use guide_core::source::line_at;
use toml::de::{DeTable, DeValue};

use super::Setting;
use super::source::{Given, Layer, Mistake, Origin};

/// Reads the file as far as it can be read, and every mistake in it.
pub(super) fn read(path: &Path) -> (Layer, Vec<Mistake>) {
    let file = path.display().to_string();
    let mut layer = Layer::new();
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) => return (layer, vec![Mistake { place: file, reason: error.to_string() }]),
    };
    let mistake = |offset, reason| {
        let line = line_at(&text, offset);
        Mistake { place: format!("{file}:{line}"), reason }
    };
    let (table, errors) = DeTable::parse_recoverable(&text);
    let mut mistakes: Vec<Mistake> = errors
        .iter()
        .map(|error| {
            let offset = error.span().map_or(0, |span| span.start);
            mistake(offset, error.message().replace('\n', " "))
        })
        .collect();
    for (key, value) in table.get_ref() {
        let offset = key.span().start;
        let Some(setting) = Setting::from_name(key.get_ref()) else {
            let reason = format!("there is no setting \"{}\"", key.get_ref());
            mistakes.push(mistake(offset, reason));
            continue;
        };
        match words(value.get_ref()) {
            Some(words) => {
                let origin = Origin::File { file: file.clone(), line: line_at(&text, offset) };
                layer.insert(setting, Given { words, origin });
            }
            None => {
                let reason = format!("{}: takes a text, a number or a list", setting.name());
                mistakes.push(mistake(offset, reason));
            }
        }
    }
    (layer, mistakes)
}

/// The words of a value, as they would be given on the command line.
fn words(value: &DeValue<'_>) -> Option<Vec<String>> {
    match value {
        DeValue::String(text) => Some(vec![text.to_string()]),
        DeValue::Integer(number) => Some(vec![number.as_str().to_owned()]),
        DeValue::Array(entries) => {
            let text =
                |entry: &toml::Spanned<DeValue<'_>>| entry.get_ref().as_str().map(str::to_owned);
            entries.iter().map(text).collect()
        }
        _ => None,
    }
}
