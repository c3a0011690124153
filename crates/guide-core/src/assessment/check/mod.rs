//! What can be wrong with a definition. Everything found here stops the build.

mod bands;
mod conditions;
mod reach;
mod unused;

use super::answers::Answers;
use super::condition::Facts;
use super::definition::{Assessment, Call, Choice, Criterion, Kind, Question};
use crate::source::{Check, Path, Problem, check_ids};

impl Check for Assessment {
    fn problems(&self) -> Vec<Problem> {
        let mut checker = Checker { assessment: self, problems: Vec::new() };
        checker.head();
        checker.questions();
        checker.limits();
        checker.criteria();
        checker.flags();
        checker.outcomes();
        checker.support();
        checker.unused();
        // What can be reached is known only of a definition that says what it means.
        if checker.problems.is_empty() {
            checker.emergencies();
            checker.reach();
        }
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

    /// What people read has to say something.
    fn texts(&mut self, at: &Path, texts: &[(&str, &str)]) {
        for (name, text) in texts {
            if text.trim().is_empty() {
                self.report(
                    at.key(name),
                    format!("{name} is empty; write what people are to read"),
                );
            }
        }
    }

    fn calls(&mut self, at: &Path, calls: &[Call]) {
        for (index, call) in calls.iter().enumerate() {
            let at = at.index(index);
            self.texts(&at, &[("text", &call.text)]);
            let digits = call.tel.strip_prefix('+').unwrap_or(&call.tel);
            if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
                let reason = format!("the number \"{}\" may hold only digits", call.tel);
                self.report(at.key("tel"), reason);
            } else if !matches!(digits.len(), 3 | 7..=15) {
                let reason = format!(
                    "the number \"{}\" calls nobody; it has three digits (911), or 7 to 15",
                    call.tel
                );
                self.report(at.key("tel"), reason);
            }
        }
    }

    fn head(&mut self) {
        let Assessment { version, disclaimer, .. } = self.assessment;
        self.texts(&Path::default(), &[("version", version), ("disclaimer", disclaimer)]);
        for (nth, thing) in self.assessment.bring.iter().enumerate() {
            if thing.trim().is_empty() {
                self.report(Path::default().key("bring").index(nth), "is empty; remove it");
            }
        }
    }

    fn support(&mut self) {
        let at = Path::default().key("support");
        let support = &self.assessment.support;
        self.texts(&at, &[("title", &support.title), ("text", &support.text)]);
        self.calls(&at.key("calls"), &support.calls);
        if support.calls.is_empty() {
            self.report(at.key("calls"), "calls is empty; add at least one");
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
            self.texts(&at, &[("text", &question.text), ("short", &question.short)]);
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
        for (index, option) in question.options.iter().enumerate() {
            let at = options.index(index);
            self.texts(&at, &[("text", &option.text)]);
            let text = &option.text;
            if question.options[..index].iter().any(|it| it.text.eq_ignore_ascii_case(text)) {
                let reason = format!("two options say \"{text}\"; give each its own text");
                self.report(at.key("text"), reason);
            }
            if question.kind == Kind::Single && option.exclusive {
                self.report(
                    at.key("exclusive"),
                    "only one option of a single question can be chosen anyway; \
                     remove exclusive",
                );
            }
        }
    }

    fn limits(&mut self) {
        for (index, limit) in self.assessment.limits.iter().enumerate() {
            let at = Path::default().key("limits").index(index);
            self.texts(&at, &[("error", &limit.error)]);
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
        self.texts(at, &[("name", &criterion.name)]);
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
        self.bands(at, criterion);
    }

    fn grades(&mut self) {
        let grades = &self.assessment.grades;
        let at = Path::default().key("grades");
        if grades.first().is_none_or(|grade| grade.from != 0) {
            self.report(at.index(0).key("from"), "the first grade must begin at 0");
        }
        let max = self.assessment.criteria.iter().map(|it| it.max).max().unwrap_or(0);
        for (index, grade) in grades.iter().enumerate() {
            self.texts(&at.index(index), &[("name", &grade.name)]);
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
            self.texts(&at, &[("title", &flag.title), ("text", &flag.text)]);
            self.condition(&at.key("when"), &flag.when, self.everything());
            for (nth, also) in flag.also.iter().enumerate() {
                let at = at.key("also").index(nth);
                self.texts(&at, &[("text", &also.text)]);
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
            self.texts(&at, &[("headline", &outcome.headline)]);
            self.calls(&at.key("calls"), &outcome.calls);
            let scored = !outcome.immediate;
            match &outcome.when {
                Some(condition) => {
                    let scope = Scope { scored, ..self.everything() };
                    self.condition(&at.key("when"), condition, scope);
                    let unanswered = Answers::default();
                    if outcome.immediate
                        && Facts::of_answers(self.assessment, &unanswered).hold(condition)
                    {
                        self.report(
                            at.key("when"),
                            "holds before anything is answered, so nothing would be asked; \
                             name the answers that stop the questions",
                        );
                    }
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

    /// What ends the questions cannot wait: its screen has a number to call.
    fn emergencies(&mut self) {
        for (index, outcome) in self.assessment.outcomes.iter().enumerate() {
            if outcome.immediate && outcome.calls.is_empty() {
                let id = &outcome.id;
                self.report(
                    Path::default().key("outcomes").index(index).key("id"),
                    format!(
                        "\"{id}\" ends the questions at once and names nobody to call; add calls"
                    ),
                );
            }
        }
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
