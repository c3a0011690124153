//! The self-assessment as FHIR R4, checked against what HL7 published, by an independent library:
//! see `tests/fhir/check.cjs` at the top of the project.

#![expect(clippy::expect_used, reason = "a failed expectation fails the test")]

mod common;

use std::io::Write as _;
use std::process::{Command, Stdio};

use guide_core::assessment::definition::Condition;
use guide_core::assessment::fhir::{Publication, Reply, questionnaire, response};
use guide_core::assessment::{Answer, Answers, Assessment};
use guide_core::source;
use serde_json::{Value, json};

const ADDRESS: &str = "https://guide.example.org/assessment.fhir.json";
const PUBLICATION: Publication<'static> =
    Publication { address: ADDRESS, language: "en", title: "Questions", publisher: "A clinic" };
const REPLY: Reply<'static> = Reply {
    questionnaire: ADDRESS,
    version: "1",
    authored: Some("2026-11-24T10:00:00-06:00"),
    complete: true,
};

fn sleep() -> Assessment {
    source::parse("sleep.toml", include_str!("topics/sleep.toml")).expect("no mistakes")
}

/// The output of the checker for each of these.
fn checked(values: &[Value]) -> Vec<Value> {
    let checker = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/fhir/check.cjs");
    let mut node = Command::new("node")
        .arg(checker)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("node runs; `make test` installs what the checker needs");
    let lines: String = values.iter().map(|value| format!("{value}\n")).collect();
    node.stdin.take().expect("a pipe").write_all(lines.as_bytes()).expect("written");
    let output = node.wait_with_output().expect("it ends");
    assert!(output.status.success(), "the checker failed, see above");
    let printed = String::from_utf8(output.stdout).expect("UTF-8");
    let found: Vec<Value> =
        printed.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(found.len(), values.len());
    found
}

/// The item of this `linkId`.
fn item(questionnaire: &Value, id: &str) -> Value {
    let items = questionnaire["item"].as_array().expect("items");
    items.iter().find(|item| item["linkId"] == id).expect(id).clone()
}

#[test]
fn questionnaires_and_responses_are_as_r4_has_them() {
    let assessment = common::assessment();
    let vectors: Value =
        serde_json::from_str(include_str!("vectors/assessment-vectors.json")).expect("JSON");
    let mut resources = vec![
        questionnaire(&assessment, &PUBLICATION),
        questionnaire(&sleep(), &PUBLICATION),
        response(&Answers::default(), &Reply { authored: None, ..REPLY }, None),
    ];
    for vector in vectors["vectors"].as_array().expect("vectors") {
        let answers: Answers = serde_json::from_value(vector["answers"].clone()).expect("answers");
        resources.push(response(&answers, &REPLY, Some(&assessment)));
        resources.push(response(&answers, &REPLY, None));
    }
    assert!(resources.len() > 200);
    for (found, resource) in checked(&resources).into_iter().zip(&resources) {
        assert_eq!(found, json!([]), "{resource:#}");
    }
}

#[test]
fn the_checker_finds_what_is_wrong() {
    let right = questionnaire(&sleep(), &PUBLICATION);
    let spoiled = |pointer: &str, value: Value| {
        let mut wrong = right.clone();
        *wrong.pointer_mut(pointer).expect(pointer) = value;
        wrong
    };
    let wrong = [
        spoiled("/status", json!("activ")),
        spoiled("/item/0/type", json!("choise")),
        // Only questions that are answered may be needed.
        spoiled("/item/1/type", json!("display")),
        spoiled("/item/1/extension/0/valueInteger", json!("1")),
        spoiled("/item/4/enableWhen/0/operator", json!("=>")),
        spoiled("/item/0/answerOption/2/extension/0/url", json!("http://hl7.org/fhir/exclusive")),
    ];
    for (found, resource) in checked(&wrong).into_iter().zip(&wrong) {
        assert_ne!(found, json!([]), "{resource:#}");
    }
}

