//! Answers as a QuestionnaireResponse.

use serde_json::{Map, Value, json};

use crate::assessment::answers::{Answer, Answers};
use crate::assessment::definition::{Assessment, Choice, Kind, Question};

/// The suffix of the item with the options that can be chosen in place of a number: an integer cannot be
/// "not sure". No question's id has a point.
const BESIDE: &str = ".option";

/// The metadata of a QuestionnaireResponse.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply<'a> {
    /// The canonical address of the Questionnaire, see `Publication::address`.
    pub questionnaire: &'a str,
    /// The version of the definition that asked.
    pub version: &'a str,
    /// The time at which it was answered, RFC 3339 with offset; none if that is not known.
    pub authored: Option<&'a str>,
    /// Everything that is asked was answered: not so for an early result.
    pub complete: bool,
}

/// Answers as a QuestionnaireResponse, to which the receiving system adds a subject.
///
/// With the definition that asked, its questions stand in their order and with their texts. Without
/// it (of another version, or not at hand) they stand by id, which software can read as well.
pub fn response(answers: &Answers, reply: &Reply<'_>, definition: Option<&Assessment>) -> Value {
    let items: Vec<Value> = match definition {
        Some(assessment) => {
            let answers = assessment.relevant(answers);
            let answered = assessment.questions.iter();
            answered.filter_map(|it| Some(item(&it.id, answers.get(&it.id)?, Some(it)))).collect()
        }
        None => answers.0.iter().map(|(id, answer)| item(id, answer, None)).collect(),
    };
    let mut response = Map::new();
    let canonical = [reply.questionnaire, "|", reply.version].concat();
    response.insert("resourceType".to_owned(), "QuestionnaireResponse".into());
    response.insert("questionnaire".to_owned(), canonical.into());
    let status = if reply.complete { "completed" } else { "in-progress" };
    response.insert("status".to_owned(), status.into());
    if let Some(authored) = reply.authored {
        response.insert("authored".to_owned(), authored.into());
    }
    // An empty list is no value in FHIR.
    if !items.is_empty() {
        response.insert("item".to_owned(), items.into());
    }
    response.into()
}

fn item(id: &str, answer: &Answer, question: Option<&Question>) -> Value {
    let coding = |code: &String| {
        let text = question.and_then(|it| it.option(code)).and_then(text_of_option);
        match text {
            Some(text) => json!({ "valueCoding": { "code": code, "display": text } }),
            None => json!({ "valueCoding": { "code": code } }),
        }
    };
    let answers: Vec<Value> = match answer {
        Answer::Number(number) => vec![json!({ "valueInteger": number })],
        chosen => chosen.choices().iter().map(coding).collect(),
    };
    // In place of a number stands an option of the item beside it.
    let link = match (question, answer) {
        (Some(question), Answer::Choice(_)) => option_link_of(question),
        _ => id.to_owned(),
    };
    let mut item = Map::new();
    item.insert("linkId".to_owned(), link.into());
    if let Some(text) = question.and_then(text_of_question) {
        item.insert("text".to_owned(), text.into());
    }
    if !answers.is_empty() {
        item.insert("answer".to_owned(), answers.into());
    }
    item.into()
}

/// The `linkId` of the item in which the options of a question are: its own, or that beside a number.
pub(super) fn option_link_of(question: &Question) -> String {
    let beside = if question.kind == Kind::Number { BESIDE } else { "" };
    [&question.id, beside].concat()
}

/// The texts of a definition, which exist natively alone.
#[cfg(not(target_arch = "wasm32"))]
#[expect(clippy::unnecessary_wraps, reason = "in the browser there is none")]
fn text_of_question(question: &Question) -> Option<&str> {
    Some(&question.text)
}

#[cfg(not(target_arch = "wasm32"))]
#[expect(clippy::unnecessary_wraps, reason = "in the browser there is none")]
fn text_of_option(option: &Choice) -> Option<&str> {
    Some(&option.text)
}

#[cfg(target_arch = "wasm32")]
const fn text_of_question(_: &Question) -> Option<&str> {
    None
}

#[cfg(target_arch = "wasm32")]
const fn text_of_option(_: &Choice) -> Option<&str> {
    None
}
