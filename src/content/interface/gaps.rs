//! Gaps in sentences, `{name}`: one that the app does not fill would be shown as it is written.

use guide_core::source::{Path, Problem};
use serde::Serialize;
use serde_json::Value;

/// Parts of the file whose every sentence may have these gaps.
const OF_PARTS: [(&[&str], &[&str]); 3] = [
    (&["assessment", "errors"], &["min", "max"]),
    (&["request", "errors"], &["max"]),
    (&["request", "labels"], &["clinic"]),
];

/// A sentence that has gaps: its path and their names.
pub(super) type Gaps<'a> = (&'a [&'a str], &'a [&'a str]);

/// Every gap that nothing fills. `filled` are the sentences with gaps of their own.
pub(super) fn unfilled(interface: &impl Serialize, filled: &[Gaps<'_>]) -> Vec<Problem> {
    let mut problems = Vec::new();
    match serde_json::to_value(interface) {
        Ok(value) => in_value(&value, &mut Vec::new(), filled, &mut problems),
        Err(error) => problems.push(Problem { path: Path::default(), reason: error.to_string() }),
    }
    problems
}

fn in_value<'a>(
    value: &'a Value,
    at: &mut Vec<&'a str>,
    filled: &[Gaps<'_>],
    problems: &mut Vec<Problem>,
) {
    match value {
        Value::Object(members) => {
            for (name, value) in members {
                at.push(name);
                in_value(value, at, filled, problems);
                at.pop();
            }
        }
        Value::Array(entries) => {
            entries.iter().for_each(|entry| in_value(entry, at, filled, problems));
        }
        Value::String(sentence) => {
            let own = filled.iter().filter(|(path, _)| *path == at.as_slice());
            let of_part = OF_PARTS.iter().filter(|(part, _)| at.starts_with(part));
            let allowed: Vec<&str> =
                own.chain(of_part).flat_map(|(_, gaps)| *gaps).copied().collect();
            for gap in gaps(sentence).filter(|gap| !allowed.contains(gap)) {
                let path = at.iter().fold(Path::default(), |path, key| path.key(key));
                let there = if allowed.is_empty() { "none".to_owned() } else { allowed.join(", ") };
                let reason = format!(
                    "nothing fills the gap {{{gap}}}, so it would be shown as it is; of this sentence \
                     the app fills: {there}"
                );
                problems.push(Problem { path, reason });
            }
        }
        _ => {}
    }
}

/// Names in curly brackets.
fn gaps(sentence: &str) -> impl Iterator<Item = &str> {
    let after = sentence.split('{').skip(1);
    after.filter_map(|rest| rest.split_once('}')).map(|(name, _)| name)
}
