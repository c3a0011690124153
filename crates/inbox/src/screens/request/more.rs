//! Handing over, printing, deleting.

use clinic_core::state::State;
use leptos::prelude::*;
use uuid::Uuid;

use crate::browser::{focus, page};
use crate::components::button::Button;
use crate::desk::Desk;

const CONFIRM: &str = "delete-confirm";
const DELETE: &str = "delete-request";

/// What is needed less often.
#[component]
pub fn More(
    /// The inbox.
    desk: Desk,
    /// The request.
    id: Uuid,
) -> impl IntoView {
    let words = &desk.content().words.more;
    let may = move |scope: &'static str| Memo::new(move |_| desk.me.with(|me| me.may(scope)));
    let (may_change, may_delete) = (may("mark"), may("delete"));
    let to = RwSignal::new(String::new());
    let is_asking = RwSignal::new(false);
    let colleagues = move || {
        desk.me.with(|me| {
            me.colleagues
                .iter()
                .filter(|name| **name != me.name)
                .map(|name| view! { <option value=name.clone()>{name.clone()}</option> })
                .collect_view()
        })
    };
    let has_colleagues = move || desk.me.with(|me| me.colleagues.iter().any(|it| *it != me.name));
    let hand_over = move || {
        let name = to.get_untracked();
        if name.is_empty() {
            desk.say(&words.choose);
            focus::focus("hand-over");
        } else {
            desk.set_state(id, State::Claimed, Some(name));
        }
    };
    view! {
        <details class="more">
            <summary>{words.title.as_str()}</summary>
            <div class="actions">
                <Button label=words.print.clone() look="button secondary" on_press=page::print />
            </div>
            <Show when=move || may_change.get() && has_colleagues()>
                <div class="field">
                    <label for="hand-over">{words.hand_over.as_str()}</label>
                    <select id="hand-over" on:change=move |event| to.set(event_target_value(&event))>
                        <option value="">{words.choose.as_str()}</option>
                        {colleagues}
                    </select>
                </div>
                <div class="actions">
                    <Button
                        label=words.hand_over_now.clone()
                        look="button secondary"
                        is_busy=desk.is_busy
                        on_press=hand_over
                    />
                </div>
            </Show>
            <Show when=move || may_delete.get()>
                <div class="actions" hidden=move || is_asking.get()>
                    <Button
                        id=DELETE
                        label=words.delete.clone()
                        look="quiet"
                        on_press=move || {
                            is_asking.set(true);
                            focus::focus(CONFIRM);
                        }
                    />
                </div>
                <div class="confirm" id=CONFIRM tabindex="-1" hidden=move || !is_asking.get()>
                    <p>{words.delete_what.as_str()}</p>
                    <div class="actions">
                        <Button
                            label=words.delete_now.clone()
                            look="button danger"
                            is_busy=desk.is_busy
                            on_press=move || desk.delete(id)
                        />
                        <Button
                            label=words.keep.clone()
                            look="button secondary"
                            on_press=move || {
                                is_asking.set(false);
                                focus::focus(DELETE);
                            }
                        />
                    </div>
                </div>
            </Show>
        </details>
    }
}
