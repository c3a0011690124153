//! Scores answer sets: `score -- <assessment.toml>` reads one JSON object of answers a line, complete or
//! not, and prints criteria, flags, outcome and its reasons as one JSON object a line.
//!
//! A line that cannot be scored prints `{"error": …}`; the exit status then is 1.

mod print;

use std::collections::BTreeMap;
use std::io::{BufRead as _, Write as _};
use std::process::ExitCode;

use guide_core::assessment::flow::AskedQuestion;
use guide_core::assessment::{Answers, Assessment};
use guide_core::source;
use serde_json::Value;

fn main() -> ExitCode {
    let Some(path) = std::env::args().nth(1) else {
        eprintln!(
            "usage: score <assessment.toml>, with answer sets as JSON lines on standard input"
        );
        return ExitCode::from(2);
    };
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) => {
            eprintln!("{path}: {error}");
            return ExitCode::from(2);
        }
    };
    let assessment: Assessment = match source::parse(&path, &text) {
        Ok(assessment) => assessment,
        Err(mistakes) => {
            mistakes.iter().for_each(|mistake| eprintln!("{mistake}"));
            return ExitCode::from(2);
        }
    };
    let mut all_scored = true;
    let mut out = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        let line = match line {
            Ok(line) if line.trim().is_empty() => continue,
            Ok(line) => line,
            Err(error) => {
                eprintln!("standard input: {error}");
                return ExitCode::from(2);
            }
        };
        let result = scored(&assessment, &line).unwrap_or_else(|error| {
            all_scored = false;
            serde_json::json!({ "error": error })
        });
        if writeln!(out, "{result}").is_err() {
            return ExitCode::from(2);
        }
    }
    if all_scored { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn scored(assessment: &Assessment, line: &str) -> Result<Value, String> {
    let values: BTreeMap<String, Value> = serde_json::from_str(line)
        .map_err(|error| format!("not a JSON object of answers by question: {error}"))?;
    let answers = values.into_iter().map(|(question, value)| {
        let answer = serde_json::from_value(value).map_err(|_| {
            format!("{question}: an answer is a whole number, an option's id, or a list of ids")
        })?;
        Ok((question, answer))
    });
    let answers = Answers(answers.collect::<Result<_, String>>()?);
    if assessment.stop(&answers).is_none() {
        acceptable(assessment, &answers)?;
    }
    Ok(print::printed(&assessment.judge(&answers)))
}

/// Checks that every answer belongs to a question, and that every one that is asked accepts its answer.
fn acceptable(assessment: &Assessment, answers: &Answers) -> Result<(), String> {
    if let Some((id, _)) = answers.0.iter().find(|(id, _)| assessment.question(id).is_none()) {
        return Err(format!("there is no question \"{id}\""));
    }
    for AskedQuestion { question, .. } in assessment.asked(answers) {
        if answers.get(&question.id).is_some() {
            let error = |error| format!("{}: {error}", question.id);
            assessment.accept(question, answers).map_err(error)?;
        }
    }
    Ok(())
}
