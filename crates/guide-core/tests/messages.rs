//! Mistakes in content files are explained in plain words to somebody who does not know TOML.

#![expect(clippy::expect_used, reason = "a failed expectation fails the test")]

use guide_core::source::{Check, Problem, parse, read};
use serde::Deserialize;
use toml::value::Datetime;

/// A file with a value of each kind.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
struct File {
    phone: String,
    max: u32,
    cut: bool,
    serves: Vec<String>,
    date: Option<Datetime>,
    base_address: String,
    keys: Vec<Key>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "it is only read")]
struct Key {
    kid: String,
    expires: Option<String>,
}

impl Check for File {
    fn problems(&self) -> Vec<Problem> {
        Vec::new()
    }
}

/// Asserts that the text cannot be read, and that the reason has these words.
#[track_caller]
fn explained(text: &str, words: &str) {
    let reason = read::<File>(text).expect_err("a mistake").reason;
    assert!(reason.contains(words), "{text:?}: {reason}");
}

#[test]
fn a_text_without_quotation_marks() {
    for value in ["972-555-0123", "(972) 555-0123", "9725550123", "+1 972 555 0123", "by request"] {
        explained(
            &format!("phone = {value} # the front desk"),
            &format!("put the text in quotation marks: phone = \"{value}\""),
        );
    }
    explained(
        "[[keys]]\nkid = \"a\"\nexpires = 2028-12-31",
        "put the text in quotation marks: expires = \"2028-12-31\"",
    );
    explained("serves = [Allen, Frisco]", "put the text in quotation marks");
}

#[test]
fn curly_quotation_marks() {
    for text in [
        "phone = “972-555-0123”",
        "phone = ‘972-555-0123’",
        "phone = \"972-555-0123”",
        "phone = “972-555-0123\"",
        "serves = [“Allen”, “Frisco”]",
        "serves = [\n  “Allen”,\n]",
    ] {
        explained(text, "these are curly quotation marks, from a word processor; retype them");
    }
    // Within a text they are fine.
    read::<File>("phone = \"“call” 972\"").expect("no mistake");
}

#[test]
fn a_quotation_mark_that_is_missing_or_too_many() {
    explained("phone = \"972", "the quotation mark behind the text is missing");
    explained("phone = \"the “desk”", "these are curly");
    explained("phone = 'the clinic's'", "put the text between \" instead of '");
    explained("phone = \"the \"desk\" 972\"", "a quotation mark inside a text is written \\\"");
    explained("max = \"4\"", "remove the quotation marks: max = 4");
    explained("cut = \"true\"", "remove the quotation marks: true");
}

#[test]
fn a_day() {
    explained("date = \"2026-11-23\"", "remove the quotation marks: date = 2026-11-23");
    for day in ["11/23/2026", "November 23, 2026", "2026-1-5", "2026-02-30", "\"11/23/2026\""] {
        explained(
            &format!("date = {day}"),
            "write year, month and day, without quotation marks: date = 2026-11-23",
        );
    }
}

#[test]
fn yes_and_no() {
    for yes in ["yes", "True", "no"] {
        explained(&format!("cut = {yes}"), "write true or false, in small letters");
    }
    explained("cut = \"yes\"", "write true or false");
}

#[test]
fn numbers() {
    explained("max = 4.5", "write a whole number, 0 or more");
    explained("max = -1", "write a whole number, 0 or more");
    explained("max = 1,000", "write a number with digits alone: max = 1000");
}

#[test]
fn lists_and_brackets() {
    explained(
        "serves = \"Allen\"",
        "a list is expected; put the value in square brackets: serves = [\"Allen\"]",
    );
    explained(
        "serves = \"Allen\", \"Frisco\"",
        "a list stands in square brackets: serves = [\"Allen\", \"Frisco\"]",
    );
    explained("phone = [\"972\"]", "take the square brackets away");
    explained("serves = [\"A\" \"B\"]", "a comma is missing between two entries");
    explained("serves = [\"A\"; \"B\"]", "a comma is missing between two entries");
    explained("serves = [\"A\"", "the list is not closed; add ]");
    explained("[keys]\nkid = \"a\"", "write two brackets: [[keys]]");
    explained("[[keys]\nkid = \"a\"", "a bracket is missing at the end of this line");
}

