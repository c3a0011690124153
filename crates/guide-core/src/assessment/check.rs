//! What can be wrong with a definition. Everything found here stops the build.

use std::collections::BTreeSet;

use super::definition::{Assessment, Choice, Condition, Criterion, Kind, Question};
use crate::source::{Check, Path, Problem, check_ids};

impl Check for Assessment {
    fn problems(&self) -> Vec<Problem> {
        let mut checker = Checker { assessment: self, problems: Vec::new() };
        checker.questions();
        checker.limits();
        checker.criteria();
        checker.flags();
        checker.outcomes();
        checker.unused();
        checker.problems
    }
}

struct Checker<'a> {
    assessment: &'a Assessment,
    problems: Vec<Problem>,
}

/// What a condition may look at where it stands.
#[derive(Clone, Copy)]
struct Scope {
    /// Only questions before this index.
    questions: usize,
    /// Flags and the total are known.
    scored: bool,
}

impl<'a> Checker<'a> {
    fn report(&mut self, path: Path, reason: impl Into<String>) {
        self.problems.push(Problem { path, reason: reason.into() });
    }

    fn ids(&mut self, at: &Path, ids: impl Iterator<Item = &'a str>) {
        check_ids(at, ids, &mut self.problems);
    }

    fn not_empty(&mut self, list: &str, length: usize) {
        if length == 0 {
            self.report(Path::default().key(list), format!("{list} is empty; add at least one"));
        }
    }

    /// Conditions in rules, flags and outcomes may look at every question.
    fn everything(&self) -> Scope {
        Scope { questions: self.assessment.questions.len(), scored: false }
    }

    fn questions(&mut self) {
        let at = Path::default().key("questions");
        self.not_empty("questions", self.assessment.questions.len());
        self.ids(&at, self.assessment.questions.iter().map(|question| question.id.as_str()));
        for (index, question) in self.assessment.questions.iter().enumerate() {
            let at = at.index(index);
            if question.kind == Kind::Number {
                self.number(&at, question);
            } else {
                self.choices(&at, question);
            }
            if let Some(condition) = &question.ask_when {
                let scope = Scope { questions: index, scored: false };
                self.condition(&at.key("ask-when"), condition, scope);
            }
        }
    }

    fn number(&mut self, at: &Path, question: &Question) {
        match (question.min, question.max) {
            (Some(min), Some(max)) if min > max => self.report(
                at.key("min"),
                format!("min {min} is above max {max}; nothing could be answered"),
            ),
            (Some(_), Some(_)) => {}
            _ => self.report(at.clone(), "a number question needs min and max"),
        }
        if !question.options.is_empty() {
            self.report(at.key("options"), "a number question has no options; remove them");
        }
    }

    fn choices(&mut self, at: &Path, question: &'a Question) {
        for (name, given) in [
            ("min", question.min.is_some()),
            ("max", question.max.is_some()),
            ("unit", question.unit.is_some()),
        ] {
            if given {
                self.report(at.key(name), format!("{name} goes with kind = \"number\" only"));
            }
        }
        if question.options.len() < 2 {
            self.report(at.clone(), "a question of this kind needs at least two options");
        }
        let options = at.key("options");
        self.ids(&options, question.options.iter().map(|option| option.id.as_str()));
        if question.kind == Kind::Single {
            for (index, option) in question.options.iter().enumerate() {
                if option.exclusive {
                    self.report(
                        options.index(index).key("exclusive"),
                        "only one option of a single question can be chosen anyway; \
                         remove exclusive",
                    );
                }
            }
        }
    }

    fn limits(&mut self) {
        for (index, limit) in self.assessment.limits.iter().enumerate() {
            let at = Path::default().key("limits").index(index);
            for (nth, id) in limit.of.iter().enumerate() {
                let path = at.key("of").index(nth);
                if let Some(question) = self.known(&path, id, self.everything())
                    && question.kind != Kind::Number
                {
                    self.report(path, format!("the question \"{id}\" is not a number"));
                }
            }
            let possible = self.most(&limit.of);
            if possible <= limit.at_most {
                self.report(
                    at.key("at-most"),
                    format!("these answers can never come to more than {possible}; lower it"),
                );
            }
        }
    }

    fn criteria(&mut self) {
        let at = Path::default().key("criteria");
        self.not_empty("criteria", self.assessment.criteria.len());
        self.ids(&at, self.assessment.criteria.iter().map(|criterion| criterion.id.as_str()));
        for (index, criterion) in self.assessment.criteria.iter().enumerate() {
            self.criterion(&at.index(index), criterion);
        }
        self.grades();
    }

