//! A panel that is a form: for a script alone.

use leptos::prelude::*;
use migraine_guide::components::panel::panel_form;

use crate::html::{attribute, only, rendered};

#[test]
fn its_form_goes_nowhere_and_leaves_errors_to_the_script() {
    let html =
        rendered(panel_form("options", "options-heading", "wide", view! { <input name="title"/> }));
    let form = only(&html, "form#options.panel.wide");
    assert_eq!(attribute(form, "aria-labelledby"), "options-heading");
    // A form of this method, outside a dialog, goes nowhere when it is submitted.
    assert_eq!(attribute(form, "method"), "dialog");
    assert!(form.attr("action").is_none());
    assert!(form.attr("novalidate").is_some());
    only(&html, "#options > input[name=title]");
}
