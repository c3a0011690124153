//! The self-assessment scores as an independent implementation of its specification does.

#![expect(clippy::expect_used, reason = "a failed expectation fails the test")]

mod common;

use guide_core::assessment::Answers;
use serde::Deserialize;
use serde_json::{Value, json};

const VECTORS: &str = include_str!("vectors/assessment-vectors.json");

#[derive(Deserialize)]
struct Vectors {
    vectors: Vec<Vector>,
}

#[derive(Deserialize)]
struct Vector {
    name: String,
    answers: Answers,
    expect: Value,
}

#[test]
fn every_vector_scores_as_expected() {
    let assessment = common::assessment();
    let Vectors { vectors } = serde_json::from_str(VECTORS).expect("vectors");
    let mut scored = 0;
    let mut failures = String::new();
    for Vector { name, answers, expect } in vectors {
        let score = match assessment.score(&answers) {
            Ok(score) => serde_json::to_value(score).expect("a score is JSON"),
            Err(error) => json!({ "error": error.to_string() }),
        };
        if score != expect {
            failures += &format!("{name}:\n  expected {expect}\n  scored   {score}\n");
        }
        scored += 1;
    }
    assert!(failures.is_empty(), "{failures}");
    assert_ne!(scored, 0, "no vector was read");
    assert_eq!(scored, VECTORS.matches(r#""name":"#).count(), "not every vector was read");
}
