//! `options.toml`: the options that the page "Compare" sets side by side, and the words around them.

use std::collections::BTreeSet;

use guide_core::request::form::CalendarDate;
use guide_core::source::{Check, Path, Problem, check_ids};
use serde::Deserialize;
use serde_json::json;

use crate::content::interface::gaps::{self, Gaps};
use crate::content::words::words;

/// Of so many people a number is given.
pub const OF: u8 = 100;

/// The whole file.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Options {
    /// When the figures were last checked against their sources.
    pub checked: toml::value::Datetime,
    /// By when they are checked again.
    pub next_review: toml::value::Datetime,
    /// Names of the rows, for every option the same ones.
    pub rows: RowWords,
    /// Kinds of options.
    pub groups: GroupWords,
    /// Verdicts of the FDA.
    pub approvals: ApprovalWords,
    /// Grades of trust in the numbers.
    pub certainties: CertaintyWords,
    /// Names of the comparison groups.
    pub comparisons: ComparisonWords,
    /// Sentences and buttons around the options.
    pub words: OptionsWords,
    /// In the order of the page.
    pub options: Vec<TreatmentOption>,
}

words! {
    /// `[rows]`: names of the rows.
    RowWords {
        what,
        for_whom,
        approval,
        days,
        effect,
        soon,
        harms,
        visits,
        needles,
        home,
        driving,
        head,
        pregnancy,
        cost,
        certainty,
        sources,
    }
}

impl RowWords {
    /// The keys, as they stand in the file.
    pub fn keys(&self) -> BTreeSet<String> {
        let rows = json!(self);
        rows.as_object().into_iter().flatten().map(|(key, _)| key.clone()).collect()
    }
}

words! {
    /// `[groups]`: kinds of options.
    GroupWords {
        none,
        pill,
        shot,
        device,
        skill,
        hospital,
        clinic,
    }
}

words! {
    /// `[approvals]`: verdicts of the FDA.
    ApprovalWords {
        approved,
        in_part,
        off_label,
        none_needed,
    }
}

words! {
    /// `[certainties]`: grades of trust in the numbers.
    CertaintyWords {
        high,
        moderate,
        low,
        very_low,
        unknown,
    }
}

words! {
    /// `[comparisons]`: names of the comparison groups.
    ComparisonWords {
        placebo,
        sham,
        topiramate,
    }
}

words! {
    /// `[words]`: around the options. Gaps: `{number}`, `{rest}`, `{without}`,
    /// `{with}`, `{comparison}`, `{option}`, `{date}`, `{names}`.
    OptionsWords {
        table,
        option,
        no_number,
        without,
        with,
        both,
        drawing,
        offered,
        checked,
        next_review,
        choose,
        choose_hint,
        chosen,
        one_chosen,
        none_chosen,
        too_many,
        all,
        print,
        side_by_side,
    }
}

impl OptionsWords {
    /// The sentences with gaps.
    fn gaps(&self) -> [Gaps<'_>; 7] {
        [
            (&["words", "without"], &self.without, &["comparison", "number", "rest"]),
            (&["words", "with"], &self.with, &["option", "number", "rest"]),
            (&["words", "both"], &self.both, &["without", "comparison", "with"]),
            (&["words", "drawing"], &self.drawing, &["number"]),
            (&["words", "checked"], &self.checked, &["date"]),
            (&["words", "next-review"], &self.next_review, &["date"]),
            (&["words", "chosen"], &self.chosen, &["names"]),
        ]
    }
}

/// `[[options]]`
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct TreatmentOption {
    /// A name for the program and for addresses.
    pub id: String,
    /// As patients know it.
    pub name: String,
    /// Its kind.
    pub group: Group,
    /// This clinic offers it.
    pub offered_here: bool,
    /// Describes it, and the way in which it is taken.
    pub what: String,
    /// People whom it is meant for.
    pub for_whom: String,
    /// The verdict of the FDA on it, for preventing migraine.
    pub approval: Approval,
    /// The same, in a sentence.
    pub approval_note: String,
    /// Of 100 people, how many had their migraine days cut by half.
    #[serde(default)]
    pub days: Vec<Days>,
    /// Said instead, where nothing of it is known.
    #[serde(default)]
    pub no_days: Option<String>,
    /// Its other effects.
    pub effect: String,
    /// The time until it works.
    pub soon: String,
    /// Its harms.
    pub harms: String,
    /// The visits that it takes.
    pub visits: String,
    /// Its needles, and their number.
    pub needles: String,
    /// The place where it is taken.
    pub home: String,
    /// When one may drive.
    pub driving: String,
    /// Its effect on thinking.
    pub head: String,
    /// In pregnancy.
    pub pregnancy: String,
    /// Its cost, as far as that is known.
    pub cost: String,
    /// The trust that the numbers deserve.
    pub certainty: Certainty,
    /// The same, in a sentence.
    pub certainty_note: String,
    /// Names of its references.
    pub sources: Vec<String>,
}

