//! Rows of what was entered, each Change button with a label that says what it changes.

use migraine_guide::components::summary_list::{SummaryRow, summary_list};

use crate::html::{all, attribute, only, rendered, text};

#[test]
fn a_change_button_says_what_it_changes_and_a_fixed_row_has_none() {
    let row = |name: &str, change| SummaryRow {
        id: None,
        part: None,
        value: format!("{name}-value"),
        name: name.to_owned(),
        change,
    };
    let change = Some(("change name".to_owned(), "Change: name".to_owned()));
    let html =
        rendered(summary_list(vec![row("name", change), row("place", None)], "Change", None));
    let names: Vec<String> = all(&html, "dl dt").into_iter().map(text).collect();
    assert_eq!(names, ["name", "place"]);
    let button = only(&html, "button[type=button]");
    assert_eq!(attribute(button, "data-action"), "change name");
    assert_eq!(attribute(button, "aria-label"), "Change: name");
    assert_eq!(text(button), "Change");
    only(&html, "dd#place-value");
}
