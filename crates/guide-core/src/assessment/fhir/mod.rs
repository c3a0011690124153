//! The self-assessment in the clinic's own systems: FHIR R4 (4.0.1), as JSON.
//!
//! [`questionnaire`] turns a definition into a Questionnaire, [`response()`] a set of answers into a
//! QuestionnaireResponse. Question ids are `linkId`s, option ids are codes. R4 has no
//! element for the scoring of criteria, flags and outcomes, nor for answers that end the questions
//! at once; these stay in the definition alone. See `docs/assessment.md`.

mod condition;
mod path;
mod response;

use serde_json::{Map, Value, json};

use super::definition::{Assessment, Choice, Kind, Limit, Question};

pub use response::{Reply, response};

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
    let items: Vec<Value> = assessment.questions.iter().map(|it| item(assessment, it)).collect();
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

fn item(assessment: &Assessment, question: &Question) -> Value {
    let mut item = Map::new();
    let mut set = |name: &str, value: Value| {
        item.insert(name.to_owned(), value);
    };
    let mut extensions = Vec::new();
    set("linkId", question.id.clone().into());
    set("text", question.text.clone().into());
    set("type", if question.kind == Kind::Number { "integer" } else { "choice" }.into());
    set("required", (!question.optional).into());
    set("repeats", (question.kind == Kind::Multi).into());
    for (name, bound) in [("minValue", question.min), ("maxValue", question.max)] {
        if let Some(bound) = bound {
            extensions.push(extension(name, "valueInteger", bound.into()));
        }
    }
    if let Some(unit) = &question.unit {
        extensions.push(extension("questionnaire-unit", "valueCoding", json!({ "display": unit })));
    }
    if !question.options.is_empty() {
        set("answerOption", question.options.iter().map(option).collect());
    }
    match question.ask_when.as_ref().map(|it| condition::enable_when(assessment, it)) {
        Some(condition::Enable::When { all, atoms }) => {
            set("enableBehavior", if all { "all" } else { "any" }.into());
            set("enableWhen", atoms.into());
        }
        Some(condition::Enable::Path(path)) => extensions.push(path),
        Some(condition::Enable::Always) | None => {}
    }
    if !extensions.is_empty() {
        set("extension", extensions.into());
    }
    if let Some(help) = help(question) {
        set("item", json!([help]));
    }
    item.into()
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
    let expression = [&path::sum(assessment, &limit.of), " <= ", &limit.at_most.to_string()];
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
