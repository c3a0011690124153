//! The self-assessment's copy for a clinician: all of it is there, in words.

use guide_core::assessment::definition::Condition;
use migraine_guide::content::Content;
use migraine_guide::site::review;
use migraine_guide::site::review::phrase::{Phrase, Phrases};
use scraper::Html;

use crate::html::{all, content, only, text};

fn page(content: &Content) -> String {
    review::page("en", "", &content.assessment, &content.interface)
}

fn phrase(content: &Content, toml: &str) -> Phrase {
    #[derive(serde::Deserialize)]
    struct Line {
        when: Condition,
    }
    let line: Line = guide_core::source::read(&format!("when = {toml}")).expect(toml);
    let words = &content.interface.review.conditions;
    Phrases { assessment: &content.assessment, words }.phrase(&line.when)
}

#[test]
fn every_kind_of_condition_is_said_in_words() {
    let content = content();
    for (toml, words) in [
        (
            "{ answered = { question = \"diagnosis\", with = [\"no\"] } }",
            "“Told it is migraine” is answered with “No”",
        ),
        (
            "{ answered = { question = \"diagnosis\", with = [\"yes\", \"no\", \"unsure\"] } }",
            "“Told it is migraine” is answered with “Yes”, “No” or “I am not sure”",
        ),
        (
            "{ marked = { question = \"red-flags-ever\", with = \"prompt\" } }",
            "“Warning signs not yet checked” is answered with an option marked “prompt”",
        ),
        (
            "{ chosen = { question = \"mood\", from = 2 } }",
            "chosen at “Mood and sleep”: 2 or more (not counting “None of these” or “I would \
             rather not say here”)",
        ),
        (
            "{ chosen = { question = \"acute-kinds\", from = 1 } }",
            "chosen at “Relief medicines”: 1 or more",
        ),
        (
            "{ sum = { of = [\"acute-days\"], from = 15 } }",
            "“Days with relief medicine”: 15 or more (“I am not sure” counts as 10)",
        ),
        (
            "{ sum = { of = [\"supervised\", \"plan\"], from = 2, to = 4 } }",
            "the points of “Medical staff present” plus the points of “Time for visits, and a way \
             home”: 2 to 4",
        ),
        (
            "{ sum = { of = [\"plan\"], to = 0 } }",
            "the points of “Time for visits, and a way home”: 0 or less",
        ),
        (
            "{ sum = { of = [\"plan\"], from = 4, to = 4 } }",
            "the points of “Time for visits, and a way home”: exactly 4",
        ),
        (
            "{ sum = { of = [\"plan\"] } }",
            "the points of “Time for visits, and a way home”: any number",
        ),
        (
            "{ criterion = { id = \"supervision\", from = 2 } }",
            "the points of “You want medical supervision” are 2 or more",
        ),
        ("{ flag = \"count-days\" }", "the note “Count your days for a month.” is shown"),
        (
            "{ not = { flag = \"count-days\" } }",
            "not: the note “Count your days for a month.” is shown",
        ),
        (
            "{ not = { not = { flag = \"count-days\" } } }",
            "the note “Count your days for a month.” is shown",
        ),
    ] {
        assert_eq!(phrase(&content, toml), Phrase::Line(words.to_owned()), "{toml}");
    }
}

#[test]
fn conditions_made_of_others_are_lists_that_say_how_many_must_hold() {
    let content = content();
    let (one, other) = ("{ flag = \"cautions-unknown\" }", "{ flag = \"count-days\" }");
    for (toml, title) in [
        (format!("{{ all = [{one}, {other}] }}"), "All of these hold:"),
        (format!("{{ any = [{one}, {other}] }}"), "At least one of these holds:"),
        (format!("{{ not = {{ all = [{one}, {other}] }} }}"), "Not all of these hold:"),
        (format!("{{ not = {{ any = [{one}, {other}] }} }}"), "None of these holds:"),
    ] {
        let parts = vec![phrase(&content, one), phrase(&content, other)];
        let expected = Phrase::List { title: title.to_owned(), parts };
        assert_eq!(phrase(&content, &toml), expected, "{toml}");
    }
    let nested = format!("{{ all = [{one}, {{ any = [{one}, {other}] }}] }}");
    let inner = phrase(&content, &format!("{{ any = [{one}, {other}] }}"));
    let parts = vec![phrase(&content, one), inner];
    let expected = Phrase::List { title: "All of these hold:".to_owned(), parts };
    assert_eq!(phrase(&content, &nested), expected, "{nested}");
}

