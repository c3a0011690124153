//! `cargo run --example score` prints what the vectors hold, and says plainly what it cannot score.

#![expect(clippy::expect_used, reason = "a failed expectation fails the test")]

use std::io::Write as _;
use std::process::{Command, Output, Stdio};

use serde_json::{Value, json};

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../content/en/assessment.toml");

/// Runs the example as its documentation says, with these lines as its input.
fn score(file: &str, lines: &str) -> Output {
    let mut run = Command::new(env!("CARGO"))
        .args(["run", "-q", "-p", "guide-core", "--example", "score", "--", file])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("cargo runs");
    // Dropped after writing, which ends the input. A run that has nothing to read closes it first.
    let written = run.stdin.take().expect("its input").write_all(lines.as_bytes());
    let output = run.wait_with_output().expect("the example ends");
    assert!(written.is_ok() || !output.status.success(), "{written:?}");
    output
}

fn lines(output: &Output) -> Vec<String> {
    String::from_utf8(output.stdout.clone()).expect("UTF-8").lines().map(str::to_owned).collect()
}

#[test]
fn prints_the_scores_of_the_vectors() {
    let vectors: Value =
        serde_json::from_str(include_str!("vectors/assessment-vectors.json")).expect("vectors");
    let vectors = vectors["vectors"].as_array().expect("a list");
    let input: String = vectors.iter().map(|vector| format!("{}\n", vector["answers"])).collect();
    let output = score(FILE, &input);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let scores: Vec<Value> =
        lines(&output).iter().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let expected: Vec<Value> = vectors.iter().map(|vector| vector["expect"].clone()).collect();
    assert_eq!(scores, expected);
}

#[test]
fn prints_an_emergency_alone() {
    let output = score(FILE, &json!({ "red-flags-now": ["seizure"] }).to_string());
    assert!(output.status.success());
    assert_eq!(lines(&output), [r#"{"outcome":"emergency"}"#]);
}

#[test]
fn says_what_it_cannot_score_and_goes_on() {
    let input = [
        "not JSON",
        r#"{"red-flags-now": ["none"], "headache-days": -1}"#,
        r#"{"red-flags-now": ["none"], "shoe-size": 9}"#,
        "",
        r#"{"red-flags-now": ["none", "eye-ache"]}"#,
        r#"{"headache-days": 2, "bad-days": "8plus"}"#,
        r#"{"red-flags-now": ["eye"]}"#,
    ];
    let output = score(FILE, &input.join("\n"));
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(
        lines(&output),
        [
            r#"{"error":"not a JSON object of answers by question: expected ident at line 1 column 2"}"#,
            r#"{"error":"headache-days: an answer is a whole number, an option's id, or a list of ids"}"#,
            r#"{"error":"there is no question \"shoe-size\""}"#,
            r#"{"error":"red-flags-now: the answer must be a whole number for kind = \"number\" (or the id of an option, if it has any), such an id for \"single\", a list of such ids for \"multi\""}"#,
            r#"{"error":"bad-days: a limit of \"bad-days\" refuses these answers together"}"#,
            r#"{"outcome":"emergency"}"#,
        ]
    );
}

#[test]
fn prints_what_is_known_of_answers_that_are_not_complete() {
    let output = score(FILE, r#"{"red-flags-now": ["none"], "diagnosis": "no"}"#);
    assert!(output.status.success());
    let printed: Value = serde_json::from_str(&lines(&output)[0]).expect("JSON");
    assert_eq!(printed["decided"], "see-doctor-first");
    assert_eq!(printed["because"], json!(["not-told"]));
    assert_eq!(printed["flags"], json!(["no-diagnosis"]));
    assert_eq!(printed["criteria"]["mood-affected"], json!([0, 4]));
}

#[test]
fn says_what_is_wrong_with_the_file() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml");
    let output = score(file, "");
    assert_eq!(output.status.code(), Some(2));
    assert!(output.stdout.is_empty());
    let said = String::from_utf8_lossy(&output.stderr);
    let (line, reason) =
        said.strip_prefix(file).and_then(|it| it[1..].split_once(": ")).expect("file:line: reason");
    assert!(line.parse::<usize>().is_ok(), "{said}");
    assert!(reason.starts_with("unknown field"), "{said}");
}
