//! The headings of an article: one below another, each with a name and an id of its own.

use std::collections::{HashMap, HashSet};

/// Ids that the page itself gives, and what they begin with.
const TAKEN: [&str; 3] = ["content", "references", "recent-articles"];
const TAKEN_FROM: [&str; 8] =
    ["answer-", "assessment-", "cite-", "display-", "figure-", "quick-links-", "ref-", "request-"];
/// Behind the id of a section: its heading's.
const HEADING: &str = "-heading";

/// Filled while an article is read.
pub(super) struct Headings {
    level: usize,
    /// Lines in which a name and an id stand.
    names: HashMap<String, usize>,
    ids: HashMap<String, usize>,
}

impl Headings {
    /// Under the title.
    pub(super) fn new() -> Self {
        Self { level: 1, names: HashMap::new(), ids: HashMap::new() }
    }

    /// Adds a heading; returns what is wrong with it.
    pub(super) fn add(
        &mut self,
        level: usize,
        name: &str,
        id: Option<&str>,
        line: usize,
    ) -> Vec<String> {
        let mut wrong = Vec::new();
        if level == 1 {
            wrong.push("the title stands in the front matter; begin headings with ##".to_owned());
        } else if level > self.level + 1 {
            let expected = "#".repeat(self.level + 1);
            wrong.push(format!("a heading level is skipped; use {expected}"));
        } else if level > 4 {
            wrong.push("headings go down to ####; make this a paragraph".to_owned());
        }
        self.level = level;
        if name.trim().is_empty() {
            wrong.push("a heading needs a text".to_owned());
        } else if let Some(other) = self.names.insert(name.to_lowercase(), line) {
            wrong.push(format!(
                "two headings are called \"{name}\", here and in line {other}; give each its own name"
            ));
        }
        match id {
            None if level == 2 => {
                wrong.push("a section needs an id for its link: ## Heading {#some-id}".to_owned());
            }
            None => {}
            Some(id) => wrong.extend(self.add_id(id, line)),
        }
        wrong
    }

    fn add_id(&mut self, id: &str, line: usize) -> Option<String> {
        let kebab = |it: char| it.is_ascii_lowercase() || it.is_ascii_digit() || it == '-';
        if !id.chars().all(kebab) {
            return Some(format!("the id \"{id}\" may hold only small letters, digits and dashes"));
        }
        let taken = TAKEN.contains(&id)
            || TAKEN_FROM.iter().any(|start| id.starts_with(start))
            || id.ends_with(HEADING);
        if taken {
            return Some(format!("the page itself uses ids such as \"{id}\"; take another"));
        }
        let other = self.ids.insert(id.to_owned(), line)?;
        Some(format!("two headings have the id \"{id}\", here and in line {other}"))
    }

    /// Their ids.
    pub(super) fn into_ids(self) -> HashSet<String> {
        self.ids.into_keys().collect()
    }
}
