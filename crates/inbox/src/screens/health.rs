//! How the service is: what a person should look at now and then.

use clinic_core::inbox::words::fill;
use jiff::Timestamp;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::passkey::AddPasskey;
use crate::components::button::Button;
use crate::desk::Desk;
use crate::desk::files::{is_trial, sealed_trial};
use crate::model::moment;
use crate::service::ServiceError;
use crate::service::status::Status;
use crate::stage::App;

/// Hours after which a backup, or a trial request, counts as old.
const OLD_BACKUP: i64 = 26;
const OLD_TRIAL: i64 = 31 * 24;

/// A line of the screen.
struct Line {
    label: &'static str,
    text: String,
    needs_attention: bool,
}

/// How the service is.
#[component]
pub fn Health(
    /// What the screens share.
    app: App,
    /// The inbox.
    desk: Desk,
) -> impl IntoView {
    let words = &desk.content().words.health;
    let status = RwSignal::new(None::<Status>);
    let fetch = move || {
        spawn_local(async move {
            let Some(session) = desk.session() else { return };
            match session.service.status().await {
                Ok(now) => {
                    status.try_set(Some(now));
                }
                Err(error) => desk.say_error(error),
            }
        });
    };
    fetch();
    let is_busy = RwSignal::new(false);
    let trial = move || {
        is_busy.set(true);
        spawn_local(async move {
            match try_trial(desk).await {
                Ok(true) => desk.say(&words.trial_opened),
                Ok(false) => desk.say(&words.trial_failed),
                Err(error) => desk.say_error(error),
            }
            is_busy.try_set(false);
            fetch();
        });
    };
    let rows = move || {
        status.get().map(|status| {
            lines(desk, &status)
                .into_iter()
                .map(|Line { label, text, needs_attention }| {
                    let mark = needs_attention.then_some(words.attention.as_str());
                    view! {
                        <div class:late=needs_attention>
                            <dt>{label}</dt>
                            <dd>{mark.map(|mark| view! { <strong>{mark}</strong> " " })} {text}</dd>
                        </div>
                    }
                })
                .collect_view()
        })
    };
    let may_try = Memo::new(move |_| desk.me.with(|me| me.may("mark")));
    view! {
        <main id="main" class="wide" tabindex="-1">
            <h1>{words.title.as_str()}</h1>
            <p class="muted" hidden=move || status.with(Option::is_some)>{words.loading.as_str()}</p>
            <dl class="rows">{rows}</dl>
            <div class="actions">
                <Show when=move || may_try.get()>
                    <Button label=words.trial.clone() is_busy on_press=trial />
                </Show>
                <Button label=words.again.clone() look="button secondary" on_press=fetch />
            </div>
            <p class="note">{words.trial_what.as_str()}</p>
            <AddPasskey app desk />
        </main>
    }
}

/// Sends a trial request, and opens what came back.
async fn try_trial(desk: Desk) -> Result<bool, ServiceError> {
    let session = desk.session().ok_or(ServiceError::Unexpected)?;
    let envelope = sealed_trial(&session.sealing).await.ok_or(ServiceError::Unexpected)?;
    let back = session.service.send_trial(envelope).await?;
    Ok(is_trial(&back, &session.keys).await)
}

fn lines(desk: Desk, status: &Status) -> Vec<Line> {
    let content = desk.content();
    let (words, dates) = (&content.words.health, &content.words.dates);
    let office = desk.office();
    let now = desk.now.get();
    let when = |at: Timestamp| moment::moment(at, now, office.zone(), dates);
    let is_old = |at: Timestamp, hours: i64| now.as_second() - at.as_second() > hours * 3600;
    let oldest = match status.oldest_new {
        Some(at) => {
            let age = office.age(at, now);
            let gaps = [
                ("number", status.new.to_string()),
                ("when", when(at)),
                ("age", moment::age(age, dates)),
            ];
            let gaps = gaps.each_ref().map(|(name, value)| (*name, value.as_str()));
            Line {
                label: words.new.as_str(),
                text: fill(&words.oldest, &gaps),
                needs_attention: age.is_late(),
            }
        }
        None => {
            Line { label: words.new.as_str(), text: words.none_new.clone(), needs_attention: false }
        }
    };
    let backup = Line {
        label: words.backup.as_str(),
        text: status.last_backup.map_or_else(|| words.no_backup.clone(), when),
        needs_attention: status.last_backup.is_none_or(|at| is_old(at, OLD_BACKUP)),
    };
    let trial = Line {
        label: words.last_trial.as_str(),
        text: status.last_trial.as_ref().map_or_else(
            || words.no_trial.clone(),
            |trial| fill(&words.trial_by, &[("when", &when(trial.at)), ("who", &trial.by)]),
        ),
        needs_attention: status.last_trial.as_ref().is_none_or(|it| is_old(it.at, OLD_TRIAL)),
    };
    let can_store = Line {
        label: words.storing.as_str(),
        text: match (status.keys.is_empty(), status.can_store) {
            (true, _) => words.no_key.clone(),
            (false, true) => words.can_store.clone(),
            (false, false) => words.cannot_store.clone(),
        },
        needs_attention: status.keys.is_empty() || !status.can_store,
    };
    let keys = status.keys.iter().map(|key| {
        let expiry = match (key.notice.as_deref(), key.expires.as_deref().map(str::parse)) {
            (Some("expired"), Some(Ok(day))) => {
                fill(&words.key_expired, &[("day", &moment::day(day, dates))])
            }
            (_, Some(Ok(day))) => fill(&words.key_until, &[("day", &moment::day(day, dates))]),
            _ => words.key_for_ever.clone(),
        };
        Line {
            label: words.key.as_str(),
            text: format!("{expiry} {}", key.fingerprint),
            needs_attention: key.notice.is_some(),
        }
    });
    let refused = status.refused.reasons.iter().map(|it| {
        let reason = match it.reason.as_str() {
            "unknown-recipient" => words.refused_unknown_key.as_str(),
            "too-many" => words.refused_too_many.as_str(),
            "proof-of-work" => words.refused_proof.as_str(),
            "not-an-envelope" => words.refused_form.as_str(),
            "storage-full" => words.refused_full.as_str(),
            "no-key" => words.refused_no_key.as_str(),
            "store-unavailable" => words.refused_store.as_str(),
            other => other,
        };
        format!("{}: {reason}", it.count)
    });
    let refused: Vec<String> = refused.collect();
    let refused = Line {
        label: words.refused.as_str(),
        text: if refused.is_empty() {
            words.none_refused.clone()
        } else {
            let since = fill(&words.since, &[("when", &when(status.refused.since))]);
            format!("{} {since}", refused.join("; "))
        },
        needs_attention: status.refused.reasons.iter().any(|it| {
            matches!(
                it.reason.as_str(),
                "unknown-recipient" | "storage-full" | "store-unavailable" | "no-key"
            )
        }),
    };
    [can_store, oldest, backup, trial].into_iter().chain(keys).chain([refused]).collect()
}
