//! `studies.toml`: the studies that the guide sets side by side, and the words around them.

use guide_core::source::{Check, Path, Problem, check_ids};
use serde::Deserialize;

use super::figures::places::STUDY_NAME_ROOM;
use crate::content::words::words;

/// The gap in a sentence where the number of people stands.
const PEOPLE: &str = "{people}";

/// The whole file.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Studies {
    /// Names the figure.
    pub title: String,
    /// Follows the title.
    pub note: String,
    /// Stands for the drawing where it cannot be seen.
    pub drawing: String,
    /// Under the name of a study in the drawing; has the gap `{people}`.
    pub people: String,
    /// Names of the groups.
    pub findings: FindingWords,
    /// The key of the drawing.
    pub comparison: ComparisonWords,
    /// Heads of the table.
    pub columns: ColumnWords,
    /// In the order of each group.
    pub studies: Vec<Study>,
}

words! {
    /// `[findings]`: names of the groups.
    FindingWords {
        helped,
        mixed,
        none,
    }
}

words! {
    /// `[comparison]`: whether there was a comparison group.
    ComparisonWords {
        compared,
        alone,
        review,
    }
}

words! {
    /// `[columns]`: heads of the table.
    ColumnWords {
        study,
        design,
        result,
    }
}

/// `[[studies]]`
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Study {
    /// The name of its reference.
    pub id: String,
    /// Of its first author.
    pub name: String,
    /// When it was published.
    pub year: u16,
    /// How many took part.
    pub people: u32,
    /// The group it belongs to.
    pub finding: Finding,
    /// Whether it had a comparison group; none for a review.
    pub compared: Option<bool>,
    /// It reviews other studies.
    #[serde(default)]
    pub review: bool,
    /// Who took part and how; has the gap `{people}`.
    pub design: String,
    /// What came out.
    pub result: String,
}

/// What a study found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Finding {
    /// Ketamine looked helpful.
    Helped,
    /// Some of it did, or nothing can be concluded.
    Mixed,
    /// No better than what it was compared with.
    None,
}

impl Finding {
    /// In the order of the figure.
    pub const ALL: [Self; 3] = [Self::Helped, Self::Mixed, Self::None];
}

impl Studies {
    /// Those of a group.
    pub fn of(&self, finding: Finding) -> impl Iterator<Item = &Study> {
        self.studies.iter().filter(move |study| study.finding == finding)
    }

    /// All, group by group: the order of the figure.
    pub fn in_order(&self) -> impl Iterator<Item = &Study> {
        Finding::ALL.into_iter().flat_map(|finding| self.of(finding))
    }
}

impl Check for Studies {
    fn problems(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        let gap = |path: Path| Problem {
            path,
            reason: format!("the sentence needs the gap {PEOPLE} for the number of people"),
        };
        if !self.people.contains(PEOPLE) {
            problems.push(gap(Path::default().key("people")));
        }
        let list = Path::default().key("studies");
        check_ids(&list, self.studies.iter().map(|study| study.id.as_str()), &mut problems);
        for (index, study) in self.studies.iter().enumerate() {
            let path = list.index(index);
            if !study.design.contains(PEOPLE) {
                problems.push(gap(path.key("design")));
            }
            problems.extend(study.problems(&path));
        }
        problems
    }
}

impl Study {
    fn problems(&self, path: &Path) -> Vec<Problem> {
        let mut problems = Vec::new();
        let mut report =
            |key: &str, reason: String| problems.push(Problem { path: path.key(key), reason });
        if self.people == 0 {
            report("people", "a study has people; give their number".to_owned());
        }
        if self.name.trim().is_empty() || self.name.chars().count() > STUDY_NAME_ROOM {
            let reason =
                format!("the name must fit under its mark: 1 to {STUDY_NAME_ROOM} letters");
            report("name", reason);
        }
        match (self.compared, self.review) {
            (None, false) => report(
                "compared",
                "say compared = true or false: had this study a comparison group? (For a review \
                 of other studies, say review = true instead.)"
                    .to_owned(),
            ),
            (Some(_), true) => {
                report("compared", "the studies in a review differ; leave out compared".to_owned())
            }
            _ => {}
        }
        problems
    }
}
