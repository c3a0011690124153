//! The self-assessment judges as an independent implementation of its specification does.

#![expect(clippy::expect_used, reason = "a failed expectation fails the test")]

mod common;
#[path = "../examples/score/print.rs"]
mod print;

use guide_core::assessment::Answers;
use serde::Deserialize;
use serde_json::Value;

const VECTORS: &str = include_str!("vectors/assessment-vectors.json");

#[derive(Deserialize)]
struct Vectors {
    version: String,
    vectors: Vec<Vector>,
}

#[derive(Deserialize)]
struct Vector {
    name: String,
    #[serde(default)]
    partial: bool,
    answers: Answers,
    expect: Value,
}

#[test]
fn every_vector_is_judged_as_expected() {
    let assessment = common::assessment();
    let Vectors { version, vectors } = serde_json::from_str(VECTORS).expect("vectors");
    assert_eq!(assessment.version, version);
    let mut judged = 0;
    let mut failures = String::new();
    for Vector { name, partial, answers, expect } in vectors {
        let judgement = assessment.judge(&answers);
        let printed = print::printed(&judgement);
        if printed != expect || judgement.complete == partial {
            failures += &format!("{name}:\n  expected {expect}\n  judged   {printed}\n");
        }
        judged += 1;
    }
    assert!(failures.is_empty(), "{failures}");
    assert_ne!(judged, 0, "no vector was read");
    assert_eq!(judged, VECTORS.matches(r#""name":"#).count(), "not every vector was read");
}
