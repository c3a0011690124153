//! Links that call or text a number, large enough for a thumb.

use guide_core::assessment::definition::Call;
use leptos::prelude::*;

/// The links; nothing if there are none.
pub fn call_links(calls: &[Call]) -> AnyView {
    if calls.is_empty() {
        return ().into_any();
    }
    let links: Vec<_> = calls
        .iter()
        .map(|call| {
            let href = [if call.sms { "sms:" } else { "tel:" }, &call.tel].concat();
            view! { <a class="button call" href=href>{call.text.clone()}</a> " " }
        })
        .collect();
    view! { <p class="calls">{links}</p> }.into_any()
}
