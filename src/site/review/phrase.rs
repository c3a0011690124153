//! Conditions in words, for people who do not read TOML.

use guide_core::assessment::Assessment;
use guide_core::assessment::definition::{Choice, Condition, Kind, Question};

use crate::content::words::clinician::ConditionWords;
use crate::content::words::fill;

/// A condition in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Phrase {
    /// One that looks at answers or results itself.
    Line(String),
    /// One that is made of others.
    List {
        /// The number of them that must hold, in words.
        title: String,
        /// The others.
        parts: Vec<Phrase>,
    },
}

/// Puts conditions on one definition into words.
#[derive(Clone, Copy, Debug)]
pub struct Phrases<'a> {
    /// The definition, whose names and texts stand for ids.
    pub assessment: &'a Assessment,
    /// The phrases to fill.
    pub words: &'a ConditionWords,
}

impl Phrases<'_> {
    /// The condition in words.
    pub fn phrase(&self, condition: &Condition) -> Phrase {
        let Self { words, .. } = self;
        match condition {
            Condition::All(parts) => self.list(&words.all, parts),
            Condition::Any(parts) => self.list(&words.any, parts),
            Condition::Not(part) => match &**part {
                Condition::All(parts) => self.list(&words.not_all, parts),
                Condition::Any(parts) => self.list(&words.none, parts),
                Condition::Not(part) => self.phrase(part),
                leaf => Phrase::Line(fill(&words.not, &[("condition", &self.leaf(leaf))])),
            },
            leaf => Phrase::Line(self.leaf(leaf)),
        }
    }

    fn list(&self, title: &str, parts: &[Condition]) -> Phrase {
        let parts = parts.iter().map(|part| self.phrase(part)).collect();
        Phrase::List { title: title.to_owned(), parts }
    }

    /// A condition that is not made of others; empty for one that is.
    fn leaf(&self, condition: &Condition) -> String {
        let Self { words, assessment } = self;
        match condition {
            Condition::Answered { question, with } => fill(
                &words.answered,
                &[
                    ("question", &self.question(question)),
                    ("options", &self.options(question, with)),
                ],
            ),
            Condition::Marked { question, with } => fill(
                &words.marked,
                &[("question", &self.question(question)), ("mark", &self.quoted(with))],
            ),
            Condition::Chosen { question, from } => self.chosen(question, *from),
            Condition::Sum { of, from, to } => self.sum(of, *from, *to),
            Condition::Criterion { id, from, to } => {
                let criterion = assessment.criteria.iter().find(|it| it.id == *id);
                let name = self.quoted(criterion.map_or(id, |it| &it.name));
                fill(&words.criterion, &[("criterion", &name), ("range", &self.range(*from, *to))])
            }
            Condition::Flag(id) => {
                let flag = assessment.flags.iter().find(|it| it.id == *id);
                fill(&words.flag, &[("flag", &self.quoted(flag.map_or(id, |it| &it.title)))])
            }
            Condition::All(_) | Condition::Any(_) | Condition::Not(_) => String::new(),
        }
    }

    fn chosen(&self, question: &str, from: u32) -> String {
        let values = [("question", &*self.question(question)), ("from", &from.to_string())];
        let chosen = fill(&self.words.chosen, &values);
        let exclusive: Vec<String> = self
            .choices(question)
            .filter(|option| option.exclusive)
            .map(|option| self.quoted(&option.text))
            .collect();
        if exclusive.is_empty() {
            return chosen;
        }
        let values = [("condition", &*chosen), ("options", &self.one_of(&exclusive))];
        fill(&self.words.not_counted, &values)
    }

    fn sum(&self, of: &[String], from: Option<u32>, to: Option<u32>) -> String {
        let term = |id: &String| {
            let name = self.question(id);
            if self.assessment.question(id).is_some_and(|it| it.kind == Kind::Number) {
                return name;
            }
            fill(&self.words.points_of, &[("question", &name)])
        };
        let what = of.iter().map(term).collect::<Vec<_>>().join(&self.words.plus);
        let values = [("what", &*what), ("range", &self.range(from, to))];
        let sum = fill(&self.words.sum, &values);
        let counts: Vec<String> = of
            .iter()
            .filter_map(|id| self.assessment.question(id))
            .flat_map(|question| self.counted_in_place(question))
            .collect();
        if counts.is_empty() {
            return sum;
        }
        let counts = counts.join(&self.words.comma);
        fill(&self.words.with_counts, &[("condition", &*sum), ("counts", &counts)])
    }

    /// The options that stand in place of a number, and the number that each counts as.
    fn counted_in_place(&self, question: &Question) -> Vec<String> {
        let options = question.options.iter().filter(|_| question.kind == Kind::Number);
        let counts = |option: &Choice| {
            let points = option.points().to_string();
            let values = [("option", &*self.quoted(&option.text)), ("points", &points)];
            fill(&self.words.counts_as, &values)
        };
        options.map(counts).collect()
    }

    fn range(&self, from: Option<u32>, to: Option<u32>) -> String {
        let words = self.words;
        let bound = |bound: Option<u32>| bound.map_or_else(String::new, |it| it.to_string());
        let template = match (from, to) {
            (Some(from), Some(to)) if from == to => &words.exactly,
            (Some(_), Some(_)) => &words.between,
            (Some(_), None) => &words.at_least,
            (None, Some(_)) => &words.at_most,
            (None, None) => &words.unbounded,
        };
        fill(template, &[("from", &bound(from)), ("to", &bound(to))])
    }

    /// The few words for a question, in quotation marks.
    pub fn question(&self, id: &str) -> String {
        self.quoted(self.assessment.question(id).map_or(id, |question| &question.short))
    }

    fn choices(&self, question: &str) -> impl Iterator<Item = &Choice> {
        self.assessment.question(question).into_iter().flat_map(|it| &it.options)
    }

    fn options(&self, question: &str, ids: &[String]) -> String {
        let text = |id: &String| {
            let option = self.choices(question).find(|option| option.id == *id);
            self.quoted(option.map_or(id, |option| &option.text))
        };
        self.one_of(&ids.iter().map(text).collect::<Vec<_>>())
    }

    fn one_of(&self, texts: &[String]) -> String {
        match texts {
            [before @ .., last] if !before.is_empty() => {
                let before = before.join(&self.words.comma);
                fill(&self.words.or, &[("before", &before), ("last", last)])
            }
            texts => texts.concat(),
        }
    }

    fn quoted(&self, text: &str) -> String {
        fill(&self.words.quoted, &[("text", text)])
    }
}
