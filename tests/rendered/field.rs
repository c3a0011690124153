//! The parts of every field: a hint only where there is one, an error that is empty and hidden.

use migraine_guide::components::checkbox::checkbox;
use migraine_guide::components::text_input::{TextInput, text_input};
use scraper::Html;

use crate::html::{all, attribute, only, rendered, text};

fn field(hint: &str) -> Html {
    rendered(text_input(TextInput {
        id: "name",
        name: "name",
        kind: "text",
        autocomplete: "name",
        label: "Name".to_owned(),
        heading: None,
        hint,
        list: None,
        unit: None,
        instead: Vec::new(),
        error_prefix: "Error:",
    }))
}

#[test]
fn an_error_is_hidden_and_empty_until_there_is_one() {
    for html in [field(""), rendered(checkbox("name", "name", "I agree", "", "Error:"))] {
        let error = only(&html, "#name-field #name-error");
        assert!(error.attr("hidden").is_some());
        // Read before the error, but no part of the description of the control.
        assert_eq!(text(only(&html, "#name-error > .visually-hidden")), "Error:");
        assert_eq!(text(only(&html, "#name-error-text")), "");
        assert!(all(&html, "[aria-invalid]").is_empty());
    }
}

#[test]
fn a_control_is_described_by_its_hint_only_where_there_is_one() {
    let html = field("As on your card.");
    assert_eq!(attribute(only(&html, "#name"), "aria-describedby"), "name-hint name-error-text");
    assert_eq!(text(only(&html, "#name-hint")), "As on your card.");

    let html = field("");
    assert_eq!(attribute(only(&html, "#name"), "aria-describedby"), "name-error-text");
    assert!(all(&html, ".hint").is_empty());
}
