//! Tables of facts, tables with columns, and conditions as lists.

use leptos::prelude::*;

use super::phrase::Phrase;

/// A table of facts, one a row. Facts that are left out have no row.
#[derive(Default)]
pub struct Facts(Vec<AnyView>);

impl Facts {
    /// Adds a fact.
    pub fn add(mut self, name: &str, value: impl IntoView + 'static) -> Self {
        let row = view! { <tr><th scope="row">{name.to_owned()}</th><td>{value}</td></tr> };
        self.0.push(row.into_any());
        self
    }

    /// Adds a fact if there is one.
    pub fn add_some(self, name: &str, value: Option<impl IntoView + 'static>) -> Self {
        match value {
            Some(value) => self.add(name, value),
            None => self,
        }
    }

    /// The table.
    pub fn view(self) -> AnyView {
        view! { <table class="facts"><tbody>{self.0}</tbody></table> }.into_any()
    }
}

/// A table whose columns have names; the first cell of a row names it.
pub fn columns(caption: &str, names: &[&str], rows: Vec<Vec<AnyView>>) -> AnyView {
    let names: Vec<_> =
        names.iter().map(|name| view! { <th scope="col">{(*name).to_owned()}</th> }).collect();
    let rows: Vec<_> = rows
        .into_iter()
        .map(|row| {
            let mut cells = row.into_iter();
            let head = cells.next().map(|cell| view! { <th scope="row">{cell}</th> });
            let cells: Vec<_> = cells.map(|cell| view! { <td>{cell}</td> }).collect();
            view! { <tr>{head} {cells}</tr> }
        })
        .collect();
    view! {
        <table class="columns">
            <caption>{caption.to_owned()}</caption>
            <thead><tr>{names}</tr></thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

/// A condition in words.
pub fn condition(phrase: Phrase) -> AnyView {
    match phrase {
        Phrase::Line(line) => line.into_any(),
        Phrase::List { title, parts } => {
            let parts: Vec<_> =
                parts.into_iter().map(|part| view! { <li>{condition(part)}</li> }).collect();
            view! { {title} <ul>{parts}</ul> }.into_any()
        }
    }
}

/// A name as it is in the file.
pub fn name(id: &str) -> AnyView {
    view! { <code>{id.to_owned()}</code> }.into_any()
}
