//! Buttons: only the submitting one submits, and each says what it asks the app for.

use migraine_guide::components::button::{button, retry, submit};

use crate::html::{attribute, only, rendered, text};

#[test]
fn an_action_of_the_app_submits_no_form() {
    let html = rendered(button("quiet", "change name", "Change"));
    let control = only(&html, "button");
    assert_eq!(attribute(control, "type"), "button");
    assert_eq!(attribute(control, "data-action"), "change name");
    assert_eq!(attribute(control, "class"), "quiet");
    assert_eq!(text(control), "Change");
}

#[test]
fn submitting_needs_no_app() {
    let html = rendered(submit("Continue"));
    let control = only(&html, "button[type=submit]");
    assert!(control.attr("data-action").is_none());
    assert_eq!(text(control), "Continue");
}

#[test]
fn trying_again_is_left_to_the_loader() {
    let html = rendered(retry("Try again"));
    let control = only(&html, "button[type=button][data-retry]");
    assert!(control.attr("data-action").is_none(), "there is no app that could act");
    assert_eq!(text(control), "Try again");
}
