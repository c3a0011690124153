//! A list of labelled lines.

use leptos::prelude::*;

use crate::model::details::Row;

/// Labelled lines. What a patient typed keeps its own direction of writing, and turns nothing around it.
#[component]
pub fn Rows(
    /// The lines.
    rows: Vec<Row>,
) -> impl IntoView {
    view! {
        <dl class="rows">
            {rows
                .into_iter()
                .map(|Row { label, value }| {
                    view! {
                        <div>
                            <dt>{label}</dt>
                            <dd><bdi>{value}</bdi></dd>
                        </div>
                    }
                })
                .collect_view()}
        </dl>
    }
}
