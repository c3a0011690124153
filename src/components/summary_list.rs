//! Everything that was entered, a row a field, each with a way to change it.

use leptos::prelude::*;

/// One row; the app fills in what was entered.
pub struct SummaryRow {
    /// The id of the row, where it is not always shown.
    pub id: Option<String>,
    /// The id of what was entered.
    pub value: String,
    /// The question, in short.
    pub name: String,
    /// The action of "Change", and its label for somebody who hears it alone; none where nothing can
    /// be changed here.
    pub change: Option<(String, String)>,
}

/// The list. `change` is what its buttons say.
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
                <div id=row.id>
                    <dt>{row.name}</dt>
                    <dd id=row.value dir="auto"></dd>
                    {button}
                </div>
            }
        })
        .collect();
    view! { <dl class="summary-list">{rows}</dl> }.into_any()
}
