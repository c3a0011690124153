//! Fields to type in: label, hint and error belong to the control.

use migraine_guide::components::text_input::{TextInput, text_input};

use crate::html::{all, attribute, only, rendered, text};

fn field() -> TextInput<'static> {
    TextInput {
        id: "phone",
        name: "phone",
        kind: "tel",
        autocomplete: "tel",
        label: "Phone".to_owned(),
        heading: None,
        hint: "Ten digits.",
        list: None,
        unit: None,
        instead: Vec::new(),
        error_prefix: "Error:",
    }
}

#[test]
fn label_hint_and_error_belong_to_the_control() {
    let html = rendered(text_input(field()));
    let control = only(&html, "input#phone");
    assert_eq!(attribute(control, "type"), "tel");
    assert_eq!(attribute(control, "autocomplete"), "tel");
    assert_eq!(text(only(&html, "label[for=phone]")), "Phone");
    assert_eq!(attribute(control, "aria-describedby"), "phone-hint phone-error-text");
    assert!(attribute(control, "placeholder").is_empty(), "a placeholder is no label");
}

#[test]
fn a_label_can_be_the_heading_of_its_screen() {
    let html = rendered(text_input(TextInput { heading: Some(("title", "progress")), ..field() }));
    assert_eq!(text(only(&html, "h3#title > label[for=phone]")), "Phone");
}

#[test]
fn several_lines_are_a_textarea() {
    let html = rendered(text_input(TextInput { kind: "textarea", ..field() }));
    only(&html, "textarea#phone[name=phone]");
    assert!(all(&html, "input").is_empty());
}

#[test]
fn a_number_has_a_keyboard_for_digits_and_says_its_unit() {
    let html = rendered(text_input(TextInput { kind: "text", unit: Some("days"), ..field() }));
    let control = only(&html, "input");
    assert_eq!(attribute(control, "inputmode"), "numeric");
    assert!(attribute(control, "aria-describedby").contains("phone-unit phone-error"));
    assert_eq!(text(only(&html, "#phone-unit")), "days");
}
