//! One checkbox: named by its sentence, described by its error.

use migraine_guide::components::checkbox::checkbox;

use crate::html::{attribute, only, rendered, text};

#[test]
fn the_sentence_names_the_box_and_the_error_describes_it() {
    let html = rendered(checkbox("agree-id", "agree", "I agree", "", "Error:"));
    let control = only(&html, "input[type=checkbox]");
    assert_eq!(attribute(control, "name"), "agree");
    assert_eq!(attribute(control, "aria-describedby"), "agree-id-error-text");
    let label = only(&html, "label[for=agree-id]");
    assert_eq!(text(label), "I agree");
    assert!(only(&html, "#agree-id-error").attr("hidden").is_some(), "no error to begin with");
}

#[test]
fn a_second_line_describes_the_box() {
    let html = rendered(checkbox("agree-id", "agree", "I agree", "You can say no.", "Error:"));
    let control = only(&html, "input[type=checkbox]");
    assert_eq!(attribute(control, "aria-describedby"), "agree-id-hint agree-id-error-text");
    assert_eq!(text(only(&html, "#agree-id-hint")), "You can say no.");
}
