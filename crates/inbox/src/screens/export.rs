//! Printing and exporting what a list shows. What is exported is readable: the page says so first.

use clinic_core::export::{Export, Format, Opened};
use leptos::prelude::*;
use time::OffsetDateTime;
use uuid::Uuid;

use super::request::text::Text;
use crate::browser::{clock, events, files, page};
use crate::components::button::Button;
use crate::desk::Desk;
use crate::model::details;
use crate::model::entry::{Content, Entry};

/// A kind of export.
#[derive(Clone, Copy)]
enum Kind {
    Table,
    Fhir,
}

/// What can be done with all requests of a list.
#[component]
pub fn ExportMenu(
    /// The inbox.
    desk: Desk,
    /// The requests that the list shows.
    shown: Memo<Vec<Uuid>>,
) -> impl IntoView {
    let words = &desk.content().words.export;
    let is_printing = RwSignal::new(false);
    // The next time, the request that is open may be printed.
    let listening = events::on_printed(move || is_printing.set(false));
    on_cleanup(move || listening.remove());
    let opened = move || {
        let entries =
            untrack(|| shown.get()).into_iter().filter_map(move |id| untrack(|| desk.entry(id)));
        entries.filter(|entry| entry.opened().is_some()).collect::<Vec<Entry>>()
    };
    let save = move |kind: Kind| match export(kind, &opened()) {
        Some((name, media_type, bytes)) if files::save(name, media_type, &bytes) => {
            desk.say(&words.saved)
        }
        _ => desk.say(&words.failed),
    };
    view! {
        <details class="export">
            <summary>{words.title.as_str()}</summary>
            <p class="hint">{words.warning.as_str()}</p>
            <div class="actions">
                <Button
                    label=words.print.clone()
                    look="button secondary"
                    on_press=move || {
                        is_printing.set(true);
                        page::print();
                    }
                />
                <Button
                    label=words.table.clone()
                    look="button secondary"
                    on_press=move || save(Kind::Table)
                />
                <Button
                    label=words.fhir.clone()
                    look="button secondary"
                    on_press=move || save(Kind::Fhir)
                />
            </div>
        </details>
        <Show when=move || is_printing.get()>
            <div class="only-print">
                {opened()
                    .into_iter()
                    .filter_map(|entry| {
                        let Content::Opened(request) = entry.content else { return None };
                        Some(
                            view! {
                                <article>
                                    <h2><bdi>{details::name(&request)}</bdi></h2>
                                    <p>{entry.reference}</p>
                                    <crate::components::rows::Rows rows=details::contact(
                                        &request,
                                        desk.content(),
                                    ) />
                                    <Text desk request />
                                </article>
                            },
                        )
                    })
                    .collect_view()}
            </div>
        </Show>
    }
}

/// The name, media type and bytes of an export.
fn export(kind: Kind, entries: &[Entry]) -> Option<(&'static str, &'static str, Vec<u8>)> {
    let now = clock::now_utc();
    let (name, media_type, format) = match kind {
        Kind::Table => ("requests.csv", "text/csv", Format::Csv),
        Kind::Fhir => (
            "requests.fhir.json",
            "application/fhir+json",
            Format::Fhir { now, questionnaire: None },
        ),
    };
    let mut bytes = Vec::new();
    let mut export = Export::begin(format, &mut bytes).ok()?;
    for entry in entries {
        let Content::Opened(request) = &entry.content else { continue };
        let received_at =
            OffsetDateTime::from_unix_timestamp(entry.received_at.as_second()).ok()?;
        let opened = Opened { received_at, state: entry.work.state, request: (**request).clone() };
        export.add(&opened).ok()?;
    }
    export.end().ok()?;
    Some((name, media_type, bytes))
}
