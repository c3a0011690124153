//! The box of an emergency: read out the moment it appears, with numbers to call.

use guide_core::assessment::definition::Outcome;
use leptos::prelude::*;

use super::call_links::call_links;
use super::list::list;
use super::paragraphs::paragraphs;

/// All of an emergency. `label` names it as urgent to those who do not see its color; `heading` is
/// the id of its heading, which can take the focus.
pub fn urgent(heading: String, label: &str, outcome: &Outcome) -> AnyView {
    view! {
        <div class="urgent" role="alert">
            <p><strong>{label.to_owned()}</strong></p>
            <h3 id=heading tabindex="-1">{outcome.headline.clone()}</h3>
            {paragraphs(&outcome.text)}
            {call_links(&outcome.calls)}
            {list(&outcome.steps)}
        </div>
    }
    .into_any()
}

/// The headline and the numbers of an emergency, under the question that asks about it: hidden
/// until such an answer is chosen.
pub fn urgent_at_once(id: String, label: &str, outcome: &Outcome) -> AnyView {
    view! {
        <div id=id class="urgent at-once" role="alert" hidden>
            <p><strong>{[label, ": ", &outcome.headline].concat()}</strong></p>
            {call_links(&outcome.calls)}
        </div>
    }
    .into_any()
}
