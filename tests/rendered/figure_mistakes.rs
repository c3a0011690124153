//! Mistakes in `studies.toml`, `figures.toml` and the inserts name file, line, reason.

use std::path::{Path, PathBuf};

use guide_core::source::{Check, Mistake, parse};
use migraine_guide::content::figures::Figures;
use migraine_guide::content::markdown::{self, Shared};
use migraine_guide::content::studies::Studies;
use migraine_guide::content::{self, Keys};
use serde::de::DeserializeOwned;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("content/en")
}

/// A file of the content with one text replaced by another.
fn spoilt(file: &str, from: &str, to: &str) -> String {
    let text = std::fs::read_to_string(folder().join(file)).expect(file);
    assert!(text.contains(from), "{file} no longer holds {from:?}");
    text.replacen(from, to, 1)
}

/// Asserts that one mistake is found, in the line that holds `at`, for a reason with these words.
fn one(found: &[Mistake], text: &str, at: &str, reason: &str) {
    assert_eq!(found.len(), 1, "{found:#?}");
    assert!(found[0].reason.contains(reason), "{}", found[0].reason);
    let line = text.lines().position(|line| line.contains(at)).expect(at) + 1;
    assert_eq!(found[0].line, line, "{}", found[0]);
}

fn mistake<T: DeserializeOwned + Check>(file: &str, change: (&str, &str), at: &str, reason: &str) {
    let text = spoilt(file, change.0, change.1);
    let found = parse::<T>(file, &text).err().expect("a mistake");
    one(&found, &text, at, reason);
}

/// The mistakes in a text of the guide, read with these studies.
fn read(text: &str, studies: &str) -> Vec<Mistake> {
    let studies: Studies = parse("studies.toml", studies).expect("right by itself");
    let shared = Shared { studies: Some(&studies), ..Shared::default() };
    markdown::parse("guide.md", "guide", text, shared).expect_err("a mistake")
}

#[test]
fn an_unknown_finding() {
    let change = ("finding = \"helped\"", "finding = \"cured\"");
    mistake::<Studies>("studies.toml", change, "\"cured\"", "unknown value `cured`");
}

#[test]
fn two_studies_of_one_id() {
    let change = ("id = \"lauritsen-2016\"", "id = \"pomeroy-2017\" # again");
    mistake::<Studies>("studies.toml", change, "# again", "duplicate id \"pomeroy-2017\"");
}

#[test]
fn a_study_of_nobody() {
    mistake::<Studies>("studies.toml", ("people = 77", "people = 0"), "people = 0", "has people");
}

#[test]
fn a_name_that_does_not_fit_under_its_mark() {
    let change = ("\"Hoydonckx\"", "\"Hoydonckx and others\"");
    mistake::<Studies>("studies.toml", change, "and others", "1 to 11 letters");
}

#[test]
fn a_study_that_does_not_say_whether_it_compared() {
    let change = ("finding = \"mixed\"\ncompared = true\n", "finding = \"mixed\"\n");
    let text = spoilt("studies.toml", change.0, change.1);
    let found = parse::<Studies>("studies.toml", &text).expect_err("a mistake");
    // A key that is missing has no line of its own: that of its entry.
    let id = text.lines().position(|line| line.contains("afridi-2013")).expect("there");
    assert_eq!((found.len(), found[0].line), (1, id), "{found:#?}");
    assert!(found[0].reason.contains("compared = true or false"), "{}", found[0].reason);
}

#[test]
fn a_review_that_says_it_compared() {
    let change = ("\nreview = true", "\nreview = true\ncompared = true # no");
    mistake::<Studies>("studies.toml", change, "# no", "leave out compared");
}

#[test]
fn a_design_without_its_number_of_people() {
    let change = ("Review of 5 trials, {people} people.", "Review of 5 trials.");
    mistake::<Studies>("studies.toml", change, "Review of 5 trials.", "the gap {people}");
}

#[test]
fn a_line_that_does_not_fit_its_box() {
    let change = ("drawn = [\"Pain\"]", "drawn = [\"Even more pain\"]");
    mistake::<Figures>("figures.toml", change, "Even more", "does not fit; it may have 1 to 5");
}

#[test]
fn a_step_for_which_there_is_no_place() {
    let more = "[course]\n";
    let step = "[[pain-loop.steps]]\ndrawn = [\"More\"]\ntext = \"More.\"\n\n[course]\n";
    let text = spoilt("figures.toml", more, step);
    let found = parse::<Figures>("figures.toml", &text).expect_err("a mistake");
    assert!(found[0].reason.contains("5 places"), "{found:#?}");
}

#[test]
fn an_unknown_figure() {
    let text = spoilt("guide.md", "figure course", "figure curse");
    let found = read(&text, &spoilt("studies.toml", "", ""));
    assert_eq!(found.len(), 1, "{found:#?}");
    assert!(found[0].reason.contains("unknown insert \"figure curse\""), "{found:#?}");
}

#[test]
fn a_figure_twice() {
    let text = spoilt("guide.md", "figure course", "figure pain-loop");
    let found = read(&text, &spoilt("studies.toml", "", ""));
    assert_eq!(found.len(), 1, "{found:#?}");
    assert!(found[0].reason.contains("stands here twice"), "{found:#?}");
}

#[test]
fn a_study_without_a_reference() {
    let text = spoilt("guide.md", "", "");
    let studies = spoilt("studies.toml", "id = \"benish-2019\"", "id = \"benish-2020\"");
    let found = read(&text, &studies);
    // And the reference that nobody cites any more.
    assert_eq!(found.len(), 2, "{found:#?}");
    // In the line that opens the insert, one above its name.
    let insert = text.lines().position(|line| line == "figure studies").expect("there");
    assert_eq!(found[0].line, insert);
    assert!(found[0].reason.contains("\"benish-2020\" has no entry; add [^benish-2020]"));
    one(&found[1..], &text, "[^benish-2019]:", "\"benish-2019\" is never cited");
}

#[test]
fn studies_that_cannot_be_read_are_the_only_mistake() {
    let found = loaded("people = 77", "people = \"many\"");
    assert_eq!(found.len(), 1, "{found:#?}");
    assert!(found[0].file.ends_with("studies.toml"));
}

/// The mistakes that the build finds in all content with changed studies, except the missing key.
fn loaded(from: &str, to: &str) -> Vec<Mistake> {
    let copy = tempfile::TempDir::new().expect("a folder");
    let en = copy.path().join("en");
    std::fs::create_dir(&en).expect("a folder");
    std::fs::copy(folder().join("../clinic.toml"), copy.path().join("clinic.toml"))
        .expect("copied");
    for below in [".", "articles", "pages"] {
        std::fs::create_dir_all(en.join(below)).expect("a folder");
        for entry in std::fs::read_dir(folder().join(below)).expect("the content") {
            let file = entry.expect("an entry").path();
            if file.is_file() {
                let name = file.file_name().expect("a name");
                std::fs::copy(&file, en.join(below).join(name)).expect("copied");
            }
        }
    }
    std::fs::write(en.join("studies.toml"), spoilt("studies.toml", from, to)).expect("written");
    let today = "2026-12-01".parse().expect("a date");
    let found = content::load(copy.path(), "en", Keys::Clinic, today).expect_err("a mistake").0;
    found.into_iter().filter(|it| !it.reason.contains("no public key")).collect()
}
