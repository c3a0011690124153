//! Other ways to reach the clinic.

use leptos::prelude::*;

use crate::content::Content;

/// Telephone number and address of each location; nothing if none is known.
pub fn other_ways(content: &Content) -> AnyView {
    let known: Vec<_> = content
        .clinic
        .locations
        .iter()
        .filter(|location| location.phone.is_some() || location.address.is_some())
        .map(|location| {
            let phone =
                location.tel().map(|tel| view! { " " <a href=tel>{location.phone.clone()}</a> });
            let address = location.address.clone().map(|address| [" ", &address].concat());
            view! { <li>{location.name.clone()} ":" {phone} {address}</li> }
        })
        .collect();
    if known.is_empty() {
        return ().into_any();
    }
    let words = content.interface.request.hints.other_ways.clone();
    view! { <p>{words}</p> <ul>{known}</ul> }.into_any()
}
