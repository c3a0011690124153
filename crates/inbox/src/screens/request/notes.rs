//! Notes of the staff. They are sealed for the clinic's keys; the service cannot read them.

use leptos::prelude::*;
use uuid::Uuid;

use crate::browser::focus;
use crate::components::button::Button;
use crate::desk::Desk;
use crate::model::moment;
use clinic_core::inbox::words::fill;
use clinic_core::note::MAX_TEXT;
use clinic_core::readable::shown_lines;

const NOTE: &str = "note";

/// The notes of a request, and a field for another.
#[component]
pub fn Notes(
    /// The inbox.
    desk: Desk,
    /// The request.
    id: Uuid,
) -> impl IntoView {
    let words = &desk.content().words;
    let office = desk.office();
    let draft = desk.drafts.with_untracked(|drafts| drafts.get(&id).cloned());
    let text = RwSignal::new(draft.unwrap_or_default());
    // Kept while somebody looks at another request.
    let keep = move |typed: String| {
        desk.drafts.update(|drafts| {
            drafts.insert(id, typed.clone());
        });
        text.try_set(typed);
    };
    let error = RwSignal::new(None::<&'static str>);
    let may_write = Memo::new(move |_| desk.me.with(|me| me.may("mark")));
    let notes = move || {
        let notes = desk.detail.get().map(|detail| detail.notes).unwrap_or_default();
        let note = |note: crate::desk::Note| {
            let when = moment::moment(note.at, desk.now.get(), office.zone(), &words.dates);
            let head = fill(&words.request.note_by, &[("who", &note.by), ("when", &when)]);
            let text = note.text.map(|text| shown_lines(&text));
            let is_missing = text.is_none();
            let text = text.unwrap_or_else(|| words.request.note_unreadable.clone());
            view! {
                <li>
                    <p class="muted">{head}</p>
                    <p class="patient-text" class:muted=is_missing dir="auto">{text}</p>
                </li>
            }
        };
        notes.into_iter().map(note).collect_view()
    };
    let add = move || {
        let typed = text.get_untracked();
        let length = typed.trim().chars().count();
        error.set(match length {
            0 => Some(words.request.note_empty.as_str()),
            length if length > MAX_TEXT => Some(words.request.note_too_long.as_str()),
            _ => None,
        });
        if error.get_untracked().is_some() {
            focus::focus(NOTE);
        } else {
            desk.add_note(id, typed.trim().to_owned(), move || {
                keep(String::new());
            });
        }
    };
    view! {
        <div class="notes">
            <h2>{words.request.notes.as_str()}</h2>
            <ul>{notes}</ul>
            <Show when=move || may_write.get()>
                <div class="field" class:has-error=move || error.get().is_some()>
                    <label for=NOTE>{words.request.note.as_str()}</label>
                    <p class="hint" id="note-hint">{words.request.note_hint.as_str()}</p>
                    <p class="error" id="note-error" hidden=move || error.get().is_none()>
                        {move || error.get()}
                    </p>
                    <textarea
                        id=NOTE
                        rows="3"
                        autocomplete="off"
                        aria-describedby="note-hint note-error"
                        aria-invalid=move || error.get().map(|_| "true")
                        prop:value=move || text.get()
                        on:input=move |event| keep(event_target_value(&event))
                    ></textarea>
                </div>
                <div class="actions">
                    <Button
                        label=words.request.add_note.clone()
                        look="button secondary"
                        is_busy=desk.is_busy
                        on_press=add
                    />
                </div>
            </Show>
        </div>
    }
}
