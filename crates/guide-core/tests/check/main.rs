//! A mistake in an assessment stops the build with file, line and reason: one test a kind.
//!
//! Most tests alter one place of a short, correct file and expect exactly one mistake there.

#![expect(clippy::expect_used, clippy::panic, reason = "a failed expectation fails the test")]

#[path = "../common/mod.rs"]
mod common;

mod conditions;
mod outcomes;
mod questions;
mod scoring;
mod shape;

use guide_core::assessment::Assessment;
use guide_core::source::{Mistake, parse};

const FILE: &str = "content/en/sleep.toml";
const SLEEP: &str = include_str!("../topics/sleep.toml");

/// `text` with its one `old` made `new`.
#[track_caller]
fn altered(text: &str, old: &str, new: &str) -> String {
    assert_eq!(text.matches(old).count(), 1, "`{old}` must stand in the file once");
    text.replacen(old, new, 1)
}

/// The line on which the one `mark` of a text begins.
#[track_caller]
fn line_of(text: &str, mark: &str) -> usize {
    assert_eq!(text.matches(mark).count(), 1, "`{mark}` must stand in the file once");
    let (before, _) = text.split_once(mark).expect("it stands there");
    before.split('\n').count()
}

#[track_caller]
fn mistakes(text: &str) -> Vec<Mistake> {
    match parse::<Assessment>(FILE, text) {
        Ok(_) => panic!("taken without a mistake"),
        Err(mistakes) => mistakes,
    }
}

/// With its one `old` made `new`, the file has one mistake: on the line of `mark` in the new text,
/// with this reason.
#[track_caller]
fn refused_at(old: &str, new: &str, mark: &str, reason: &str) {
    let text = altered(SLEEP, old, new);
    let (file, line) = (FILE.to_owned(), line_of(&text, mark));
    assert_eq!(mistakes(&text), [Mistake { file, line, reason: reason.to_owned() }]);
}

/// The same, where the mistake stands where the alteration begins.
#[track_caller]
fn refused(old: &str, new: &str, reason: &str) {
    refused_at(old, new, new, reason);
}

/// With its one `old` made `new`, the file still has no mistake.
#[track_caller]
fn taken(old: &str, new: &str) {
    parse::<Assessment>(FILE, &altered(SLEEP, old, new)).expect("no mistake");
}

#[test]
fn the_files_as_they_are_have_no_mistake() {
    parse::<Assessment>(FILE, SLEEP).expect("no mistake");
    common::assessment();
}

#[test]
fn a_mistake_in_the_content_reads_as_file_line_and_reason() {
    let text = altered(common::TEXT, "\"supervision\", from = 2 }", "\"supervision\", from = 5 }");
    let line = line_of(&text, "\"supervision\", from = 5 }");
    let found = parse::<Assessment>(common::FILE, &text).expect_err("a mistake");
    let read: Vec<String> = found.iter().map(ToString::to_string).collect();
    let reason = "from = 5 is out of range; the most possible is 4";
    assert_eq!(read, [format!("content/en/assessment.toml:{line}: {reason}")]);
}

#[test]
fn all_mistakes_are_reported_in_the_order_of_the_file() {
    let text = altered(SLEEP, r#"tel = "5550101""#, r#"tel = "a friend""#);
    let text = altered(&text, r#"lists = "danger""#, r#"lists = "dangers""#);
    let text = altered(&text, "shown = true", "");
    let found = mistakes(&text);
    let lines: Vec<usize> = found.iter().map(|mistake| mistake.line).collect();
    let marks = [r#"id = "mattress""#, r#"lists = "dangers""#, r#"tel = "a friend""#];
    assert_eq!(lines, marks.map(|mark| line_of(&text, mark)), "{found:?}");
}
