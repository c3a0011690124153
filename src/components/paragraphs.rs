//! Paragraphs.

use leptos::prelude::*;

/// One paragraph for each text.
pub fn paragraphs(texts: &[String]) -> AnyView {
    texts.iter().map(|text| view! { <p>{text.clone()}</p> }).collect::<Vec<_>>().into_any()
}