#[test]
fn everything_that_is_asked_is_in_the_questionnaire() {
    let assessment = common::assessment();
    let all = questionnaire(&assessment, &PUBLICATION);
    assert_eq!(all["url"], ADDRESS);
    assert_eq!(all["version"], assessment.version.as_str());
    let items = all["item"].as_array().expect("items");
    let (beside, questions): (Vec<&Value>, Vec<&Value>) =
        items.iter().partition(|it| it["linkId"].as_str().is_some_and(|id| id.contains('.')));
    assert_eq!(questions.len(), assessment.questions.len());
    let beside: Vec<&Value> = beside.into_iter().map(|it| &it["linkId"]).collect();
    assert_eq!(beside, ["headache-days.option", "acute-days.option"]);
    let text = all.to_string();
    for (question, item) in assessment.questions.iter().zip(questions) {
        assert_eq!(item["linkId"], question.id.as_str());
        assert_eq!(item["text"], question.text.as_str());
        assert_eq!(item["required"], true);
        let hints = question.options.iter().filter_map(|option| option.hint.as_ref());
        for words in hints.chain(&question.hint).chain(question.options.iter().map(|it| &it.text)) {
            assert!(text.contains(json!(words).to_string().trim_matches('"')), "{words}");
        }
    }
    let days = item(&all, "headache-days");
    assert_eq!(days["type"], "integer");
    let extension = |name: &str| format!("http://hl7.org/fhir/StructureDefinition/{name}");
    assert_eq!(
        days["extension"],
        json!([
            { "url": extension("minValue"), "valueInteger": 0 },
            { "url": extension("maxValue"), "valueInteger": 31 },
            { "url": extension("questionnaire-unit"), "valueCoding": { "display": "days" } },
        ])
    );
    // Either the number or the item beside it is answered.
    let open =
        |link: &str| json!({ "question": link, "operator": "exists", "answerBoolean": false });
    assert_eq!(days["enableWhen"], json!([open("headache-days.option")]));
    assert_eq!(
        item(&all, "headache-days.option"),
        json!({
            "linkId": "headache-days.option",
            "text": days["text"],
            "type": "choice",
            "answerOption": [{
                "valueCoding": { "code": "unsure", "display": "I am not sure" },
                "extension": [{ "url": extension("ordinalValue"), "valueDecimal": 5 }],
            }],
        })
    );
    assert_eq!(item(&all, "acute-kinds")["repeats"], true);
    let relief = item(&all, "relief-works");
    let unsure = json!({ "code": "unsure" });
    assert_eq!(relief["enableBehavior"], "any");
    assert_eq!(
        relief["enableWhen"],
        json!([
            { "question": "acute-days", "operator": ">=", "answerInteger": 1 },
            { "question": "acute-days.option", "operator": "=", "answerCoding": unsure },
        ])
    );
    assert_eq!(
        item(&all, "plan")["answerOption"][0],
        json!({
            "valueCoding": { "code": "yes", "display": "Yes" },
            "extension": [{ "url": extension("ordinalValue"), "valueDecimal": 4 }],
        })
    );
}

/// Conditions of every form, on the questions before the last; how each is said.
fn conditions() -> Vec<(Value, &'static str)> {
    let answered = |question: &str, with: &[&str]| json!({ "answered": { "question": question, "with": with } });
    let sum = |of: &[&str], from: Option<u32>, to: Option<u32>| json!({ "sum": { "of": of, "from": from, "to": to } });
    let chosen = |from: u32| json!({ "chosen": { "question": "habits", "from": from } });
    let marked = json!({ "marked": { "question": "danger", "with": "see" } });
    let not = |part: Value| json!({ "not": part });
    let late = answered("nap-time", &["late"]);
    vec![
        (answered("danger", &["gasping", "none"]), "any"),
        (not(answered("danger", &["gasping", "none"])), "all"),
        (marked.clone(), "all"),
        (not(marked.clone()), "all"),
        (chosen(1), "any"),
        (chosen(2), "path"),
        (not(chosen(2)), "path"),
        (sum(&["hours"], Some(5), Some(8)), "all"),
        (not(sum(&["hours"], Some(5), Some(8))), "any"),
        (sum(&["naps"], Some(0), None), "always"),
        (sum(&["naps"], None, Some(2)), "any"),
        (sum(&["naps"], Some(2), None), "all"),
        (not(sum(&["naps"], Some(2), None)), "any"),
        (answered("naps", &["varies"]), "all"),
        (not(answered("naps", &["varies"])), "all"),
        (sum(&["hours", "naps"], Some(9), None), "path"),
        // No points, so always 0.
        (sum(&["nap-time"], Some(1), None), "path"),
        (sum(&["nap-time"], None, Some(0)), "any"),
        (sum(&["habits"], Some(2), Some(3)), "path"),
        (json!({ "all": [late.clone(), marked.clone()] }), "all"),
        (json!({ "any": [late.clone(), not(marked.clone())] }), "any"),
        (not(json!({ "any": [late.clone(), marked.clone()] })), "all"),
        (json!({ "all": [chosen(1), { "any": [late.clone(), marked.clone()] }] }), "path"),
        (json!({ "any": [sum(&["naps"], Some(0), None), late] }), "always"),
    ]
}