#[test]
fn every_text_and_number_of_the_definition_is_there() {
    let content = content();
    let html = Html::parse_document(&page(&content));
    let said = text(only(&html, "main"));
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/content/en/assessment.toml");
    let file = std::fs::read_to_string(file).expect("the assessment is there");
    let value: toml::Value = toml::from_str(&file).expect("TOML");
    let mut texts = Vec::new();
    collect(&value, "", &mut texts);
    assert!(texts.len() > 300, "{}", texts.len());
    for found in texts {
        let found = found.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(said.contains(&found), "the page lacks: {found}");
    }
}

/// Texts and ids of a value, but words of the file's own language and what conditions refer to by id.
fn collect(value: &toml::Value, name: &str, texts: &mut Vec<String>) {
    let in_words =
        ["when", "ask-when", "never", "kind", "appointment", "tel", "lists", "add", "question"];
    // A reason's id is a name in requests, not a thing to review.
    match value {
        _ if in_words.contains(&name) => {}
        toml::Value::String(text) => texts.push(text.clone()),
        toml::Value::Array(entries) => entries.iter().for_each(|it| collect(it, name, texts)),
        toml::Value::Table(table) => {
            for (key, value) in table.iter().filter(|(key, _)| name != "because" || *key != "id") {
                collect(value, key, texts);
            }
        }
        _ => {}
    }
}

#[test]
fn tables_name_their_rows_and_columns_and_headings_skip_no_level() {
    let content = content();
    let html = Html::parse_document(&page(&content));
    assert_eq!(all(&html, "h1").len(), 1);
    for cell in all(&html, "th") {
        assert!(matches!(cell.attr("scope"), Some("row" | "col")), "{}", cell.html());
    }
    for row in all(&html, "tbody tr") {
        let heads = row.child_elements().filter(|it| it.value().name() == "th").count();
        assert_eq!(heads, 1, "{}", row.html());
    }
    assert_eq!(all(&html, "table.columns").len(), all(&html, "table.columns > caption").len());
    assert_eq!(all(&html, "section").len(), all(&html, "section > h2:first-child").len());
    assert_eq!(all(&html, "h3").len(), all(&html, "h2 ~ h3").len());
    for heading in all(&html, "h1, h2, h3, caption") {
        assert!(!text(heading).is_empty());
    }
    assert_eq!(only(&html, "html").attr("lang"), Some("en"));
    assert!(all(&html, "script, link, img").is_empty(), "it needs no other file");
}

#[test]
fn it_is_signed_on_its_last_lines() {
    let mut content = content();
    content.assessment.reviewed_by = String::new();
    content.assessment.reviewed_on = None;
    let lines = |content: &Content| {
        let html = Html::parse_document(&page(content));
        let rows = all(&html, ".sign tr").into_iter().map(text).collect::<Vec<_>>();
        (rows, text(only(&html, "main")))
    };
    let (rows, said) = lines(&content);
    assert_eq!(rows, ["Reviewed by", "On", "Signature", "Remarks"]);
    assert!(said.contains("Not yet reviewed by a clinician"), "{said}");
    content.assessment.reviewed_by = "Ada Example, M.D.".to_owned();
    content.assessment.reviewed_on = Some("2026-11-25".parse().expect("a date"));
    let (rows, said) = lines(&content);
    assert_eq!(rows, ["Reviewed by Ada Example, M.D.", "On 2026-11-25", "Signature", "Remarks"]);
    assert!(said.contains("Reviewed by Ada Example, M.D. on November 25, 2026"), "{said}");
}
