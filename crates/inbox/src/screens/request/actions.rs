//! Changing the state of a request.

use clinic_core::state::State;
use leptos::prelude::*;
use uuid::Uuid;

use crate::browser::focus;
use crate::components::button::Button;
use crate::desk::Desk;
use crate::model::details;

const HEADING: &str = "work-heading";

/// The state of a request, and the buttons that change it.
#[component]
pub fn Actions(
    /// The inbox.
    desk: Desk,
    /// The request.
    id: Uuid,
) -> impl IntoView {
    let words = &desk.content().words;
    let may_change = Memo::new(move |_| desk.me.with(|me| me.may("mark")));
    let work = Memo::new(move |_| desk.entry(id).map(|entry| entry.work));
    let sentence =
        move || work.get().map(|work| words.states.sentence(&work.state, work.holder.as_deref()));
    let tries = move || {
        let tries = work.get().and_then(|work| details::tries(work.tries, words))?;
        Some(format!(" · {tries}"))
    };
    let is_mine = move || {
        let me = desk.me.with(|me| me.name.clone());
        work.with(|work| work.as_ref().is_some_and(|it| it.is_under_way() && it.is_held_by(&me)))
    };
    let is_settled = move || work.with(|it| it.as_ref().is_some_and(|it| it.state.is_settled()));
    let was_changed = move || work.with(|work| work.as_ref().is_some_and(|work| work.version > 1));
    let button = move |state: State, label: &'static str, look: &'static str| {
        view! {
            <Button
                label=label.to_owned()
                look
                is_busy=desk.is_busy
                on_press=move || desk.set_state(id, state, None)
            />
        }
    };
    let claim = move || {
        let is_new = work.with(|work| work.as_ref().is_some_and(|it| it.state == State::New));
        let label =
            if is_new { words.actions.claim.as_str() } else { words.actions.take_over.as_str() };
        button(State::Claimed, label, "button")
    };
    let outcomes = move || {
        view! {
            {button(State::Tried, words.actions.tried.as_str(), "button secondary")}
            {button(State::Reached, words.actions.reached.as_str(), "button secondary")}
            {button(State::Booked, words.actions.booked.as_str(), "button secondary")}
            {button(State::Declined, words.actions.declined.as_str(), "button secondary")}
            {button(State::Closed, words.actions.close.as_str(), "button secondary")}
        }
    };
    // The button that was pressed may not stand there any more.
    Effect::new(move |before: Option<Option<u64>>| {
        let version = work.with(|work| work.as_ref().map(|work| work.version));
        if before.is_some_and(|before| before != version) {
            focus::focus_if_lost(HEADING);
        }
        version
    });
    view! {
        <div class="work" hidden=move || work.with(Option::is_none)>
            <h2 id=HEADING tabindex="-1">{words.request.work.as_str()}</h2>
            <p role="status">{sentence} {tries}</p>
            <Show when=move || may_change.get()>
                <div class="actions">
                    {move || (!is_mine() && !is_settled()).then(claim)}
                    {move || is_mine().then(outcomes)}
                    {move || {
                        is_settled().then(|| {
                            button(State::Claimed, words.actions.reopen.as_str(), "button secondary")
                        })
                    }}
                    {move || {
                        (!is_settled()).then(|| button(State::Junk, words.actions.junk.as_str(), "quiet"))
                    }}
                    {move || is_mine().then(|| button(State::New, words.actions.put_back.as_str(), "quiet"))}
                    {move || {
                        was_changed().then(|| {
                            view! {
                                <Button
                                    label=words.actions.undo.clone()
                                    look="quiet"
                                    is_busy=desk.is_busy
                                    on_press=move || desk.undo(id)
                                />
                            }
                        })
                    }}
                </div>
            </Show>
        </div>
    }
}