/// Answers that differ wherever those conditions look.
fn nights() -> Vec<Answers> {
    let mut all = Vec::new();
    for danger in [json!(["none"]), json!(["gasping"])] {
        for hours in [4, 5, 8, 9] {
            for (naps, time) in [
                (json!(0), None),
                (json!(2), Some("noon")),
                (json!(3), Some("late")),
                (json!(1), Some("late")),
                (json!("varies"), Some("noon")),
            ] {
                for habits in [vec!["none"], vec!["work"], vec!["coffee", "screen"]] {
                    let mut night = json!({
                        "danger": danger, "hours": hours, "naps": naps, "habits": habits,
                    });
                    if let Some(time) = time {
                        night["nap-time"] = time.into();
                    }
                    all.push(serde_json::from_value(night).expect("answers"));
                }
            }
        }
    }
    all
}

#[test]
fn what_is_enabled_is_what_is_asked() {
    let mut cases = Vec::new();
    let mut expected = Vec::new();
    for (written, said) in conditions() {
        let mut assessment = sleep();
        let condition: Condition = serde_json::from_value(written.clone()).expect("a condition");
        assessment.questions.last_mut().expect("a question").ask_when = Some(condition);
        let all = questionnaire(&assessment, &PUBLICATION);
        let last = item(&all, "mattress");
        let by_path = last["extension"][0]["valueExpression"]["language"] == "text/fhirpath";
        let how = match (by_path, last["enableBehavior"].as_str()) {
            (true, None) => "path",
            (false, None) => "always",
            (_, Some(behavior)) => behavior,
        };
        assert_eq!(how, said, "{written} is {last:#}");
        let responses: Vec<Value> =
            nights().iter().map(|it| response(it, &REPLY, Some(&assessment))).collect();
        cases.push(json!({ "questionnaire": all, "responses": responses }));
        // Beside a number stands its option, and only one of the two is enabled once it is answered.
        let asked = |answers: &Answers| {
            let asked = assessment.asked(answers).into_iter();
            let links = asked.flat_map(|it| {
                let id = it.question.id.clone();
                let option = (id == "naps").then(|| format!("{id}.option"));
                let instead = matches!(answers.get(&id), Some(Answer::Choice(_)));
                let number = (option.is_none() || !instead).then_some(id);
                number.into_iter().chain(option)
            });
            links.collect::<Vec<_>>()
        };
        expected.push(json!(nights().iter().map(asked).collect::<Vec<_>>()));
    }
    for ((enabled, asked), (written, _)) in checked(&cases).iter().zip(&expected).zip(conditions())
    {
        for (nth, night) in nights().iter().enumerate() {
            assert_eq!(enabled[nth], asked[nth], "{written} for {}", json!(night));
        }
    }
}

/// An early result was exported as answered to the end.
#[test]
fn a_response_says_that_it_is_not_complete() {
    for (complete, status) in [(true, "completed"), (false, "in-progress")] {
        let reply = Reply { complete, ..REPLY };
        assert_eq!(response(&Answers::default(), &reply, None)["status"], status);
    }
}
