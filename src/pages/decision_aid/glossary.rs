//! Renders all words of the glossary.

use leptos::prelude::*;

use crate::content::glossary::Glossary;

/// The list. Each word has the id of its term.
pub fn view(glossary: &Glossary) -> AnyView {
    let terms: Vec<_> = glossary
        .terms
        .iter()
        .map(|it| {
            view! {
                <div>
                    <dt id=it.id.clone()>{it.term.clone()}</dt>
                    <dd>{it.meaning.clone()}</dd>
                </div>
            }
        })
        .collect();
    view! { <dl class="glossary">{terms}</dl> }.into_any()
}
