//! Radios and checkboxes: a fieldset with a legend, whole rows, an error that belongs to all.

use leptos::prelude::*;
use migraine_guide::components::choices::{Choices, Row, choices};

use crate::html::{all, attribute, only, rendered, text};

fn group(several: bool) -> Choices<'static> {
    let row = |value, exclusive| Row { value, label: value, hint: "", exclusive };
    Choices {
        id: "days",
        name: "day",
        several,
        legend: "Which days?".into_any(),
        hint: "Any number.",
        rows: vec![row("mon", false), Row { hint: "no day", ..row("none", true) }],
        error_prefix: "Error:",
    }
}

#[test]
fn the_legend_names_the_group_and_hint_and_error_describe_it() {
    let html = rendered(choices(group(true)));
    assert_eq!(text(only(&html, "fieldset > legend")), "Which days?");
    let fieldset = only(&html, "fieldset");
    assert_eq!(attribute(fieldset, "aria-describedby"), "days-hint days-error-text");
    assert_eq!(text(only(&html, "#days-hint")), "Any number.");
}

#[test]
fn every_control_has_a_label_and_the_first_is_what_a_link_to_the_field_leads_to() {
    let html = rendered(choices(group(true)));
    let controls = all(&html, "input[type=checkbox][name=day]");
    assert_eq!(controls.len(), 2);
    assert_eq!(attribute(controls[0], "id"), "days");
    for control in controls {
        let label = format!("label[for='{}']", attribute(control, "id"));
        assert_eq!(text(only(&html, &label)), attribute(control, "value"));
    }
    let exclusive = only(&html, "input[data-exclusive]");
    assert_eq!(attribute(exclusive, "value"), "none");
    let hint = format!("#{}", attribute(exclusive, "aria-describedby"));
    assert_eq!(text(only(&html, &hint)), "no day");
}

#[test]
fn one_of_several_is_a_radio() {
    let html = rendered(choices(group(false)));
    assert_eq!(all(&html, "input[type=radio]").len(), 2);
}
