//! What an open page is told: the version of the site, mistakes, and what else its author should know.

use std::fmt;

use serde::Serialize;

use super::super::Error;
use crate::content::{ContentError, Explained};

/// The headline where there is no mistake.
const NO_REQUESTS: &str = "Preview: no request can be sent from here";
/// Said by a page that has lost the preview.
const STOPPED: &str = "The preview was stopped, and this page no longer follows the text. Start it again: \
    guide preview";

/// The state of the preview, for the script in open pages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Report {
    /// Of the site; `None` if there was none without a mistake yet.
    version: Option<String>,
    /// One line for all of it.
    headline: String,
    /// All mistakes.
    mistakes: Vec<Entry>,
    /// What the build would warn of or still refuse.
    notes: Vec<String>,
    /// For the time when the preview is gone.
    stopped: &'static str,
}

/// A mistake, as `check` prints it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct Entry {
    /// File and line; empty for what is in no file.
    place: String,
    /// Why, and what to do.
    reason: String,
    /// The line itself.
    line: Option<String>,
}

impl From<Explained<'_>> for Entry {
    fn from(it: Explained<'_>) -> Self {
        let place = format!("{}:{}", it.mistake.file, it.mistake.line);
        Self { place, reason: it.mistake.reason.clone(), line: it.line }
    }
}

impl Report {
    /// Of a site without a mistake. `unready` keeps it from being built for patients.
    pub fn of_site(version: &str, warnings: Vec<String>, unready: Option<ContentError>) -> Self {
        let unready = unready.into_iter().flat_map(|it| it.0);
        let mut notes: Vec<String> =
            unready.map(|it| format!("Before it can be built: {it}")).collect();
        notes.extend(warnings);
        let headline = match notes.len() {
            0 => NO_REQUESTS.to_owned(),
            1 => format!("{NO_REQUESTS}. 1 note"),
            count => format!("{NO_REQUESTS}. {count} notes"),
        };
        Self {
            version: Some(version.to_owned()),
            headline,
            mistakes: Vec::new(),
            notes,
            stopped: STOPPED,
        }
    }

    /// Of what stops a site from being rendered. `version` is that of the site which is still shown.
    pub fn of_error(version: Option<&str>, error: &Error) -> Self {
        let mistakes = match error {
            Error::Content(error) => error.explained().map(Entry::from).collect(),
            other => vec![Entry { place: String::new(), reason: other.to_string(), line: None }],
        };
        let count = match mistakes.len() {
            1 => "1 mistake".to_owned(),
            count => format!("{count} mistakes"),
        };
        let headline = match version {
            Some(_) => format!("{count}: the page below is as it was before"),
            None => format!("{count}: the guide is shown here once nothing is left to mend"),
        };
        let version = version.map(str::to_owned);
        Self { version, headline, mistakes, notes: Vec::new(), stopped: STOPPED }
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for note in &self.notes {
            writeln!(f, "{note}")?;
        }
        for Entry { place, reason, line } in &self.mistakes {
            let colon = if place.is_empty() { "" } else { ": " };
            writeln!(f, "{place}{colon}{reason}")?;
            if let Some(line) = line {
                writeln!(f, "    {line}")?;
            }
        }
        f.write_str(&self.headline)
    }
}
