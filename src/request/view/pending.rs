//! The panel of requests that have not arrived yet: above the other screens, or in place of them.

use leptos::prelude::*;

use super::super::action::Action;
use super::super::ids::{self, HEADING};
use super::super::part::Part;
use super::other_ways::other_ways;
use crate::components::button::button;
use crate::components::flag::Flag;
use crate::content::Content;

/// The panel, hidden, and above it the notice of requests that arrived later than they were sent.
pub fn view(content: &Content) -> AnyView {
    let words = &content.interface.request.waiting;
    let heading = [ids::PENDING, HEADING].concat();
    let panel = Flag::caution().id(ids::PENDING).part(Part::Pending.attribute());
    let panel = panel.group(&*heading).hidden();
    view! {
        <p
            class="delivered"
            role="status"
            id=ids::DELIVERED
            data-part=Part::Delivered.attribute()
        ></p>
        {panel.view(view! {
            <h3 id=heading.clone() data-part=Part::PendingHeading.attribute() tabindex="-1">
                {words.not_arrived.clone()}
            </h3>
            <p>
                {content.interface.request.sent.reference.clone()} " "
                <strong
                    class="reference"
                    id=ids::PENDING_REFERENCES
                    data-part=Part::PendingReferences.attribute()
                ></strong>
            </p>
            <p role="status" id=ids::PENDING_REASON data-part=Part::PendingReason.attribute()></p>
            <p id=ids::PENDING_STORED data-part=Part::PendingStored.attribute()></p>
            <p class="actions">
                {button("button", &Action::SendNow.attribute(), &words.send_now)}
                {button("button secondary", &Action::Save.attribute(), &words.save)}
            </p>
            <p class="hint">{words.save_what.clone()}</p>
            {other_ways(content)}
            <details>
                <summary>{words.discard_title.clone()}</summary>
                <p>{words.discard_what.clone()}</p>
                <p>{button("quiet", &Action::Remove.attribute(), &words.discard)}</p>
            </details>
        })}
    }
    .into_any()
}

/// The progress of a proof of work, hidden.
pub fn work(content: &Content) -> AnyView {
    let words = &content.interface.request.waiting.work;
    view! {
        <div id=ids::WORK data-part=Part::Work.attribute() hidden>
            <label for=ids::WORK_PROGRESS role="status">{words.clone()}</label>
            <progress
                id=ids::WORK_PROGRESS
                data-part=Part::WorkProgress.attribute()
                max="1"
            ></progress>
        </div>
    }
    .into_any()
}
