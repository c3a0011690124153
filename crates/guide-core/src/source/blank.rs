//! Texts that say nothing: whoever empties one means to leave it out, and the page would show a gap.

use toml::de::{DeTable, DeValue};

use super::{Mistake, line_at};

/// Every empty text of a file that can be read.
pub(super) fn mistakes(file: &str, text: &str) -> Vec<Mistake> {
    let mut offsets = Vec::new();
    if let Ok(table) = DeTable::parse(text) {
        in_table(table.get_ref(), &mut offsets);
    }
    let mistake = |offset: usize| Mistake {
        file: file.to_owned(),
        line: line_at(text, offset),
        reason: "this text is empty; write what people are to read, or remove it with its name"
            .to_owned(),
    };
    offsets.into_iter().map(mistake).collect()
}

fn in_table(table: &DeTable<'_>, offsets: &mut Vec<usize>) {
    for value in table.values() {
        in_value(value.get_ref(), value.span().start, offsets);
    }
}

fn in_value(value: &DeValue<'_>, offset: usize, offsets: &mut Vec<usize>) {
    match value {
        DeValue::String(text) if text.trim().is_empty() => offsets.push(offset),
        DeValue::Table(table) => in_table(table, offsets),
        DeValue::Array(array) => {
            for entry in array.iter() {
                in_value(entry.get_ref(), entry.span().start, offsets);
            }
        }
        _ => {}
    }
}
