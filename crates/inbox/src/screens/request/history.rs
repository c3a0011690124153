//! What was done about a request, in sentences and in the clinic's time.

use clinic_core::inbox::words::fill;
use jiff::Timestamp;
use leptos::prelude::*;

use crate::desk::Desk;
use crate::model::moment;

/// What was done about a request, the latest first.
#[component]
pub fn History(
    /// The inbox.
    desk: Desk,
    /// When it arrived.
    received_at: Timestamp,
) -> impl IntoView {
    let words = &desk.content().words;
    let office = desk.office();
    let when = move |at: Timestamp| moment::moment(at, desk.now.get(), office.zone(), &words.dates);
    let arrival = when.clone();
    let steps = move || {
        let history = desk.detail.get().map(|detail| detail.history).unwrap_or_default();
        let sentence = |step: &crate::service::requests::Step| {
            let holder = step.holder.as_deref().filter(|holder| *holder != step.by);
            let template = words.states.step(step.state, holder.is_some());
            let gaps = [("who", step.by.as_str()), ("name", holder.unwrap_or_default())];
            format!(
                "{} {}",
                fill(template, &gaps),
                fill(&words.request.on, &[("when", &when(step.at))])
            )
        };
        history
            .iter()
            .rev()
            .map(|step| {
                let sentence = sentence(step);
                view! { <li>{sentence}</li> }
            })
            .collect_view()
    };
    view! {
        <details class="history">
            <summary>{words.request.history.as_str()}</summary>
            <ul>
                {steps}
                <li>{move || fill(&words.request.came, &[("when", &arrival(received_at))])}</li>
            </ul>
        </details>
    }
}
