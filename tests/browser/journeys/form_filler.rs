//! A FHIR form filler made by others, LHC-Forms, asks what the guide asks, and holds the same answers.

use fantoccini::key::Key;
use guide_core::assessment::definition::Kind;
use guide_core::assessment::fhir::{Reply, response};
use guide_core::assessment::{Answer, Answers, Assessment};
use rstest_reuse::apply;
use serde_json::{Value, json};

use crate::harness::engine::{Engine, in_every_engine};
use crate::harness::host::Host;
use crate::harness::person::Person;
use crate::harness::site::{assessment, trial_copy};

/// Every so many of the vectors is imported; the first ones alone hold every question.
const EVERY: usize = 7;

/// The Questionnaire that the build wrote.
fn questionnaire() -> Value {
    let file = trial_copy().join("assessment.fhir.json");
    let text = std::fs::read_to_string(&file).expect("`make size` builds the trial copy");
    serde_json::from_str(&text).expect("JSON")
}

/// The response that the clinic's export has for these answers.
fn exported(assessment: &Assessment, answers: &Answers) -> Value {
    let questionnaire = "https://guide.example.org/assessment.fhir.json";
    let reply =
        Reply { questionnaire, version: &assessment.version, authored: None, complete: true };
    response(answers, &reply, Some(assessment))
}

/// Answers of the vectors, complete ones and others.
fn vectors() -> Vec<Answers> {
    let text = include_str!("../../../crates/guide-core/tests/vectors/assessment-vectors.json");
    let all: Value = serde_json::from_str(text).expect("JSON");
    let all = all["vectors"].as_array().expect("vectors").iter();
    let answers = all.map(|it| serde_json::from_value(it["answers"].clone()).expect("answers"));
    answers.collect()
}

/// The items that a Questionnaire has to show: the questions that are asked. Beside a number stands the
/// option that can be chosen in its place, and once it is chosen the number is not asked.
fn asked(assessment: &Assessment, answers: &Answers) -> Vec<String> {
    let items = assessment.asked(answers).into_iter().flat_map(|it| {
        let id = &it.question.id;
        let is_number = it.question.kind == Kind::Number;
        let instead = is_number && matches!(answers.get(id), Some(Answer::Choice(_)));
        let number = (!instead).then(|| id.clone());
        let option = (is_number && !it.question.options.is_empty()).then(|| format!("{id}.option"));
        number.into_iter().chain(option)
    });
    items.collect()
}

/// The answers in a response, by `linkId`, each as the code or the number; options in any order.
fn answers_in(response: &Value) -> Vec<(String, Vec<String>)> {
    let items = response["item"].as_array().map(Vec::as_slice).unwrap_or_default();
    let of_item = |item: &Value| {
        let answers = item["answer"].as_array()?.iter();
        let value = |it: &Value| match &it["valueCoding"]["code"] {
            Value::String(code) => code.clone(),
            _ => it["valueInteger"].to_string(),
        };
        let mut values: Vec<String> = answers.map(value).collect();
        values.sort();
        Some((item["linkId"].as_str()?.to_owned(), values))
    };
    items.iter().filter_map(of_item).collect()
}

/// Opens the form filler.
async fn form_filler(engine: Engine) -> (Host, Person) {
    let host = Host::open(Host::port(), "").await;
    let person = Person::arrives(engine).await;
    person.opens(&host.address("form-filler")).await;
    (host, person)
}

/// Shows the Questionnaire, with the answers of a response if there is one.
async fn shows(person: &Person, questionnaire: &Value, response: Option<&Value>) {
    let script = include_str!("../scripts/form_filler_shows.js");
    person.calls(script, &json!([questionnaire, response])).await;
}

/// The items that are shown, and the response that the form filler has.
async fn holds(person: &Person) -> (Vec<String>, Value) {
    let state = person.calls(include_str!("../scripts/form_filler_holds.js"), &json!([])).await;
    let links = serde_json::from_value(state["links"].clone()).expect("links");
    (links, state["response"].clone())
}

#[apply(in_every_engine)]
async fn a_form_filler_imports_responses_and_asks_what_is_asked(engine: Engine) {
    let (assessment, questionnaire) = (assessment(), questionnaire());
    let (_host, person) = form_filler(engine).await;
    for answers in vectors().iter().step_by(EVERY) {
        // What ends the questions is not in FHIR.
        if assessment.stop(answers).is_some() {
            continue;
        }
        let exported = exported(&assessment, answers);
        shows(&person, &questionnaire, Some(&exported)).await;
        let (shown, held) = holds(&person).await;
        assert_eq!(shown, asked(&assessment, answers), "{answers:?}");
        assert_eq!(answers_in(&held), answers_in(&exported), "{answers:?}");
        assert_eq!(held["questionnaire"], exported["questionnaire"]);
    }
    let elsewhere = "return performance.getEntriesByType('resource').map((it) => it.name) \
        .filter((it) => !it.startsWith(location.origin))";
    assert_eq!(person.runs(elsewhere).await, json!([]));
}

/// Types a number into the field of this `linkId`.
async fn enters(person: &Person, link: &str, number: u32) {
    person.clicks(&format!("[id='{link}/1']")).await;
    person.types(&number.to_string()).await;
    person.presses(Key::Tab).await;
}

/// Chooses the option of this text from the list that the field of this `linkId` opens. There each option
/// has a number before it, and its points behind it.
async fn chooses(person: &Person, link: &str, text: &str) {
    person.clicks(&format!("[id='{link}/1']")).await;
    let listed = format!(
        "const plain = (it) => it.innerText.replace(/^\\d+:\\s+/, '').replace(/ - \\d+$/, ''); \
         const all = [...document.querySelectorAll('#completionOptions li')]; \
         const option = all.find((it) => it.checkVisibility() && plain(it) === {text:?}); \
         if (option) option.id = 'wanted'; return option !== undefined"
    );
    person.waits_for(&listed).await;
    person.clicks("#wanted").await;
    person.presses(Key::Tab).await;
}

#[apply(in_every_engine)]
async fn questions_appear_and_vanish_in_a_form_filler_as_answers_are_given(engine: Engine) {
    let (assessment, questionnaire) = (assessment(), questionnaire());
    let (_host, person) = form_filler(engine).await;
    shows(&person, &questionnaire, None).await;
    let mut given = Answers::default();
    for (question, answer) in [
        ("diagnosis", json!("no")),
        ("features", json!(["nausea", "aura"])),
        ("headache-days", json!(20)),
        ("pattern-months", json!("gt6")),
        ("bad-days", json!("4to7")),
        // In place of the number: an item of its own.
        ("acute-days", json!("unsure")),
        ("acute-kinds", json!(["simple", "triptan"])),
        ("relief-works", json!("rarely")),
    ] {
        let answer: Answer = serde_json::from_value(answer).expect("an answer");
        let asked_for = assessment.question(question).expect(question);
        let link = match (asked_for.kind, &answer) {
            (Kind::Number, Answer::Choice(_)) => format!("{question}.option"),
            _ => question.to_owned(),
        };
        if let Answer::Number(number) = &answer {
            enters(&person, &link, *number).await;
        }
        for option in answer.choices() {
            chooses(&person, &link, &asked_for.option(option).expect(option).text).await;
        }
        given.set(question, Some(answer));
        let expected = json!(asked(&assessment, &given));
        person.settles().await;
        let (shown, held) = holds(&person).await;
        assert_eq!(json!(shown), expected, "after {question}");
        assert_eq!(answers_in(&held), answers_in(&exported(&assessment, &given)), "{question}");
    }
}
