//! Fenced blocks: each names what the page puts in its place.

use std::ops::Range;

use pulldown_cmark::CodeBlockKind;

use super::article::{ALL_ARTICLES, Citation, Figure, Insert, MATTERS, OPTIONS, Part, STUDIES};
use super::reader::Reader;
use crate::content::decision_aid::options::Options;
use crate::content::studies::Studies;

/// What the first line of such a block says.
const INSERT: &str = "insert";

/// Every name that a block can have.
const NAMES: [&str; 14] = [
    "self-assessment",
    "assessment-questions",
    "appointment-request",
    "embed-builder",
    ALL_ARTICLES,
    "key-fingerprints",
    "figure pain-loop",
    STUDIES,
    "figure course",
    OPTIONS,
    MATTERS,
    "take-along",
    "diary",
    "glossary",
];

impl Reader<'_> {
    /// A block of code: none is shown as one. Of a block that is nearly an insert nothing but that is
    /// reported.
    pub(super) fn code_block(
        &mut self,
        kind: &CodeBlockKind<'_>,
        inside: &str,
        range: Range<usize>,
    ) {
        let begin = range.start;
        let CodeBlockKind::Fenced(info) = kind else {
            let reason = "a paragraph that begins with four blanks or more is shown as a computer's \
                          code; remove the blanks";
            self.report(begin, reason);
            return;
        };
        let (first, name) = match info.trim().split_once(char::is_whitespace) {
            Some((first, name)) => (first, Some(name)),
            None => (info.trim(), None),
        };
        if !first.eq_ignore_ascii_case(INSERT) {
            self.report(
                begin,
                "a block like this is there for what the page puts in its place: begin it with \
                 ```insert",
            );
        } else if let Some(name) = name {
            self.report(begin, "write its name on a line of its own, below ```insert");
            self.insert(name, begin);
            return;
        } else if first != INSERT {
            self.report(begin, "write insert in small letters: ```insert");
        }
        let source = self.text[range].trim_end();
        let is_closed = source.lines().count() > 1
            && source.lines().last().is_some_and(|it| it.trim().starts_with(['`', '~']));
        let mut lines = inside.trim().lines();
        let name = lines.next().unwrap_or_default();
        if !is_closed || lines.next().is_some() {
            self.is_cut = true;
            self.report(begin, "the block is not closed; add a line ``` below the name");
        }
        if first.eq_ignore_ascii_case(INSERT) || NAMES.contains(&name.trim()) {
            self.insert(name, begin);
        }
    }

    fn insert(&mut self, name: &str, offset: usize) {
        self.flush();
        let name = name.trim();
        let lower = name.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ");
        if name.is_empty() {
            let names = NAMES.join(", ");
            self.report(offset, format!("this insert names nothing; there are {names}"));
            return;
        }
        if name != lower && NAMES.contains(&&*lower) {
            self.report(offset, format!("unknown insert \"{name}\"; write {lower}"));
        }
        if !self.inserted.insert(lower.clone()) {
            self.report(offset, format!("the insert \"{name}\" stands here twice"));
        }
        let insert = match &*lower {
            "self-assessment" => Insert::SelfAssessment,
            "assessment-questions" => Insert::AssessmentQuestions,
            "appointment-request" => Insert::AppointmentRequest,
            "embed-builder" => Insert::EmbedBuilder,
            ALL_ARTICLES => Insert::AllArticles,
            "key-fingerprints" => Insert::KeyFingerprints,
            "figure pain-loop" => Insert::Figure(Figure::PainLoop),
            STUDIES => Insert::Figure(Figure::Studies(self.cite_studies(offset))),
            "figure course" => Insert::Figure(Figure::Course),
            OPTIONS => Insert::Options(self.cite_options(offset)),
            MATTERS => Insert::Matters,
            "take-along" => Insert::TakeAlong,
            "diary" => Insert::Diary,
            "glossary" => Insert::Glossary,
            _ => {
                let names = NAMES.join(", ");
                self.report(offset, format!("unknown insert \"{name}\"; there are {names}"));
                return;
            }
        };
        if lower == MATTERS && !self.inserted.contains(OPTIONS) {
            self.report(
                offset,
                "matters are listed beside options: put the insert options above it, or remove this one",
            );
        }
        match self.sections.last_mut() {
            Some(section) => section.parts.push(Part::Insert(insert)),
            None => self.report(offset, "an insert must stand in a section"),
        }
    }

    /// Cites every study of the figure; one without a reference is found as any citation is.
    fn cite_studies(&mut self, offset: usize) -> Vec<Citation> {
        let studies = self.shared.studies.into_iter().flat_map(Studies::in_order);
        studies.map(|study| self.references.cite(&study.id, offset)).collect()
    }

    /// Cites the sources of every option.
    fn cite_options(&mut self, offset: usize) -> Vec<Citation> {
        let sources = self.shared.options.into_iter().flat_map(Options::sources);
        sources.map(|name| self.references.cite(name, offset)).collect()
    }
}
