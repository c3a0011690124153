//! Gaps in the sentences, `{name}`: one that the app does not fill would be shown as it is written, and a sentence
//! without one that it needs would not say enough.

use guide_core::source::{Check, Path, Problem};
use serde_json::Value;

use super::words::InboxWords;

/// A sentence with gaps: table, key, the gaps that it needs, and those that it may have besides.
type Gaps = (&'static str, &'static str, &'static [&'static str], &'static [&'static str]);

const GAPS: &[Gaps] = &[
    ("site", "title", &["clinic"], &[]),
    ("site", "title-new", &["number", "clinic"], &[]),
    ("list", "number", &["number"], &[]),
    ("list", "found", &["number"], &[]),
    ("list", "opened", &["number"], &[]),
    ("list", "other-keys", &["number"], &[]),
    ("list", "damaged", &["number"], &[]),
    ("list", "garbage", &["number"], &[]),
    ("request", "arrived", &["when", "age"], &[]),
    ("request", "held-by", &["name"], &[]),
    ("request", "call-extension", &["number"], &[]),
    ("request", "mail-subject", &["reference"], &["clinic"]),
    ("request", "mail-body", &["reference"], &["clinic"]),
    ("request", "sms-body", &["reference"], &["clinic"]),
    ("request", "matter-much", &["matter"], &[]),
    ("request", "matter-some", &["matter"], &[]),
    ("request", "unknown-id", &["id"], &[]),
    ("request", "tried-often", &["number"], &[]),
    ("request", "on", &["when"], &[]),
    ("request", "came", &["when"], &[]),
    ("request", "note-by", &["who", "when"], &[]),
    ("states", "claimed", &["name"], &[]),
    ("states", "tried", &["name"], &[]),
    ("states", "reached", &["name"], &[]),
    ("states", "booked", &["name"], &[]),
    ("states", "declined", &["name"], &[]),
    ("states", "closed", &["name"], &[]),
    ("states", "junk", &["name"], &[]),
    ("states", "done-handed-over", &["name"], &[]),
    ("states", "step-new", &["who"], &[]),
    ("states", "step-claimed", &["who"], &[]),
    ("states", "step-handed-over", &["who", "name"], &[]),
    ("states", "step-tried", &["who"], &[]),
    ("states", "step-reached", &["who"], &[]),
    ("states", "step-booked", &["who"], &[]),
    ("states", "step-declined", &["who"], &[]),
    ("states", "step-closed", &["who"], &[]),
    ("states", "step-junk", &["who"], &[]),
    ("appointment", "summary", &["reference"], &["clinic"]),
    ("appointment", "description", &["reference"], &["clinic"]),
    ("people", "used", &["when"], &[]),
    ("people", "until", &["day"], &[]),
    ("people", "expired", &["day"], &[]),
    ("people", "remove-what", &["name"], &[]),
    ("people", "removed", &["name"], &[]),
    ("people", "added", &["name"], &[]),
    ("health", "oldest", &["number", "when", "age"], &[]),
    ("health", "trial-by", &["when", "who"], &[]),
    ("health", "key-until", &["day"], &[]),
    ("health", "key-expired", &["day"], &[]),
    ("health", "since", &["when"], &[]),
    ("set-up", "progress", &["number", "all"], &[]),
    ("dates", "today", &["time"], &["weekday", "month", "day", "year"]),
    ("dates", "yesterday", &["time"], &["weekday", "month", "day", "year"]),
    ("dates", "this-year", &["month", "day", "time"], &["weekday", "year"]),
    ("dates", "other-year", &["month", "day", "year", "time"], &["weekday"]),
    ("dates", "date", &["month", "day", "year"], &[]),
    ("dates", "time", &["minute"], &["hour", "half", "hour24"]),
    ("dates", "age-hours", &["number"], &[]),
    ("dates", "age-days", &["number"], &[]),
];

impl Check for InboxWords {
    fn problems(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        let Ok(Value::Object(tables)) = serde_json::to_value(self) else { return problems };
        for (table, keys) in &tables {
            let Value::Object(keys) = keys else { continue };
            for (key, sentence) in keys {
                let path = || Path::default().key(table).key(key);
                let own = GAPS.iter().find(|(of, at, ..)| of == table && at == key);
                let (needed, allowed) =
                    own.map_or((&[][..], &[][..]), |(_, _, needed, allowed)| (*needed, *allowed));
                let text = sentence.to_string();
                for gap in needed.iter().filter(|gap| !text.contains(&["{", gap, "}"].concat())) {
                    let reason = format!("the sentence needs the gap {{{gap}}}");
                    problems.push(Problem { path: path(), reason });
                }
                for gap in gaps(&text).filter(|gap| !needed.contains(gap) && !allowed.contains(gap))
                {
                    let reason = format!(
                        "nothing fills the gap {{{gap}}}, so it would be shown as it is; write it without \
                         the curly brackets"
                    );
                    problems.push(Problem { path: path(), reason });
                }
            }
        }
        for (key, names, number) in
            [("weekdays", &self.dates.weekdays, 7), ("months", &self.dates.months, 12)]
        {
            if names.len() != number {
                let path = Path::default().key("dates").key(key);
                problems.push(Problem { path, reason: format!("there are {number} of them") });
            }
        }
        problems
    }
}

/// Names in curly brackets.
fn gaps(sentence: &str) -> impl Iterator<Item = &str> {
    let after = sentence.split('{').skip(1);
    after.filter_map(|rest| rest.split_once('}')).map(|(name, _)| name)
}
