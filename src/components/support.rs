//! Help in a crisis, on every screen where somebody could need it.

use guide_core::assessment::definition::Support;
use leptos::prelude::*;

use super::call_links::call_links;

/// Help in a crisis. Not an alert: it is shown with results that are not urgent, too.
pub fn support(support: &Support) -> AnyView {
    view! {
        <div class="support">
            <p><strong>{support.title.clone()}</strong> " " {support.text.clone()}</p>
            {call_links(&support.calls)}
        </div>
    }
    .into_any()
}