    fn criterion(&mut self, at: &Path, criterion: &Criterion) {
        for (nth, id) in criterion.add.iter().enumerate() {
            self.known(&at.key("add").index(nth), id, self.everything());
        }
        for (nth, rule) in criterion.rules.iter().enumerate() {
            let at = at.key("rules").index(nth);
            if rule.points == 0 || rule.points > criterion.max {
                self.report(
                    at.key("points"),
                    format!("points must be from 1 to the criterion's max, {}", criterion.max),
                );
            }
            self.condition(&at.key("when"), &rule.when, self.everything());
        }
        let possible = criterion
            .rules
            .iter()
            .fold(self.most(&criterion.add), |sum, rule| sum.saturating_add(rule.points));
        if possible < criterion.max {
            self.report(
                at.key("max"),
                format!(
                    "the rules of \"{}\" can never come to more than {possible}, \
                     so max {} is out of reach",
                    criterion.id, criterion.max
                ),
            );
        }
    }

    fn grades(&mut self) {
        let grades = &self.assessment.grades;
        let at = Path::default().key("grades");
        if grades.first().is_none_or(|grade| grade.from != 0) {
            self.report(at.index(0).key("from"), "the first grade must begin at 0");
        }
        let max = self.assessment.criteria.iter().map(|it| it.max).max().unwrap_or(0);
        for (index, grade) in grades.iter().enumerate() {
            let path = at.index(index).key("from");
            if grade.from > max {
                let from = grade.from;
                self.report(
                    path,
                    format!("no criterion has {from} points, so this grade is never given"),
                );
            } else if index > 0 && grade.from <= grades[index - 1].from {
                self.report(path, "grades go upward; this one does not begin above the last");
            }
        }
    }

    fn flags(&mut self) {
        let at = Path::default().key("flags");
        self.ids(&at, self.assessment.flags.iter().map(|flag| flag.id.as_str()));
        for (index, flag) in self.assessment.flags.iter().enumerate() {
            let at = at.index(index);
            self.condition(&at.key("when"), &flag.when, self.everything());
            for (nth, also) in flag.also.iter().enumerate() {
                let at = at.key("also").index(nth);
                self.condition(&at.key("when"), &also.when, self.everything());
            }
            if let Some(id) = &flag.lists
                && let Some(question) = self.known(&at.key("lists"), id, self.everything())
                && question.kind == Kind::Number
            {
                self.report(at.key("lists"), format!("\"{id}\" has no options to name"));
            }
        }
    }

    fn outcomes(&mut self) {
        let outcomes = &self.assessment.outcomes;
        let at = Path::default().key("outcomes");
        self.not_empty("outcomes", outcomes.len());
        self.ids(&at, outcomes.iter().map(|outcome| outcome.id.as_str()));
        let last = outcomes.len().saturating_sub(1);
        for (index, outcome) in outcomes.iter().enumerate() {
            let at = at.index(index);
            let scored = !outcome.immediate;
            match &outcome.when {
                Some(condition) => {
                    let scope = Scope { scored, ..self.everything() };
                    self.condition(&at.key("when"), condition, scope);
                    if index == last {
                        self.report(
                            at.key("when"),
                            "the last outcome must hold always; remove its when",
                        );
                    }
                }
                None if index < last => self.report(
                    at.key("id"),
                    format!(
                        "\"{}\" has no when and so always holds; the outcomes after it \
                         are never reached",
                        outcome.id
                    ),
                ),
                None if outcome.immediate => {
                    self.report(at.key("immediate"), "an immediate outcome needs a when");
                }
                None => {}
            }
        }
    }

