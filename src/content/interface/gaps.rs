//! Gaps in sentences, `{name}`: one that the app does not fill would be shown as it is written.

use guide_core::source::{Path, Problem};
use serde::Serialize;
use serde_json::Value;

/// Parts of `interface.toml` whose every sentence may have these gaps.
const OF_PARTS: [(&[&str], &[&str]); 3] = [
    (&["assessment", "errors"], &["min", "max"]),
    (&["request", "errors"], &["max"]),
    (&["request", "labels"], &["clinic"]),
];

/// A sentence with gaps: its path in the file, the sentence, the names of the gaps.
pub(in crate::content) type Gaps<'a> = (&'a [&'a str], &'a str, &'a [&'a str]);

/// Every gap that one of these sentences lacks, and every gap in the file that nothing fills.
pub(in crate::content) fn problems(file: &impl Serialize, sentences: &[Gaps<'_>]) -> Vec<Problem> {
    let mut problems = missing(sentences);
    match serde_json::to_value(file) {
        Ok(value) => unfilled(&value, &mut Vec::new(), sentences, &mut problems),
        Err(error) => problems.push(Problem { path: Path::default(), reason: error.to_string() }),
    }
    problems
}

fn missing(sentences: &[Gaps<'_>]) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (at, sentence, needed) in sentences {
        for gap in needed.iter().filter(|gap| !sentence.contains(&["{", gap, "}"].concat())) {
            let reason = format!("the sentence needs the gap {{{gap}}}");
            problems.push(Problem { path: path(at), reason });
        }
    }
    problems
}

fn unfilled<'a>(
    value: &'a Value,
    at: &mut Vec<&'a str>,
    sentences: &[Gaps<'_>],
    problems: &mut Vec<Problem>,
) {
    match value {
        Value::Object(members) => {
            for (name, value) in members {
                at.push(name);
                unfilled(value, at, sentences, problems);
                at.pop();
            }
        }
        Value::Array(entries) => {
            entries.iter().for_each(|entry| unfilled(entry, at, sentences, problems));
        }
        Value::String(sentence) => {
            let own = sentences.iter().filter(|(path, ..)| *path == at.as_slice());
            let own = own.map(|(_, _, gaps)| *gaps);
            let of_part = OF_PARTS.iter().filter(|(part, _)| at.starts_with(part));
            let of_part = of_part.map(|(_, gaps)| *gaps);
            let allowed: Vec<&str> = own.chain(of_part).flatten().copied().collect();
            for gap in gaps(sentence).filter(|gap| !allowed.contains(gap)) {
                let there = if allowed.is_empty() { "none".to_owned() } else { allowed.join(", ") };
                let reason = format!(
                    "nothing fills the gap {{{gap}}}, so it would be shown as it is; of this sentence \
                     the app fills: {there}"
                );
                problems.push(Problem { path: path(at), reason });
            }
        }
        _ => {}
    }
}

fn path(keys: &[&str]) -> Path {
    keys.iter().fold(Path::default(), |path, key| path.key(key))
}

/// Names in curly brackets.
fn gaps(sentence: &str) -> impl Iterator<Item = &str> {
    let after = sentence.split('{').skip(1);
    after.filter_map(|rest| rest.split_once('}')).map(|(name, _)| name)
}
