//! Content files (TOML) read so that every mistake names file, line, reason and what to do.
//!
//! The files deserialize into the same plain types that travel to the browser. A check of such a
//! value points at what is wrong by its [`Path`]; the line is looked up in the text afterwards, so
//! the types need not carry positions.

mod explain;
mod texts;

use std::fmt;

use serde::de::DeserializeOwned;
use toml::de::{DeTable, DeValue};

/// Where in a file something stands: keys and indices from the top.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Path(Vec<Step>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Step {
    Key(String),
    Index(usize),
}

impl Path {
    /// The path of this key below here.
    #[must_use]
    pub fn key(&self, name: &str) -> Self {
        self.with(Step::Key(name.to_owned()))
    }

    /// The path of this list entry below here, counted from 0.
    #[must_use]
    pub fn index(&self, index: usize) -> Self {
        self.with(Step::Index(index))
    }

    fn with(&self, step: Step) -> Self {
        let mut steps = self.0.clone();
        steps.push(step);
        Self(steps)
    }

    /// The byte at which the deepest part of this path that exists begins.
    fn offset(&self, table: &DeTable<'_>) -> usize {
        let mut offset = 0;
        let mut here: Option<&DeValue<'_>> = None;
        for step in &self.0 {
            let next = match (step, here) {
                (Step::Key(key), None) => table.get_key_value(key.as_str()),
                (Step::Key(key), Some(DeValue::Table(table))) => table.get_key_value(key.as_str()),
                (Step::Index(index), Some(DeValue::Array(array))) => {
                    let Some(entry) = array.get(*index) else { break };
                    offset = entry.span().start;
                    here = Some(entry.get_ref());
                    continue;
                }
                _ => None,
            };
            let Some((key, value)) = next else { break };
            offset = key.span().start;
            here = Some(value.get_ref());
        }
        offset
    }
}

/// Something wrong with a value, found by its own check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// What is wrong.
    pub path: Path,
    /// Why, and what to do, in one or two sentences for the author of the file.
    pub reason: String,
}

/// A mistake in a content file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// The file, as it was named to [`parse`].
    pub file: String,
    /// Counted from 1.
    pub line: usize,
    /// Why, and what to do.
    pub reason: String,
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.reason)
    }
}

/// What a content file's type can find wrong with itself beyond its shape.
pub trait Check {
    /// All problems; none where the value can be used.
    fn problems(&self) -> Vec<Problem>;
}

/// A text that does not fit the type it is read as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// The byte at which it no longer fits.
    pub offset: usize,
    /// Why, and what to do.
    pub reason: String,
}

/// Reads TOML and checks no more than its shape.
///
/// # Errors
/// The first thing that does not fit, explained for somebody who does not know TOML.
pub fn read<T: DeserializeOwned>(text: &str) -> Result<T, Unreadable> {
    toml::from_str(text).map_err(|error| {
        let offset = error.span().map_or(0, |span| span.start);
        Unreadable { offset, reason: explain::explain(text, offset, error.message()) }
    })
}

/// Reads and checks a content file.
///
/// # Errors
/// Every mistake found: one for a text that does not fit the type (an unknown or missing field, a
/// wrong kind of value), else all that the value's own check finds and all texts that are empty or
/// have marks, in the order of the file.
pub fn parse<T: DeserializeOwned + Check>(file: &str, text: &str) -> Result<T, Vec<Mistake>> {
    let value: T = read(text).map_err(|Unreadable { offset, reason }| {
        vec![Mistake { file: file.to_owned(), line: line_at(text, offset), reason }]
    })?;
    let mut mistakes = locate(file, text, value.problems());
    for mistake in texts::mistakes(file, text) {
        // The check of the value knows better what is missing there.
        if mistakes.iter().all(|it| it.line != mistake.line) {
            mistakes.push(mistake);
        }
    }
    if mistakes.is_empty() {
        return Ok(value);
    }
    mistakes.sort_by_key(|mistake| mistake.line);
    Err(mistakes)
}

/// The problems of a value that was read from `text`, with the lines in which they stand.
pub fn locate(file: &str, text: &str, problems: Vec<Problem>) -> Vec<Mistake> {
    let table = DeTable::parse(text).ok();
    let line = |path: &Path| table.as_ref().map_or(0, |table| path.offset(table.get_ref()));
    let mistake = |Problem { path, reason }: Problem| Mistake {
        file: file.to_owned(),
        line: line_at(text, line(&path)),
        reason,
    };
    problems.into_iter().map(mistake).collect()
}

/// The line, counted from 1, in which the byte at `offset` stands.
pub fn line_at(text: &str, offset: usize) -> usize {
    text.bytes().take(offset).filter(|byte| *byte == b'\n').count() + 1
}

/// Reports ids that are not kebab-case or not unique. `list` is the path of the list whose entries
/// have them.
pub fn check_ids<'a>(list: &Path, ids: impl Iterator<Item = &'a str>, problems: &mut Vec<Problem>) {
    let mut seen: Vec<&str> = Vec::new();
    for (index, id) in ids.enumerate() {
        let path = list.index(index).key("id");
        let kebab = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if id.is_empty() || !id.chars().all(kebab) {
            let reason = format!("the id \"{id}\" may hold only small letters, digits and dashes");
            problems.push(Problem { path: path.clone(), reason });
        }
        if seen.contains(&id) {
            let reason = format!("duplicate id \"{id}\"; give each entry an id of its own");
            problems.push(Problem { path, reason });
        }
        seen.push(id);
    }
}
