//! Places in a content file.

use toml::de::{DeTable, DeValue};

/// A place in a file: keys and indices from the top.
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
    pub(super) fn offset(&self, table: &DeTable<'_>) -> usize {
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
