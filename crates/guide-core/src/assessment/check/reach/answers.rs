//! Answers of which only a part is known, and what conditions say of them.

use super::Goal;
use crate::assessment::definition::{Assessment, Condition, Criterion, Kind, Question};

/// What each question's answer can still be, in the order of the questions; where the question is
/// not asked, it does not count.
#[derive(Clone)]
pub(super) struct Partial<'a> {
    assessment: &'a Assessment,
    can_be: Vec<CanBe>,
}

#[derive(Clone)]
enum CanBe {
    /// A number from the first to the second.
    Number(u32, u32),
    /// By option: chosen, not chosen, or not known.
    Chosen(Vec<Option<bool>>),
}

/// The smallest and the largest that a number can still be.
type Range = (u32, u32);

impl<'a> Partial<'a> {
    /// Nothing is known yet.
    pub(super) fn new(assessment: &'a Assessment) -> Self {
        let can_be = |question: &Question| match question.kind {
            // Left open, a number counts as 0.
            Kind::Number if question.optional => CanBe::Number(0, question.max.unwrap_or(0)),
            Kind::Number => CanBe::Number(question.min.unwrap_or(0), question.max.unwrap_or(0)),
            Kind::Single | Kind::Multi => CanBe::Chosen(vec![None; question.options.len()]),
        };
        Self { assessment, can_be: assessment.questions.iter().map(can_be).collect() }
    }

    /// Whether no sum is larger than is possible.
    pub(super) fn within_limits(&self) -> Option<bool> {
        let limits = self.assessment.limits.iter();
        all(limits.map(|limit| between(self.sum(&limit.of), 0, limit.at_most)))
    }

    pub(super) fn known(&self, goal: &Goal<'_>) -> Option<bool> {
        match goal {
            Goal::Answers(condition) => self.holds(condition),
            Goal::Points { of, cut, from, to } => between(self.points(of, *cut), *from, *to),
            Goal::All(parts) => all(parts.iter().map(|it| self.known(it))),
            Goal::Any(parts) => any(parts.iter().map(|it| self.known(it))),
            Goal::Not(part) => self.known(part).map(|holds| !holds),
        }
    }

    fn points(&self, of: &[Criterion], cut: bool) -> Range {
        let each = of.iter().map(|criterion| {
            let rules = criterion.rules.iter().map(|rule| match self.holds(&rule.when) {
                Some(true) => (rule.points, rule.points),
                Some(false) => (0, 0),
                None => (0, rule.points),
            });
            let (low, high) = total(rules.chain([self.sum(&criterion.add)]));
            let most = if cut { criterion.max } else { u32::MAX };
            (low.min(most), high.min(most))
        });
        total(each)
    }

    fn holds(&self, condition: &Condition) -> Option<bool> {
        match condition {
            Condition::Answered { question, with } => {
                self.one_of(question, |nth, it| with.contains(&it.options[nth].id))
            }
            Condition::Marked { question, with } => {
                self.one_of(question, |nth, it| it.options[nth].mark.as_ref() == Some(with))
            }
            Condition::Chosen { question, from } => {
                let (index, it) = self.question(question)?;
                let counted = (0..it.options.len()).filter(|nth| !it.options[*nth].exclusive);
                let each = counted.map(|nth| match self.chosen(index, nth) {
                    Some(true) => (1, 1),
                    Some(false) => (0, 0),
                    None => (0, 1),
                });
                between(total(each), *from, u32::MAX)
            }
            Condition::Sum { of, from, to } => {
                between(self.sum(of), from.unwrap_or(0), to.unwrap_or(u32::MAX))
            }
            Condition::All(parts) => all(parts.iter().map(|it| self.holds(it))),
            Condition::Any(parts) => any(parts.iter().map(|it| self.holds(it))),
            Condition::Not(part) => self.holds(part).map(|holds| !holds),
            Condition::Total { .. } | Condition::Flag(_) => None,
        }
    }

