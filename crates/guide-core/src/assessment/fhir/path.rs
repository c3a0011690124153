//! Conditions in FHIRPath, over a QuestionnaireResponse: they can say whatever a [`Condition`] can.

use super::response::option_link_of;
use crate::assessment::definition::{Assessment, Choice, Condition, Kind, Question};

/// A condition on answers. Criteria and flags, which are known only after scoring, never hold.
pub(super) fn condition(assessment: &Assessment, condition: &Condition) -> String {
    let joined = |parts: &[Condition], with: &str| {
        let parts: Vec<String> = parts.iter().map(|it| self::condition(assessment, it)).collect();
        ["(", &parts.join(with), ")"].concat()
    };
    match condition {
        Condition::Answered { question, with } => {
            let link = option_link(assessment, question);
            [&chosen(&link, with.iter().map(String::as_str)), ".exists()"].concat()
        }
        Condition::Marked { question, with } => {
            let marked = options(assessment, question).filter(|it| it.mark.as_ref() == Some(with));
            let link = option_link(assessment, question);
            [&chosen(&link, marked.map(|it| it.id.as_str())), ".exists()"].concat()
        }
        Condition::Chosen { question, from } => {
            let counted = options(assessment, question).filter(|it| !it.exclusive);
            let link = option_link(assessment, question);
            let chosen = chosen(&link, counted.map(|it| it.id.as_str()));
            ["(", &chosen, ".count() >= ", &from.to_string(), ")"].concat()
        }
        Condition::Sum { of, from, to } => {
            let sum = sum(assessment, of);
            let bound = |sign: &str, bound: &Option<u32>| {
                bound.map(|bound| [&sum, sign, &bound.to_string()].concat())
            };
            let bounds = [bound(" >= ", from), bound(" <= ", to)];
            ["(", &bounds.into_iter().flatten().collect::<Vec<_>>().join(" and "), ")"].concat()
        }
        Condition::All(parts) => joined(parts, " and "),
        Condition::Any(parts) => joined(parts, " or "),
        Condition::Not(part) => [&self::condition(assessment, part), ".not()"].concat(),
        Condition::Criterion { .. } | Condition::Flag(_) => "false".to_owned(),
    }
}

/// The numbers of these questions together, or the points of what was chosen.
pub(super) fn sum(assessment: &Assessment, of: &[String]) -> String {
    let terms: Vec<String> =
        of.iter().filter_map(|id| assessment.question(id)).flat_map(terms).collect();
    if terms.is_empty() { "0".to_owned() } else { ["(", &terms.join(" + "), ")"].concat() }
}

fn terms(question: &Question) -> Vec<String> {
    let answer = answer(&question.id);
    let number = (question.kind == Kind::Number)
        .then(|| ["iif(", &answer, ".exists(), ", &answer, ".value, 0)"].concat());
    let counted = question.options.iter().filter(|option| option.points() > 0);
    let options = counted.map(|option| {
        let chosen = chosen(&option_link_of(question), std::iter::once(option.id.as_str()));
        ["iif(", &chosen, ".exists(), ", &option.points().to_string(), ", 0)"].concat()
    });
    number.into_iter().chain(options).collect()
}

fn option_link(assessment: &Assessment, question: &str) -> String {
    assessment.question(question).map_or_else(String::new, option_link_of)
}

/// The `linkId` holds no answer.
pub(super) fn is_open(link: &str) -> String {
    [&answer(link), ".empty()"].concat()
}

/// The answers of this `linkId` that are one of these options.
fn chosen<'a>(link: &str, options: impl Iterator<Item = &'a str>) -> String {
    let codes: Vec<String> = options.map(|id| ["value.code = '", id, "'"].concat()).collect();
    let codes = if codes.is_empty() { "false".to_owned() } else { codes.join(" or ") };
    [&answer(link), ".where(", &codes, ")"].concat()
}

/// Ids are kebab-case, so nothing in a `linkId` has to be escaped.
fn answer(link: &str) -> String {
    ["%resource.item.where(linkId = '", link, "').answer"].concat()
}

fn options<'a>(assessment: &'a Assessment, question: &str) -> impl Iterator<Item = &'a Choice> {
    assessment.question(question).into_iter().flat_map(|question| &question.options)
}
