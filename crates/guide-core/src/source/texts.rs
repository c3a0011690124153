//! Texts that would look broken: empty ones, which somebody meant to leave out, and those with marks
//! of Markdown or HTML, which only articles know.

use toml::de::{DeTable, DeValue};

use super::{Mistake, line_at};

/// What marks look like. In plain sentences none of these stands.
const MARKS: [&str; 5] = ["**", "](", "</", "<br", "/>"];

/// Said of a text that is empty.
const EMPTY: &str = "this text is empty; write what people are to read, or remove it with its name";
/// Said of a text with marks.
const MARKED: &str =
    "this text is shown as it is written, without bold, links or HTML; remove the marks";

/// Every such text of a file that can be read.
pub(super) fn mistakes(file: &str, text: &str) -> Vec<Mistake> {
    let mut found = Vec::new();
    if let Ok(table) = DeTable::parse(text) {
        in_table(table.get_ref(), &mut found);
    }
    let mistake = |(offset, reason): (usize, &str)| Mistake {
        file: file.to_owned(),
        line: line_at(text, offset),
        reason: reason.to_owned(),
    };
    found.into_iter().map(mistake).collect()
}

fn in_table(table: &DeTable<'_>, found: &mut Vec<(usize, &'static str)>) {
    for value in table.values() {
        in_value(value.get_ref(), value.span().start, found);
    }
}

fn in_value(value: &DeValue<'_>, offset: usize, found: &mut Vec<(usize, &'static str)>) {
    match value {
        DeValue::String(text) if text.trim().is_empty() => found.push((offset, EMPTY)),
        DeValue::String(text) if MARKS.iter().any(|mark| text.contains(mark)) => {
            found.push((offset, MARKED));
        }
        DeValue::Table(table) => in_table(table, found),
        DeValue::Array(array) => {
            for entry in array.iter() {
                in_value(entry.get_ref(), entry.span().start, found);
            }
        }
        _ => {}
    }
}