    fn question(&self, id: &str) -> Option<(usize, &'a Question)> {
        self.assessment.questions.iter().enumerate().find(|(_, question)| question.id == *id)
    }

    fn asked(&self, index: usize) -> Option<bool> {
        let condition = self.assessment.questions[index].ask_when.as_ref();
        condition.map_or(Some(true), |condition| self.holds(condition))
    }

    fn chosen(&self, index: usize, nth: usize) -> Option<bool> {
        let CanBe::Chosen(chosen) = &self.can_be[index] else { return Some(false) };
        all([self.asked(index), chosen[nth]].into_iter())
    }

    fn one_of(&self, id: &str, of: impl Fn(usize, &Question) -> bool) -> Option<bool> {
        let (index, question) = self.question(id)?;
        let options = (0..question.options.len()).filter(|nth| of(*nth, question));
        any(options.map(|nth| self.chosen(index, nth)))
    }

    fn sum(&self, of: &[String]) -> Range {
        let each = of.iter().filter_map(|id| self.question(id)).map(|(index, question)| {
            let asked = self.asked(index);
            if asked == Some(false) {
                return (0, 0);
            }
            let (low, high) = match &self.can_be[index] {
                CanBe::Number(low, high) => (*low, *high),
                CanBe::Chosen(chosen) => worth(question, chosen),
            };
            (if asked.is_none() { 0 } else { low }, high)
        });
        total(each)
    }

    /// The same, with one more thing decided that the goal depends on: one way, and the other. A
    /// half that cannot be is none; nothing at all where there is nothing to decide.
    pub(super) fn split(&self, goal: &Goal<'_>) -> Option<[Option<Self>; 2]> {
        let limits = || self.assessment.limits.iter().find_map(|it| self.open_in(&it.of));
        let (index, nth) = self.open_goal(goal).or_else(limits)?;
        Some(match &self.can_be[index] {
            CanBe::Number(low, high) => {
                let middle = low + (high - low) / 2;
                let with = |low, high| {
                    let mut half = self.clone();
                    half.can_be[index] = CanBe::Number(low, high);
                    Some(half)
                };
                [with(*low, middle), with(middle + 1, *high)]
            }
            CanBe::Chosen(_) => [self.with(index, nth, true), self.with(index, nth, false)],
        })
    }

    /// With an option chosen or not, and all that follows from it; none where that cannot be.
    fn with(&self, index: usize, nth: usize, is_chosen: bool) -> Option<Self> {
        let mut decided = self.clone();
        let question = &self.assessment.questions[index];
        let CanBe::Chosen(chosen) = &mut decided.can_be[index] else { return None };
        chosen[nth] = Some(is_chosen);
        let alone = |nth: usize| question.kind == Kind::Single || question.options[nth].exclusive;
        loop {
            let before = chosen.clone();
            for one in (0..chosen.len()).filter(|one| before[*one] == Some(true)) {
                for other in (0..chosen.len()).filter(|other| *other != one) {
                    if alone(one) || alone(other) {
                        if chosen[other] == Some(true) {
                            return None;
                        }
                        chosen[other] = Some(false);
                    }
                }
            }
            if !question.optional && !chosen.contains(&Some(true)) {
                let mut left = (0..chosen.len()).filter(|nth| chosen[*nth].is_none());
                let last = left.next()?;
                if left.next().is_none() {
                    chosen[last] = Some(true);
                }
            }
            if *chosen == before {
                return Some(decided);
            }
        }
    }

    /// What to decide next: a question, and which of its options.
    fn open_goal(&self, goal: &Goal<'_>) -> Option<(usize, usize)> {
        if self.known(goal).is_some() {
            return None;
        }
        match goal {
            Goal::Answers(condition) => self.open(condition),
            Goal::Points { of, .. } => of.iter().find_map(|criterion| {
                let rule = criterion.rules.iter().find_map(|rule| self.open(&rule.when));
                rule.or_else(|| self.open_in(&criterion.add))
            }),
            Goal::All(parts) | Goal::Any(parts) => parts.iter().find_map(|it| self.open_goal(it)),
            Goal::Not(part) => self.open_goal(part),
        }
    }

