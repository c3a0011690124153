//! A bullet list.

use leptos::prelude::*;

/// A bullet list; nothing where there is nothing to list.
pub fn list(items: &[String]) -> AnyView {
    if items.is_empty() {
        return ().into_any();
    }
    let items: Vec<_> = items.iter().map(|item| view! { <li>{item.clone()}</li> }).collect();
    view! { <ul>{items}</ul> }.into_any()
}
