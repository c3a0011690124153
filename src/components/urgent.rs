//! The box of an emergency, with numbers to call. Screen readers announce it when it appears.

use guide_core::assessment::definition::Outcome;
use leptos::prelude::*;

use super::call_links::call_links;
use super::list::list;
use super::paragraphs::paragraphs;

/// The whole emergency. `label` says that it is urgent, for people who do not see its color; `heading` is
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

/// Headline and numbers of an emergency under its question, hidden until such an answer is chosen: one of these
/// options, separated by spaces.
pub fn urgent_at_once(id: String, label: &str, outcome: &Outcome, options: String) -> AnyView {
    view! {
        <div id=id class="urgent at-once" role="alert" data-options=options hidden>
            <p><strong>{[label, ": ", &outcome.headline].concat()}</strong></p>
            {call_links(&outcome.calls)}
        </div>
    }
    .into_any()
}
