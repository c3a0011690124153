//! `take-along.toml`: questions to take along to a clinic.

use guide_core::source::{Check, Path, Problem, check_ids};
use serde::Deserialize;

use crate::content::words::words;

/// The whole file.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct TakeAlong {
    /// Names the lines to write on.
    pub answer: String,
    /// Buttons.
    pub buttons: TakeAlongButtons,
    /// In the order of the page.
    pub groups: Vec<QuestionGroup>,
}

words! {
    /// `[buttons]`
    TakeAlongButtons {
        print,
    }
}

/// `[[groups]]`
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct QuestionGroup {
    /// A name for the program.
    pub id: String,
    /// The subject of its questions.
    pub title: String,
    /// The questions.
    pub questions: Vec<String>,
}

impl Check for TakeAlong {
    fn problems(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        let list = Path::default().key("groups");
        check_ids(&list, self.groups.iter().map(|it| it.id.as_str()), &mut problems);
        for (index, group) in self.groups.iter().enumerate() {
            if group.questions.is_empty() {
                let path = list.index(index).key("questions");
                let reason = "a group has questions; write one, or remove the group".to_owned();
                problems.push(Problem { path, reason });
            }
        }
        problems
    }
}