    fn open(&self, condition: &Condition) -> Option<(usize, usize)> {
        if self.holds(condition).is_some() {
            return None;
        }
        match condition {
            Condition::Answered { question, .. }
            | Condition::Marked { question, .. }
            | Condition::Chosen { question, .. } => self.open_question(condition, question),
            Condition::Sum { of, .. } => self.open_in(of),
            Condition::All(parts) | Condition::Any(parts) => {
                parts.iter().find_map(|it| self.open(it))
            }
            Condition::Not(part) => self.open(part),
            Condition::Total { .. } | Condition::Flag(_) => None,
        }
    }

    fn open_in(&self, of: &[String]) -> Option<(usize, usize)> {
        of.iter().find_map(|id| {
            let (index, question) = self.question(id)?;
            self.open_asked(index).or_else(|| match &self.can_be[index] {
                CanBe::Number(low, high) => (low < high).then_some((index, 0)),
                CanBe::Chosen(chosen) => {
                    let worth = |nth: &usize| question.options[*nth].points > 0;
                    let nth = (0..chosen.len()).filter(worth).find(|nth| chosen[*nth].is_none());
                    Some((index, nth?))
                }
            })
        })
    }

    fn open_question(&self, condition: &Condition, id: &str) -> Option<(usize, usize)> {
        let (index, question) = self.question(id)?;
        let CanBe::Chosen(chosen) = &self.can_be[index] else { return None };
        let looked_at = |nth: &usize| {
            let option = &question.options[*nth];
            match condition {
                Condition::Answered { with, .. } => with.contains(&option.id),
                Condition::Marked { with, .. } => option.mark.as_ref() == Some(with),
                _ => !option.exclusive,
            }
        };
        self.open_asked(index).or_else(|| {
            let mut open = (0..chosen.len()).filter(|nth| chosen[*nth].is_none());
            Some((index, open.find(looked_at)?))
        })
    }

    /// What decides whether a question is asked, where that is not known.
    fn open_asked(&self, index: usize) -> Option<(usize, usize)> {
        self.open(self.assessment.questions[index].ask_when.as_ref()?)
    }
}

/// The points of what can still be chosen.
fn worth(question: &Question, chosen: &[Option<bool>]) -> Range {
    let options = || question.options.iter().zip(chosen);
    let certain = options().filter(|(_, it)| **it == Some(true)).map(|(option, _)| option.points);
    let open = || options().filter(|(_, it)| it.is_none()).map(|(option, _)| option.points);
    let low = certain.fold(0, u32::saturating_add);
    if question.kind == Kind::Multi {
        return (low, open().fold(low, u32::saturating_add));
    }
    if chosen.contains(&Some(true)) {
        return (low, low);
    }
    let least = if question.optional { 0 } else { open().min().unwrap_or(0) };
    (least, open().max().unwrap_or(0))
}

fn total(parts: impl Iterator<Item = Range>) -> Range {
    parts.fold((0, 0), |sum, it| (sum.0.saturating_add(it.0), sum.1.saturating_add(it.1)))
}

fn between((low, high): Range, from: u32, to: u32) -> Option<bool> {
    if low >= from && high <= to {
        Some(true)
    } else if high < from || low > to {
        Some(false)
    } else {
        None
    }
}

fn all(mut parts: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    parts
        .try_fold(Some(true), |so_far, it| match it {
            Some(false) => Err(()),
            None => Ok(None),
            Some(true) => Ok(so_far),
        })
        .unwrap_or(Some(false))
}

fn any(mut parts: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    let none_holds = all(parts.by_ref().map(|it| it.map(|holds| !holds)));
    none_holds.map(|none_holds| !none_holds)
}
