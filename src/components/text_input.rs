//! A field for a line of text, a date or several lines, with label, hint and error.

use leptos::prelude::*;

use super::choices::{Row, row};
use super::field::{FIELD, described_by, error, hint};

/// A text field.
pub struct TextInput<'a> {
    /// Unique on the page.
    pub id: &'a str,
    /// The name of the control.
    pub name: &'a str,
    /// `text`, `tel`, `email`, `date`, or `textarea` for several lines.
    pub kind: &'a str,
    /// The `autocomplete` of the control.
    pub autocomplete: &'a str,
    /// The text of the label.
    pub label: String,
    /// Makes the label a heading, for a field that is a screen of its own: the heading's id and the id of its
    /// description.
    pub heading: Option<(&'a str, &'a str)>,
    /// A sentence under the label; may be empty.
    pub hint: &'a str,
    /// The id of a `<datalist>`.
    pub list: Option<&'a str>,
    /// The unit, which makes it a short field for a number.
    pub unit: Option<&'a str>,
    /// Boxes under the field that can be ticked in its place.
    pub instead: Vec<Row<'a>>,
    /// The text before an error for people who do not see its color.
    pub error_prefix: &'a str,
}

/// The field.
pub fn text_input(field: TextInput<'_>) -> AnyView {
    let TextInput {
        id,
        name,
        kind,
        autocomplete,
        label,
        heading,
        hint: text,
        list,
        unit,
        instead,
        error_prefix,
    } = field;
    let unit_id = [id, "-unit"].concat();
    let described = described_by(id, text, unit.map(|_| unit_id.as_str()));
    let control = if kind == "textarea" {
        view! {
            <textarea
                id=id.to_owned()
                name=name.to_owned()
                rows="3"
                dir="auto"
                autocomplete=autocomplete.to_owned()
                aria-describedby=described
            ></textarea>
        }
        .into_any()
    } else {
        view! {
            <input
                type=kind.to_owned()
                id=id.to_owned()
                name=name.to_owned()
                class=unit.map(|_| "short")
                inputmode=unit.map(|_| "numeric")
                autocomplete=autocomplete.to_owned()
                list=list.map(str::to_owned)
                dir=(kind == "text").then_some("auto")
                aria-describedby=described
            />
        }
        .into_any()
    };
    let label = view! { <label for=id.to_owned()>{label}</label> };
    let label = match heading {
        Some((id, by)) => {
            let (id, by) = (id.to_owned(), by.to_owned());
            view! { <h3 id=id tabindex="-1" aria-describedby=by>{label}</h3> }.into_any()
        }
        None => label.into_any(),
    };
    let instead: Vec<AnyView> = instead
        .iter()
        .map(|it| {
            let prefix = [id, "-", it.value].concat();
            row(&prefix, &prefix, name, true, it)
        })
        .collect();
    let instead = (!instead.is_empty()).then(|| view! { <div class="rows">{instead}</div> });
    let unit = unit.map(|unit| view! { " " <span id=unit_id>{unit.to_owned()}</span> });
    view! {
        <div class="field" id=[id, FIELD].concat()>
            {label}
            {hint(id, text)}
            {error(id, error_prefix)}
            {control}
            {unit}
            {instead}
        </div>
    }
    .into_any()
}
