//! The error summary: a named group that can take the focus, hidden until something is wrong.

use migraine_guide::components::error_summary::error_summary;

use crate::html::{attribute, only, rendered, text};

#[test]
fn its_heading_names_it_and_can_take_the_focus() {
    let html = rendered(error_summary("errors", "There is a problem"));
    let summary = only(&html, "#errors");
    assert!(summary.attr("hidden").is_some());
    assert_eq!(attribute(summary, "aria-labelledby"), "errors-heading");
    let heading = only(&html, "#errors-heading");
    assert_eq!(text(heading), "There is a problem");
    assert_eq!(attribute(heading, "tabindex"), "-1");
    only(&html, "#errors > ul#errors-list");
}
