//! Content files (TOML) read so that every mistake names file, line, reason and what to do.
//!
//! The files deserialize into the same plain types that travel to the browser. A check of such a
//! value points at what is wrong by its [`Path`]; the line is looked up in the text afterwards, so
//! the types need not carry positions.

mod explain;
mod mistake;
mod path;
mod texts;

use serde::de::DeserializeOwned;
use toml::de::DeTable;

pub use mistake::{Mistake, line_at};
pub use path::Path;
pub use texts::marked;

/// A problem of a value that was read, found by its own check. With its line it is a [`Mistake`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The part that is wrong.
    pub path: Path,
    /// Why, and what to do, in one or two sentences for the author of the file.
    pub reason: String,
}

/// The check of a content file's type, beyond its shape.
pub trait Check {
    /// All problems; none if the value can be used.
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
    // A text that is no TOML has no value, and so no problems; else they would stand in line 1.
    let table = DeTable::parse(text).ok();
    let line = |path: &Path| table.as_ref().map_or(0, |table| path.offset(table.get_ref()));
    let mistake = |Problem { path, reason }: Problem| Mistake {
        file: file.to_owned(),
        line: line_at(text, line(&path)),
        reason,
    };
    problems.into_iter().map(mistake).collect()
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