    /// Questions that neither score, nor flag, nor decide, nor are shown are a burden to answer.
    fn unused(&mut self) {
        let assessment = self.assessment;
        let mut used: BTreeSet<&str> = BTreeSet::new();
        let mut visit = |id: &'a str| {
            used.insert(id);
        };
        for question in &assessment.questions {
            if let Some(condition) = &question.ask_when {
                condition.each_question(&mut visit);
            }
        }
        for criterion in &assessment.criteria {
            criterion.questions().into_iter().for_each(&mut visit);
        }
        for flag in &assessment.flags {
            flag.when.each_question(&mut visit);
            flag.also.iter().for_each(|also| also.when.each_question(&mut visit));
            flag.lists.iter().for_each(|id| visit(id));
        }
        for condition in assessment.outcomes.iter().filter_map(|it| it.when.as_ref()) {
            condition.each_question(&mut visit);
        }
        for (index, question) in assessment.questions.iter().enumerate() {
            if !question.shown && !used.contains(question.id.as_str()) {
                self.report(
                    Path::default().key("questions").index(index).key("id"),
                    format!(
                        "no criterion, flag or outcome uses \"{}\"; remove the question, \
                         or set shown = true",
                        question.id
                    ),
                );
            }
        }
    }

    fn condition(&mut self, at: &Path, condition: &Condition, scope: Scope) {
        match condition {
            Condition::Answered { question, with } => {
                let at = at.key("answered");
                let Some(known) = self.options_of(&at, question, scope) else { return };
                if with.is_empty() {
                    self.report(at.key("with"), "names no option, so it never holds");
                }
                for (nth, id) in with.iter().enumerate() {
                    if known.option(id).is_none() {
                        let options = names(known.options.iter().map(|it| it.id.as_str()));
                        self.report(
                            at.key("with").index(nth),
                            format!("\"{question}\" has no option \"{id}\"; it has {options}"),
                        );
                    }
                }
            }
            Condition::Marked { question, with } => {
                let at = at.key("marked");
                let Some(known) = self.options_of(&at, question, scope) else { return };
                if !known.options.iter().any(|it| it.mark.as_ref() == Some(with)) {
                    self.report(
                        at.key("with"),
                        format!("no option of \"{question}\" has mark = \"{with}\""),
                    );
                }
            }
            Condition::Chosen { question, from } => {
                let at = at.key("chosen");
                let Some(known) = self.options_of(&at, question, scope) else { return };
                let most = match known.kind {
                    Kind::Multi => known.options.iter().filter(|it| !it.exclusive).count(),
                    _ => 1,
                };
                if *from == 0 || *from as usize > most {
                    self.report(
                        at.key("from"),
                        format!("from must be from 1 to {most}, the options of \"{question}\""),
                    );
                }
            }
            Condition::Sum { of, from, to } => {
                let at = at.key("sum");
                if of.is_empty() {
                    self.report(at.key("of"), "names no question");
                }
                let mut all_known = true;
                for (nth, id) in of.iter().enumerate() {
                    all_known &= self.known(&at.key("of").index(nth), id, scope).is_some();
                }
                if all_known {
                    self.bounds(&at, *from, *to, self.most(of));
                }
            }
            Condition::Total { from, to } => {
                if self.scored(at, scope, "the total") {
                    let most = self
                        .assessment
                        .criteria
                        .iter()
                        .fold(0_u32, |sum, it| sum.saturating_add(it.max));
                    self.bounds(&at.key("total"), *from, *to, most);
                }
            }
            Condition::Flag(id) => {
                if self.scored(at, scope, "a flag")
                    && !self.assessment.flags.iter().any(|flag| flag.id == *id)
                {
                    let flags = names(self.assessment.flags.iter().map(|it| it.id.as_str()));
                    self.report(at.key("flag"), format!("no flag \"{id}\"; there are {flags}"));
                }
            }
            Condition::All(parts) => self.parts(&at.key("all"), parts, scope),
            Condition::Any(parts) => self.parts(&at.key("any"), parts, scope),
            Condition::Not(part) => self.condition(&at.key("not"), part, scope),
        }
    }

    fn parts(&mut self, at: &Path, parts: &[Condition], scope: Scope) {
        if parts.is_empty() {
            self.report(at.clone(), "is empty; name at least one condition");
        }
        for (index, part) in parts.iter().enumerate() {
            self.condition(&at.index(index), part, scope);
        }
    }

    fn scored(&mut self, at: &Path, scope: Scope, what: &str) -> bool {
        if !scope.scored {
            self.report(
                at.clone(),
                format!("{what} is known only after scoring; use it in outcomes alone"),
            );
        }
        scope.scored
    }

    /// `from` and `to` of a sum whose largest possible value is `most`.
    fn bounds(&mut self, at: &Path, from: Option<u32>, to: Option<u32>, most: u32) {
        match (from, to) {
            (None, None) => self.report(at.clone(), "needs from, to or both"),
            (Some(from), _) if from > most => {
                let reason = format!("from = {from} is out of range; the most possible is {most}");
                self.report(at.key("from"), reason);
            }
            (_, Some(to)) if to > most => {
                let reason = format!("to = {to} is out of range; the most possible is {most}");
                self.report(at.key("to"), reason);
            }
            (Some(from), Some(to)) if from > to => {
                self.report(at.key("from"), format!("from = {from} is above to = {to}"));
            }
            _ => {}
        }
    }

    fn options_of(&mut self, at: &Path, id: &str, scope: Scope) -> Option<&'a Question> {
        let question = self.known(&at.key("question"), id, scope)?;
        if question.kind == Kind::Number {
            self.report(
                at.key("question"),
                format!("\"{id}\" is a number and has no options; use sum"),
            );
            return None;
        }
        Some(question)
    }

    fn known(&mut self, at: &Path, id: &str, scope: Scope) -> Option<&'a Question> {
        let questions = &self.assessment.questions;
        match questions.iter().position(|question| question.id == id) {
            Some(index) if index < scope.questions => Some(&questions[index]),
            Some(_) => {
                self.report(
                    at.clone(),
                    format!("\"{id}\" is asked later; use an earlier question"),
                );
                None
            }
            None => {
                self.report(at.clone(), format!("unknown question \"{id}\"; check its id"));
                None
            }
        }
    }

    /// The largest sum that these questions can come to.
    fn most(&self, ids: &[String]) -> u32 {
        ids.iter()
            .filter_map(|id| self.assessment.question(id))
            .map(|question| {
                let points = question.options.iter().map(|option: &Choice| option.points);
                match question.kind {
                    Kind::Number => question.max.unwrap_or(u32::MAX),
                    Kind::Single => points.max().unwrap_or(0),
                    Kind::Multi => points.fold(0, u32::saturating_add),
                }
            })
            .fold(0, u32::saturating_add)
    }
}

fn names<'a>(ids: impl Iterator<Item = &'a str>) -> String {
    ids.collect::<Vec<_>>().join(", ")
}