#[test]
fn names() {
    explained("Phone = \"972\"", "unknown field `Phone`; write phone, in small letters");
    explained("base_address = \"x\"", "write base-address");
    explained("phone: \"972\"", "write = between name and value, not a colon");
    explained("phone = ", "nothing stands behind the =");
    explained("the front desk", "not of the form name = value");
    explained("phone = \"a\"\nphone = \"b\"", "this name stands twice");
    explained("phone\u{a0}= \"a\"", "a blank in this line is of another kind");
    explained("phone =\u{a0}\"a\"", "a blank in this line is of another kind");
    // A line that belongs to the whole file, put at its end.
    explained(
        "[[keys]]\nkid = \"a\"\nserves = [\"Allen\"]",
        "unknown field `serves` in [[keys]], expected `kid` or `expires`; names that belong to the \
         whole file stand above the first line in square brackets",
    );
}

#[test]
fn a_key_that_does_not_belong_there() {
    let private = "the private half of a key";
    explained("[[keys]]\nkid = \"a\"\nd = \"secret\"", private);
    explained("{\"kty\":\"EC\",\"d\":\"secret\"}", private);
    explained("{\"kty\":\"EC\",\"alg\":\"d\"}", "put here the [[keys]] entry");
    explained("{\"kty\":\"EC\"}", "put here the [[keys]] entry that `intake key new` printed");
}

#[test]
fn a_text_that_is_empty_wherever_it_stands() {
    for (text, line) in [
        ("phone = \"\"", 1),
        ("serves = [\n  \"Allen\",\n  \" \",\n]", 3),
        ("[[keys]]\nkid = \"a\"\nexpires = \"\"", 3),
    ] {
        let found = parse::<File>("clinic.toml", text).expect_err("a mistake");
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(found[0].line, line);
        assert!(found[0].reason.contains("this text is empty"), "{}", found[0]);
    }
}

#[test]
fn marks_of_another_language_in_a_text() {
    for text in ["<b>call</b>", "call<br>now", "**call** now", "[call](tel:972)"] {
        let file = format!("phone = \"{text}\"");
        let found = parse::<File>("clinic.toml", &file).expect_err("a mistake");
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].reason.contains("is shown as it is written"), "{}", found[0]);
    }
    parse::<File>("clinic.toml", "phone = \"2 * 3 < 7 > 5 [sic] (x)\"").expect("no mistake");
}

#[test]
fn a_quotation_mark_inside_a_text_of_a_list() {
    for text in [
        "serves = [\"the \"old\" town\"]",
        "serves = [\n  \"Allen\",\n  \"the \"old\" town\",\n]",
        "serves = [\n  \"the \"old\" town\"\n]",
        "keys = [\n  { kid = \"the \"old\" key\", expires = \"2028\" },\n]",
    ] {
        explained(text, "a quotation mark inside a text is written \\\"");
    }
    explained("serves = [\"Allen\" \"Frisco\"]", "a comma is missing");
    explained("serves = [\n  \"Allen\"\n  \"Frisco\",\n]", "a comma is missing");
}

#[test]
fn a_second_entry_with_too_few_brackets() {
    for text in [
        "[[keys]]\nkid = \"a\"\n\n[keys]\nkid = \"b\"",
        "[keys]\nkid = \"a\"\n\n[[keys]]\nkid = \"b\"",
        "[keys]\nkid = \"a\"\n\n[keys]\nkid = \"b\"",
    ] {
        explained(text, "write two brackets: [[keys]]");
    }
}

#[test]
fn a_key_as_its_file_holds_it() {
    let public = "{\"kty\": \"EC\", \"kid\": \"a\"}";
    for text in [
        public.to_owned(),
        format!("[[keys]]\n{public}"),
        format!("keys = [{public}]"),
        format!("keys = {public}"),
        "[[keys]]\n{\n  \"kty\": \"EC\",\n  \"kid\": \"a\"\n}".to_owned(),
        "[[keys]]\n\"kty\": \"EC\",\n\"kid\": \"a\"".to_owned(),
        "[[keys]]\nkid: \"EC\"".to_owned(),
    ] {
        let reason = read::<File>(&text).expect_err("a mistake").reason;
        let known = reason.contains("put here the [[keys]] entry that `intake key new` printed")
            || reason.contains("write = between name and value");
        assert!(known, "{text}: {reason}");
    }
    explained("keys = [{\"kty\": \"EC\", \"d\": \"x\"}]", "the private half of a key");
}
