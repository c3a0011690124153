//! `matters.toml`: what can matter to a patient who chooses, and where the options say something of it.

use std::collections::BTreeSet;

use guide_core::source::{Check, Path, Problem, check_ids};
use serde::Deserialize;

use super::options::RowWords;
use crate::content::interface::gaps::{self, Gaps};
use crate::content::words::words;

/// The whole file.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Matters {
    /// Named in each request that includes a patient's list: another with every change of `matters`.
    pub version: String,
    /// Sentences and buttons.
    pub words: MatterWords,
    /// In the order of the page.
    pub matters: Vec<Matter>,
}

words! {
    /// `[words]`: around the matters. Gaps: `{number}`, `{matter}`, `{question}`.
    MatterWords {
        title,
        hint,
        much,
        some,
        little,
        weighed,
        none,
        summary,
        summary_note,
        none_compared,
        ask,
        up,
        up_spoken,
        moved,
        print,
        clear,
    }
}

impl MatterWords {
    /// The sentences with gaps.
    fn gaps(&self) -> [Gaps<'_>; 4] {
        [
            (&["words", "weighed"], &self.weighed, &["number"]),
            (&["words", "ask"], &self.ask, &["question"]),
            (&["words", "up-spoken"], &self.up_spoken, &["matter"]),
            (&["words", "moved"], &self.moved, &["matter", "number"]),
        ]
    }
}

/// `[[matters]]`
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Matter {
    /// A name for the program.
    pub id: String,
    /// As patients say it.
    pub name: String,
    /// Keys of the rows of `options.toml` that say something of it.
    pub rows: Vec<String>,
    /// The question to ask about it.
    pub question: String,
}

impl Matters {
    /// Rows that `options.toml` does not have.
    pub fn unknown_rows(&self, rows: &RowWords) -> Vec<Problem> {
        let mut known = rows.keys();
        // Numbers of references alone.
        known.remove("sources");
        let list = Path::default().key("matters");
        let mut problems = Vec::new();
        for (nth, matter) in self.matters.iter().enumerate() {
            for row in matter.rows.iter().filter(|row| !known.contains(*row)) {
                let all: Vec<&str> = known.iter().map(String::as_str).collect();
                let reason = format!("options have no row {row:?}; there are {}", all.join(", "));
                problems.push(Problem { path: list.index(nth).key("rows"), reason });
            }
        }
        problems
    }
}

impl Check for Matters {
    fn problems(&self) -> Vec<Problem> {
        let words = serde_json::json!({ "words": self.words });
        let mut problems = gaps::problems(&words, &self.words.gaps());
        let list = Path::default().key("matters");
        if self.version.is_empty() || self.version.contains(char::is_whitespace) {
            let reason = "write a version without spaces, such as 2026.12".to_owned();
            problems.push(Problem { path: Path::default().key("version"), reason });
        }
        check_ids(&list, self.matters.iter().map(|it| it.id.as_str()), &mut problems);
        for (nth, matter) in self.matters.iter().enumerate() {
            let rows: BTreeSet<&String> = matter.rows.iter().collect();
            if rows.is_empty() || rows.len() < matter.rows.len() {
                let reason = "name the rows that say something of it, each once".to_owned();
                problems.push(Problem { path: list.index(nth).key("rows"), reason });
            }
        }
        problems
    }
}
