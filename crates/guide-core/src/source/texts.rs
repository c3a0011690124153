//! Texts that would look broken: empty ones, which somebody meant to leave out, and those with marks
//! of Markdown or HTML, which only articles know. The name of the clinician who reviewed a file is empty
//! until there is one.

use toml::de::{DeTable, DeValue};

use super::mistake::{Mistake, line_at};
use crate::review;

/// Parts of marks. No plain sentence has any of them.
const MARKS: [&str; 6] = ["**", "](", "[^", "&nbsp;", "&amp;", "&#"];

/// The reason given for a text that is empty.
const EMPTY: &str = "this text is empty; write what people are to read, or remove it with its name";
/// The reason given for a text with marks.
const MARKED: &str =
    "this text is shown as it is written, without bold, links or HTML; remove the marks";

/// The reason why a text that is shown as it is written looks broken: it has marks.
pub fn marked(text: &str) -> Option<&'static str> {
    let is_tag = |(at, _): (usize, &str)| {
        text[at + 1..].starts_with(|it: char| it == '/' || it.is_ascii_alphabetic())
    };
    let has_marks = MARKS.iter().any(|mark| text.contains(mark))
        || text.match_indices('<').any(is_tag)
        || has_italics(text);
    has_marks.then_some(MARKED)
}

/// A word that begins with an asterisk, and a later one that ends with one.
fn has_italics(text: &str) -> bool {
    let mut asterisks = text.match_indices('*').map(|(at, _)| text.split_at(at));
    let begins = |(before, rest): (&str, &str)| {
        !before.ends_with(char::is_alphanumeric) && rest[1..].starts_with(char::is_alphanumeric)
    };
    asterisks.any(begins) && asterisks.any(|(before, _)| !before.ends_with(char::is_whitespace))
}

/// Every such text of a file that can be read.
pub(super) fn mistakes(file: &str, text: &str) -> Vec<Mistake> {
    let mut search = Search { file, text, found: Vec::new() };
    if let Ok(table) = DeTable::parse(text) {
        search.table(table.get_ref());
    }
    search.found
}

struct Search<'a> {
    file: &'a str,
    text: &'a str,
    found: Vec<Mistake>,
}

impl Search<'_> {
    fn table(&mut self, table: &DeTable<'_>) {
        for (name, value) in table {
            let is_empty = value.get_ref().as_str().is_some_and(|text| text.trim().is_empty());
            if !(is_empty && name.get_ref() == review::BY) {
                self.value(value.get_ref(), value.span().start);
            }
        }
    }

    fn value(&mut self, value: &DeValue<'_>, offset: usize) {
        match value {
            DeValue::String(text) if text.trim().is_empty() => self.report(offset, EMPTY),
            DeValue::String(text) => {
                if let Some(reason) = marked(text) {
                    self.report(offset, reason);
                }
            }
            DeValue::Table(table) => self.table(table),
            DeValue::Array(array) => {
                for entry in array.iter() {
                    self.value(entry.get_ref(), entry.span().start);
                }
            }
            _ => {}
        }
    }

    fn report(&mut self, offset: usize, reason: &str) {
        let (file, line) = (self.file.to_owned(), line_at(self.text, offset));
        self.found.push(Mistake { file, line, reason: reason.to_owned() });
    }
}
