//! A bullet list.

use leptos::prelude::*;

/// A bullet list; nothing if there are no items, since screen readers announce an empty list.
pub fn list(items: &[String]) -> AnyView {
    if items.is_empty() {
        return ().into_any();
    }
    let items: Vec<_> = items.iter().map(|item| view! { <li>{item.clone()}</li> }).collect();
    view! { <ul>{items}</ul> }.into_any()
}
