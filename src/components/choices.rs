//! Radios and checkboxes: a fieldset of whole rows that can be tapped.

use leptos::prelude::*;

use super::field::{FIELD, HINT, described_by, error, hint};

/// A group of radios or checkboxes.
pub struct Choices<'a> {
    /// The prefix of every id, unique on the page.
    pub id: &'a str,
    /// The name of the controls.
    pub name: &'a str,
    /// Checkboxes rather than radios.
    pub several: bool,
    /// The content of the legend.
    pub legend: AnyView,
    /// A sentence under the legend; may be empty.
    pub hint: &'a str,
    /// The options.
    pub rows: Vec<Row<'a>>,
    /// The text before an error for people who do not see its color.
    pub error_prefix: &'a str,
}

/// One radio or checkbox.
pub struct Row<'a> {
    /// The value of the control.
    pub value: &'a str,
    /// The text of the label.
    pub label: &'a str,
    /// A second line; may be empty.
    pub hint: &'a str,
    /// Checking it unchecks all others, and the other way round.
    pub exclusive: bool,
}

/// The fieldset. The first control has the id of the group, so that a link to the field leads to it. Each
/// label's id is `<id>-<value>-label`.
pub fn choices(group: Choices<'_>) -> AnyView {
    let Choices { id, name, several, legend, hint: text, rows, error_prefix } = group;
    let rows: Vec<AnyView> = rows
        .iter()
        .enumerate()
        .map(|(nth, row)| {
            let control = if nth == 0 { id.to_owned() } else { [id, "-", row.value].concat() };
            self::row(&control, &[id, "-", row.value].concat(), name, several, row)
        })
        .collect();
    view! {
        <fieldset class="field" id=[id, FIELD].concat() aria-describedby=described_by(id, text, None)>
            <legend>{legend}</legend>
            {hint(id, text)}
            {error(id, error_prefix)}
            <div class="rows">{rows}</div>
        </fieldset>
    }
    .into_any()
}

/// One control with its label, which the app finds in its row, and its hint. Their `id` is the prefix of the hint's.
pub(super) fn row(control: &str, id: &str, name: &str, several: bool, row: &Row<'_>) -> AnyView {
    let described = (!row.hint.is_empty()).then(|| [id, HINT].concat());
    let hint = described.clone().map(|id| {
        view! { <span class="hint" id=id>{row.hint.to_owned()}</span> }
    });
    view! {
        <div class="row">
            <input
                type=if several { "checkbox" } else { "radio" }
                id=control.to_owned()
                name=name.to_owned()
                value=row.value.to_owned()
                data-exclusive=row.exclusive
                aria-describedby=described
            />
            <label for=control.to_owned()>{row.label.to_owned()}</label>
            {hint}
        </div>
    }
    .into_any()
}
