//! A definition as a Questionnaire.

use serde_json::{Map, Value, json};

use super::response::option_link_of;
use super::{condition, path};
use crate::assessment::definition::{Assessment, Choice, Kind, Limit, Question};

/// The address below which the extensions of FHIR itself are defined.
const EXTENSION: &str = "http://hl7.org/fhir/StructureDefinition/";

/// The metadata of a Questionnaire.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Publication<'a> {
    /// Its canonical address, which responses name.
    pub address: &'a str,
    /// The language of its texts, as in `lang`.
    pub language: &'a str,
    /// Its title, for people.
    pub title: &'a str,
    /// The publisher.
    pub publisher: &'a str,
}

/// The definition as a Questionnaire.
pub fn questionnaire(assessment: &Assessment, publication: &Publication<'_>) -> Value {
    let Publication { address, language, title, publisher } = publication;
    let items: Vec<Value> =
        assessment.questions.iter().flat_map(|it| items(assessment, it)).collect();
    let mut all = json!({
        "resourceType": "Questionnaire",
        "url": address,
        "version": assessment.version,
        "name": "SelfAssessment",
        "title": title,
        "status": "active",
        "subjectType": ["Patient"],
        "language": language,
        "publisher": publisher,
        "description": assessment.disclaimer,
        "item": items,
    });
    let limits = assessment.limits.iter().enumerate();
    let limits: Vec<Value> =
        limits.map(|(nth, limit)| constraint(assessment, nth, limit)).collect();
    if let (Value::Object(members), false) = (&mut all, limits.is_empty()) {
        members.insert("extension".to_owned(), limits.into());
    }
    all
}

/// A question; beside a number, its options as an item of their own.
fn items(assessment: &Assessment, question: &Question) -> Vec<Value> {
    let mut items = vec![item(assessment, question)];
    if condition::has_option_beside(question) {
        let asked = Question { kind: Kind::Single, options: Vec::new(), ..question.clone() };
        let mut beside = Map::from_iter([
            ("linkId".to_owned(), option_link_of(question).into()),
            ("text".to_owned(), question.text.clone().into()),
            ("type".to_owned(), "choice".into()),
            ("answerOption".to_owned(), question.options.iter().map(option).collect()),
        ]);
        let mut extensions = Vec::new();
        enabled(assessment, &asked, &mut beside, &mut extensions);
        if !extensions.is_empty() {
            beside.insert("extension".to_owned(), extensions.into());
        }
        items.push(beside.into());
    }
    items
}

fn item(assessment: &Assessment, question: &Question) -> Value {
    let mut item = Map::new();
    let mut set = |name: &str, value: Value| {
        item.insert(name.to_owned(), value);
    };
    let mut extensions = Vec::new();
    set("linkId", question.id.clone().into());
    set("text", question.text.clone().into());
    set("type", if question.kind == Kind::Number { "integer" } else { "choice" }.into());
    set("required", true.into());
    set("repeats", (question.kind == Kind::Multi).into());
    for (name, bound) in [("minValue", question.min), ("maxValue", question.max)] {
        if let Some(bound) = bound {
            extensions.push(extension(name, "valueInteger", bound.into()));
        }
    }
    if let Some(unit) = &question.unit {
        extensions.push(extension("questionnaire-unit", "valueCoding", json!({ "display": unit })));
    }
    if question.kind != Kind::Number {
        set("answerOption", question.options.iter().map(option).collect());
    }
    enabled(assessment, question, &mut item, &mut extensions);
    let help = help(question).map(|help| ("item", json!([help])));
    let extensions = (!extensions.is_empty()).then(|| ("extension", extensions.into()));
    item.extend(extensions.into_iter().chain(help).map(|(name, value)| (name.to_owned(), value)));
    item.into()
}

/// Says when a question is asked.
fn enabled(
    assessment: &Assessment,
    question: &Question,
    item: &mut Map<String, Value>,
    extensions: &mut Vec<Value>,
) {
    match condition::enable_when(assessment, question) {
        condition::Enable::When { all, atoms } => {
            let behavior = if all { "all" } else { "any" };
            item.insert("enableBehavior".to_owned(), behavior.into());
            item.insert("enableWhen".to_owned(), atoms.into());
        }
        condition::Enable::Path(path) => extensions.push(path),
        condition::Enable::Always => {}
    }
}

fn option(option: &Choice) -> Value {
    let mut value = json!({ "valueCoding": { "code": option.id, "display": option.text } });
    let ordinal = (option.points() > 0)
        .then(|| extension("ordinalValue", "valueDecimal", option.points().into()));
    let exclusive = option
        .exclusive
        .then(|| extension("questionnaire-optionExclusive", "valueBoolean", true.into()));
    let extensions: Vec<Value> = [ordinal, exclusive].into_iter().flatten().collect();
    if let (Value::Object(members), false) = (&mut value, extensions.is_empty()) {
        members.insert("extension".to_owned(), extensions.into());
    }
    value
}

/// The hints of a question and of its options: R4 has no place for the latter.
fn help(question: &Question) -> Option<Value> {
    let of_options = question
        .options
        .iter()
        .filter_map(|option| Some([&option.text, ": ", option.hint.as_ref()?].concat()));
    let lines: Vec<String> = question.hint.iter().cloned().chain(of_options).collect();
    let category = json!({ "coding": [{
        "system": "http://hl7.org/fhir/questionnaire-item-control",
        "code": "help",
    }] });
    (!lines.is_empty()).then(|| {
        json!({
            "linkId": format!("{}.help", question.id),
            "type": "display",
            "text": lines.join("\n"),
            "extension": [extension("questionnaire-itemControl", "valueCodeableConcept", category)],
        })
    })
}

fn constraint(assessment: &Assessment, nth: usize, limit: &Limit) -> Value {
    let part = |name: &str, kind: &str, value: Value| json!({ "url": name, kind: value });
    let expression = [&path::condition(assessment, &limit.never), ".not()"];
    json!({
        "url": format!("{EXTENSION}questionnaire-constraint"),
        "extension": [
            part("key", "valueId", format!("limit-{}", nth + 1).into()),
            part("severity", "valueCode", "error".into()),
            part("expression", "valueString", expression.concat().into()),
            part("human", "valueString", limit.error.clone().into()),
        ],
    })
}

fn extension(name: &str, kind: &str, value: Value) -> Value {
    json!({ "url": format!("{EXTENSION}{name}"), kind: value })
}
