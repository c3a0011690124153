//! What keys do: j and k go through the list, Enter opens, / searches, ? explains, Escape goes back.

use leptos::prelude::*;

use super::list::{SEARCH, row_id};
use super::part::Part;
use crate::browser::{events, focus};
use crate::components::button::Button;
use crate::desk::Desk;

const HELP: &str = "keyboard-help";

/// Listens to keys, and explains them.
#[component]
pub fn Keyboard(
    /// The inbox.
    desk: Desk,
    /// The part that is shown.
    part: RwSignal<Part>,
) -> impl IntoView {
    let words = &desk.content().words.keyboard;
    let is_shown = RwSignal::new(false);
    let before = StoredValue::new(None::<String>);
    let show = move |shown: bool| {
        is_shown.set(shown);
        if shown {
            before.set_value(focus::focused());
            focus::focus(HELP);
        } else {
            focus::focus_or(&before.get_value().unwrap_or_default(), "main");
        }
    };
    let listening = events::on_key(move |key| {
        let at_requests = part.get_untracked() == Part::Requests;
        match key {
            "j" if at_requests => step(desk, 1),
            "k" if at_requests => step(desk, -1),
            "/" if at_requests => {
                focus::focus(SEARCH);
                true
            }
            "?" => {
                show(!is_shown.get_untracked());
                true
            }
            "Escape" if is_shown.get_untracked() => {
                show(false);
                true
            }
            // In a field it would throw away the draft of a note.
            "Escape" if !focus::is_typing() && desk.open.with_untracked(Option::is_some) => {
                desk.close();
                true
            }
            _ => false,
        }
    });
    on_cleanup(move || listening.remove());
    let lines = [
        ("j", words.next.as_str()),
        ("k", words.previous.as_str()),
        ("Enter", words.open.as_str()),
        ("/", words.search.as_str()),
        ("Esc", words.back.as_str()),
        ("?", words.help.as_str()),
    ];
    view! {
        <section
            class="panel keyboard"
            id=HELP
            tabindex="-1"
            aria-label=words.title.as_str()
            hidden=move || !is_shown.get()
        >
            <h2>{words.title.as_str()}</h2>
            <dl class="rows">
                {lines
                    .into_iter()
                    .map(|(key, what)| {
                        view! {
                            <div>
                                <dt>
                                    <kbd>{key}</kbd>
                                </dt>
                                <dd>{what}</dd>
                            </div>
                        }
                    })
                    .collect_view()}
            </dl>
            <Button label=words.close.clone() look="button secondary" on_press=move || show(false) />
        </section>
    }
}

/// Moves the focus to the next or the previous request of the list.
fn step(desk: Desk, by: isize) -> bool {
    let rows = desk.rows.get_untracked();
    let shown: Vec<_> = untrack(|| desk.shown()).into_iter().take(rows).collect();
    let focused = focus::focused();
    let open = desk.open.get_untracked();
    let at = shown.iter().position(|id| focused.as_deref() == Some(&row_id(*id)));
    let at = at.or_else(|| shown.iter().position(|id| Some(*id) == open));
    let next = match at {
        Some(at) => at.saturating_add_signed(by).min(shown.len().saturating_sub(1)),
        None => 0,
    };
    let Some(id) = shown.get(next) else { return false };
    focus::focus(&row_id(*id));
    true
}
