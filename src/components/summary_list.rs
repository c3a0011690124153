//! The summary list: one row for each field with the value entered, and a button to change it.

use leptos::prelude::*;

/// A row. The app fills in the value.
pub struct SummaryRow {
    /// The id of the row.
    pub id: Option<String>,
    /// The row's part, if it is one of its own.
    pub part: Option<String>,
    /// The id of the value's element.
    pub value: String,
    /// The short form of the question.
    pub name: String,
    /// The action of "Change", and its label for screen readers, which read it without its row; `None` for a
    /// row that cannot be changed.
    pub change: Option<(String, String)>,
}

/// The list. `change` is the text of its buttons; `part` is the part of all rows together.
pub fn summary_list(rows: Vec<SummaryRow>, change: &str, part: Option<String>) -> AnyView {
    let rows: Vec<_> = rows
        .into_iter()
        .map(|row| {
            let button = row.change.map(|(action, label)| {
                view! {
                    <dd class="change">
                        <button type="button" class="quiet" data-action=action aria-label=label>
                            {change.to_owned()}
                        </button>
                    </dd>
                }
            });
            view! {
                <div id=row.id data-part=row.part>
                    <dt>{row.name}</dt>
                    <dd id=row.value dir="auto"></dd>
                    {button}
                </div>
            }
        })
        .collect();
    view! { <dl class="summary-list" data-part=part>{rows}</dl> }.into_any()
}