/// `[[options.days]]`: of 100 people, how many had their migraine days cut by half.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Days {
    /// The people of the trial.
    pub people: String,
    /// The comparison group.
    pub compared_with: Comparison,
    /// Of those in the comparison group so many, 0 to 100.
    pub without: u8,
    /// Of those who had the treatment so many, 0 to 100.
    pub with: u8,
    /// The time at which they were counted.
    pub after: String,
    /// Names of its references.
    pub sources: Vec<String>,
}

/// A kind of options.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Group {
    /// No new treatment.
    None,
    /// A tablet or capsule.
    Pill,
    /// By needle, from time to time.
    Shot,
    /// A device to wear or hold.
    Device,
    /// Something to learn.
    Skill,
    /// For some days in the hospital.
    Hospital,
    /// Under watch in a clinic.
    Clinic,
}

/// The verdict of the FDA on an option, for preventing migraine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Approval {
    /// It has approved it.
    Approved,
    /// For some people, or for something near.
    InPart,
    /// Not for migraine.
    OffLabel,
    /// There is nothing to approve.
    NoneNeeded,
}

/// The trust that numbers deserve.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Certainty {
    /// Further studies will hardly change them.
    High,
    /// They may.
    Moderate,
    /// They are likely to.
    Low,
    /// Nearly nothing is known.
    VeryLow,
    /// Nobody has graded it.
    Unknown,
}

/// The comparison group of a treatment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Comparison {
    /// A look-alike without a drug.
    Placebo,
    /// A device that does nothing.
    Sham,
    /// Another option.
    Topiramate,
}

impl Options {
    /// The names of all references, in the order in which the page cites them: of each option those of its numbers,
    /// and then its own.
    pub fn sources(&self) -> impl Iterator<Item = &str> {
        self.options.iter().flat_map(TreatmentOption::cited).map(|it| &**it)
    }
}

impl Options {
    /// A day of the last check that is none, or is still to come; it may be tomorrow already where it was made.
    pub fn wrong_day(&self, today: CalendarDate) -> Vec<Problem> {
        let reason = match self.checked.to_string().parse::<CalendarDate>() {
            Err(_) => "write a day, such as 2026-11-30, without quotation marks",
            Ok(day) if day.days_since(today) > 1 => {
                "this day is still to come; write the day on which the figures were last checked"
            }
            Ok(_) => return Vec::new(),
        };
        vec![Problem { path: Path::default().key("checked"), reason: reason.to_owned() }]
    }

    /// A warning of the build, once the day of the next review has passed.
    pub fn review_is_due(&self, today: CalendarDate) -> Vec<Problem> {
        let due = self.next_review.to_string().parse::<CalendarDate>();
        let passed = due.is_ok_and(|due| today.days_since(due) > 0);
        let problem = || {
            Problem {
            path: Path::default().key("next-review"),
            reason: "this day has passed: check the figures against their sources, and write both days anew"
                .to_owned(),
        }
        };
        passed.then(problem).into_iter().collect()
    }
}

impl TreatmentOption {
    fn cited(&self) -> impl Iterator<Item = &String> {
        self.days.iter().flat_map(|it| &it.sources).chain(&self.sources)
    }

    fn problems(&self, path: &Path) -> Vec<Problem> {
        let mut problems = Vec::new();
        let mut report =
            |path: Path, reason: &str| problems.push(Problem { path, reason: reason.to_owned() });
        match (&self.no_days, self.days.is_empty()) {
            (None, true) => report(
                path.clone(),
                "say of 100 people how many had their days cut by half, in [[options.days]], or in no-days that it \
                 is not known",
            ),
            (Some(_), false) => report(
                path.key("no-days"),
                "there are numbers below; leave out no-days, or the numbers",
            ),
            _ => {}
        }
        if self.sources.is_empty() {
            report(path.key("sources"), "name the references that this is taken from");
        }
        let list = path.key("days");
        for (index, days) in self.days.iter().enumerate() {
            let path = list.index(index);
            for (key, number) in [("without", days.without), ("with", days.with)] {
                if number > OF {
                    report(path.key(key), "a number of 100 people: 0 to 100");
                }
            }
            if days.sources.is_empty() {
                report(path.key("sources"), "name the references of this number");
            }
        }
        problems
    }
}

impl Check for Options {
    fn problems(&self) -> Vec<Problem> {
        let words = json!({
            "rows": self.rows,
            "groups": self.groups,
            "approvals": self.approvals,
            "certainties": self.certainties,
            "comparisons": self.comparisons,
            "words": self.words,
        });
        let mut problems = gaps::problems(&words, &self.words.gaps());
        let list = Path::default().key("options");
        check_ids(&list, self.options.iter().map(|it| it.id.as_str()), &mut problems);
        if !self.options.iter().any(|it| it.group == Group::None) {
            problems.push(Problem {
                path: list.clone(),
                reason: "one option is to begin nothing new: keep one of the group none".to_owned(),
            });
        }
        for (index, option) in self.options.iter().enumerate() {
            problems.extend(option.problems(&list.index(index)));
        }
        if self.next_review.to_string() <= self.checked.to_string() {
            problems.push(Problem {
                path: Path::default().key("next-review"),
                reason: "the next review comes after the last one".to_owned(),
            });
        }
        problems
    }
}
