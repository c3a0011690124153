//! Who did what, from the audit of the service.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::components::button::Button;
use crate::desk::{Desk, Session};
use crate::model::moment;
use crate::service::ServiceError;
use crate::service::status::AuditLine;

/// The most lines that are read: 200 a call.
const MAX_CALLS: usize = 100;
/// Lines on screen at first, and with each "more".
const LINES: usize = 100;

/// Who did what, the latest first.
#[component]
pub fn Audit(
    /// The inbox.
    desk: Desk,
) -> impl IntoView {
    let content = desk.content();
    let words = &content.words.audit;
    let lines = RwSignal::new(None::<Vec<AuditLine>>);
    let most = RwSignal::new(LINES);
    let fetch = move || {
        spawn_local(async move {
            let Some(session) = desk.session() else { return };
            match all(&session).await {
                Ok(all) => {
                    lines.try_set(Some(all));
                }
                Err(error) => desk.say_error(error),
            }
        });
    };
    let zone = desk.office().zone().clone();
    let rows = move || {
        let row = |line: &AuditLine| {
            let when = moment::moment(line.at, desk.now.get(), &zone, &content.words.dates);
            let AuditLine { actor, action, subject, detail, .. } = line.clone();
            // People are tokens for the service.
            let actor = actor.strip_prefix("token ").unwrap_or(&actor).to_owned();
            view! {
                <tr>
                    <td>{when}</td>
                    <td><bdi>{actor}</bdi></td>
                    <td>{action}</td>
                    <td><bdi>{subject}</bdi></td>
                    <td><bdi>{detail}</bdi></td>
                </tr>
            }
        };
        lines.with(|lines| {
            let lines = lines.as_deref().unwrap_or_default();
            lines.iter().rev().take(most.get()).map(row).collect_view()
        })
    };
    let has_more =
        move || lines.with(|lines| lines.as_ref().is_some_and(|it| it.len() > most.get()));
    view! {
        <details class="panel" on:toggle=move |_| {
            if lines.with_untracked(Option::is_none) {
                fetch();
            }
        }>
            <summary>{words.title.as_str()}</summary>
            <p>{words.text.as_str()}</p>
            <div class="scrolls" tabindex="0" role="region" aria-label=words.title.as_str()>
                <table>
                    <thead>
                        <tr>
                            <th scope="col">{words.when.as_str()}</th>
                            <th scope="col">{words.who.as_str()}</th>
                            <th scope="col">{words.what.as_str()}</th>
                            <th scope="col">{words.with.as_str()}</th>
                            <th scope="col">{words.more_about.as_str()}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            <Show when=has_more>
                <Button
                    label=words.more.clone()
                    look="button secondary"
                    on_press=move || most.update(|most| *most += LINES)
                />
            </Show>
        </details>
    }
}

async fn all(session: &Session) -> Result<Vec<AuditLine>, ServiceError> {
    let (mut all, mut after) = (Vec::new(), 0);
    for _ in 0..MAX_CALLS {
        let (lines, next) = session.service.audit(after).await?;
        if lines.is_empty() {
            break;
        }
        all.extend(lines);
        after = next;
    }
    Ok(all)
}
