//! Help in a crisis, named on every screen that could need it.

use guide_core::assessment::definition::Support;
use leptos::prelude::*;

use super::call_links::call_links;

/// Help that is always named; quiet, so that it does not shout over a result that is not urgent.
pub fn support(support: &Support) -> AnyView {
    view! {
        <div class="support">
            <p><strong>{support.title.clone()}</strong> " " {support.text.clone()}</p>
            {call_links(&support.calls)}
        </div>
    }
    .into_any()
}
