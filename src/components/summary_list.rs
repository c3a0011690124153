//! The summary list: one row for each field with the value entered, and a button to change it.

use leptos::prelude::*;

/// A row. The app fills in the value.
pub struct SummaryRow {
    /// The id of the row, if the app shows and hides it; such a row is hidden at first.
    pub id: Option<String>,
    /// The id of the value's element.
    pub value: String,
    /// The short form of the question.
    pub name: String,
    /// The action of "Change", and its label for screen readers, which read it without its row; `None` for a
    /// row that cannot be changed.
    pub change: Option<(String, String)>,
}

/// The list. `change` is the text of its buttons.
pub fn summary_list(rows: Vec<SummaryRow>, change: &str) -> AnyView {
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
                <div hidden=row.id.is_some() id=row.id>
                    <dt>{row.name}</dt>
                    <dd id=row.value dir="auto"></dd>
                    {button}
                </div>
            }
        })
        .collect();
    view! { <dl class="summary-list">{rows}</dl> }.into_any()
}
