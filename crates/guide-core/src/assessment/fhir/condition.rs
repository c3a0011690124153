//! The condition on which a question is asked, as a Questionnaire has it.
//!
//! `enableWhen` is one flat list of comparisons, of which all or any must hold. A condition that
//! does not fit into that is written in FHIRPath, by an extension of HL7's guide for structured data
//! capture (SDC), so that exactly those are asked whom the definition asks.

use serde_json::{Value, json};

use super::path;
use super::response::option_link_of;
use crate::assessment::definition::{Assessment, Choice, Condition, Kind, Question};

const EXPRESSION: &str =
    "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-enableWhenExpression";

/// A Questionnaire's way to say when a question is asked.
pub(super) enum Enable {
    /// It always is.
    Always,
    /// If all of these comparisons hold, or any of them.
    When { all: bool, atoms: Vec<Value> },
    /// If this extension's expression holds.
    Path(Value),
}

/// Comparisons put together. `All` of nothing always holds, `Any` of nothing never does.
enum Logic {
    Atom(Value),
    All(Vec<Logic>),
    Any(Vec<Logic>),
}

/// When a question is asked: by its condition, and, of a number, while no option stands in its place.
pub(super) fn enable_when(assessment: &Assessment, question: &Question) -> Enable {
    let instead = has_option_beside(question).then(|| option_link_of(question));
    let asked = question.ask_when.as_ref();
    let by_path = || {
        let asked = asked.map(|it| path::condition(assessment, it));
        let open = instead.as_deref().map(path::is_open);
        let expression = asked.into_iter().chain(open).collect::<Vec<_>>().join(" and ");
        Enable::Path(json!({
            "url": EXPRESSION,
            "valueExpression": { "language": "text/fhirpath", "expression": expression },
        }))
    };
    let asked = match asked.map(|it| logic(assessment, it, true)) {
        Some(None) => return by_path(),
        logic => logic.flatten(),
    };
    let open = instead.as_deref().map(unanswered);
    let (all, parts) = match flat(Logic::All(asked.into_iter().chain(open).collect())) {
        Logic::All(parts) if parts.is_empty() => return Enable::Always,
        Logic::All(parts) => (true, parts),
        Logic::Any(parts) => (false, parts),
        atom => (true, vec![atom]),
    };
    let atom = |part| if let Logic::Atom(atom) = part { Some(atom) } else { None };
    match parts.into_iter().map(atom).collect::<Option<Vec<Value>>>() {
        Some(atoms) if !atoms.is_empty() => Enable::When { all, atoms },
        _ => by_path(),
    }
}

/// An option can be chosen in place of a number.
pub(super) fn has_option_beside(question: &Question) -> bool {
    question.kind == Kind::Number && !question.options.is_empty()
}

/// `condition`, or its contrary; none where no comparison says it.
fn logic(assessment: &Assessment, condition: &Condition, holds: bool) -> Option<Logic> {
    let each = |parts: &[Condition]| {
        parts.iter().map(|it| logic(assessment, it, holds)).collect::<Option<Vec<_>>>()
    };
    match condition {
        Condition::Answered { question, with } => {
            let question = assessment.question(question)?;
            Some(chosen_where(question, |it| with.contains(&it.id), holds))
        }
        Condition::Marked { question, with } => {
            let question = assessment.question(question)?;
            Some(chosen_where(question, |it| it.mark.as_ref() == Some(with), holds))
        }
        Condition::Chosen { question, from: 1 } => {
            Some(chosen_where(assessment.question(question)?, |it| !it.exclusive, holds))
        }
        Condition::Sum { of, from, to } => match of.as_slice() {
            [only] => sum(assessment.question(only)?, from.unwrap_or(0), *to, holds),
            _ => None,
        },
        Condition::All(parts) if holds => each(parts).map(Logic::All),
        Condition::All(parts) => each(parts).map(Logic::Any),
        Condition::Any(parts) if holds => each(parts).map(Logic::Any),
        Condition::Any(parts) => each(parts).map(Logic::All),
        Condition::Not(part) => logic(assessment, part, !holds),
        Condition::Chosen { .. } | Condition::Criterion { .. } | Condition::Flag(_) => None,
    }
}

/// One of these options was chosen, or none of them.
fn chosen_where(question: &Question, with: impl Fn(&Choice) -> bool, holds: bool) -> Logic {
    let link = option_link_of(question);
    let sign = if holds { "=" } else { "!=" };
    let compare = |it: &Choice| atom(&link, sign, "answerCoding", json!({ "code": it.id }));
    let atoms = question.options.iter().filter(|option| with(option)).map(compare).collect();
    if holds { Logic::Any(atoms) } else { Logic::All(atoms) }
}

/// Of one question. Unanswered it counts as 0, which no comparison but `exists` says.
fn sum(question: &Question, from: u32, to: Option<u32>, holds: bool) -> Option<Logic> {
    let within = |points: u32| (points >= from && to.is_none_or(|to| points <= to)) == holds;
    let number = |sign, bound: u32| atom(&question.id, sign, "answerInteger", bound.into());
    let options = || chosen_where(question, |it| within(it.points()), true);
    let number = match question.kind {
        Kind::Number if holds => {
            let low = (from > 0).then(|| number(">=", from));
            let high = to.map(|to| number("<=", to));
            let bounds: Vec<Logic> = low.into_iter().chain(high).collect();
            if bounds.is_empty() {
                return Some(Logic::All(Vec::new()));
            }
            Some(Logic::All(bounds))
        }
        Kind::Number => {
            let low = (from > 0).then(|| number("<", from));
            Some(Logic::Any(low.into_iter().chain(to.map(|to| number(">", to))).collect()))
        }
        Kind::Single => None,
        Kind::Multi => return None,
    };
    // Unanswered altogether: a number with an option beside it is not, where its own item is open.
    let open = (question.ask_when.is_some() && within(0)).then(|| {
        let beside = has_option_beside(question).then(|| unanswered(&option_link_of(question)));
        Logic::All(std::iter::once(unanswered(&question.id)).chain(beside).collect())
    });
    Some(Logic::Any(number.into_iter().chain([options()]).chain(open).collect()))
}

fn unanswered(link: &str) -> Logic {
    atom(link, "exists", "answerBoolean", false.into())
}

fn atom(link: &str, sign: &str, kind: &str, value: Value) -> Logic {
    Logic::Atom(json!({ "question": link, "operator": sign, kind: value }))
}

/// The same with as few levels as can be.
fn flat(logic: Logic) -> Logic {
    let (all, parts) = match logic {
        Logic::Atom(_) => return logic,
        Logic::All(parts) => (true, parts),
        Logic::Any(parts) => (false, parts),
    };
    let mut kept = Vec::new();
    for part in parts.into_iter().map(flat) {
        match part {
            Logic::All(inner) if all => kept.extend(inner),
            Logic::Any(inner) if !all => kept.extend(inner),
            // Something that always holds decides an "any"; something that never does, an "all".
            Logic::All(inner) | Logic::Any(inner) if inner.is_empty() => {
                return if all { Logic::Any(inner) } else { Logic::All(inner) };
            }
            part => kept.push(part),
        }
    }
    match kept.len() {
        1 => kept.remove(0),
        _ if all => Logic::All(kept),
        _ => Logic::Any(kept),
    }
}
